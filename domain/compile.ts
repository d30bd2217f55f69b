import { fingerprint, notice, section, sourcesOf, type DraftSection } from "./compose.ts";
import {
  sectionsOf,
  type Edited,
  type ReportDocument,
  type Section,
  type Source,
  type SourceId,
} from "./document.ts";
import { withoutEmbargoed } from "./embargo.ts";
import type { Sha256 } from "./ids.ts";
import { analysisChapter, measureAnnex, otherChapter, uncollectedAnnex } from "./report-annex.ts";
import { areaChapter } from "./report-areas.ts";
import { attachedFiles } from "./report-files.ts";
import { reportData } from "./report-data.ts";
import { indexRecord, type ReportIndex } from "./report-index.ts";
import { lastYearSource } from "./report-last-year.ts";
import { overview } from "./report-overview.ts";
import { surveyChapter } from "./report-surveys.ts";
import { surveyHash, type RecordedEdit, type ReportRecord } from "./report-record.ts";

/**
 * 年次報告 from the record: the same record gives the same document, whatever the order of its rows. Edited text
 * is kept as it was written and marked where its section has changed since; silence is never a zero.
 */
export const compileReport = (whole: ReportRecord): ReportDocument => {
  const record = withoutEmbargoed(whole);
  const index = indexRecord(record);
  const hashes = hashesOf(index);
  const edits = new Map(record.edits.map((edit) => [edit.section, edit]));
  const finished = drafted(index).map((chapter) => finish(chapter, { hashes, edits }));
  const chapters = [...finished, ...homeless(finished, edits)];
  const named = sectionsOf(chapters).flatMap(({ blocks }) => blocks.flatMap(sourcesOf));
  const data = reportData(index);
  const files = attachedFiles(record);
  return {
    title: `${record.plan.title}に係る年次報告`,
    year: record.plan.year,
    cycle: record.cycle,
    rehearsal: record.rehearsal,
    chapters,
    sources: [...new Set([...named, ...data.rows.map(({ source }) => source)])]
      .toSorted()
      .map((id): Source => ({ id, sha256: hashes.get(id) ?? null })),
    data,
    ...(files.length > 0 && { files }),
  };
};

const drafted = (index: ReportIndex): readonly DraftSection[] => {
  const body = [
    overview(index),
    ...index.record.plan.areas.map((area) => areaChapter(index, area)),
    surveyChapter(index),
    analysisChapter(index),
    otherChapter(index),
  ];
  const annexes = [measureAnnex(index), uncollectedAnnex(index)];
  return [
    ...body.map((chapter, at) => ({ ...chapter, title: `第${at + 1}章　${chapter.title}` })),
    ...annexes.map((annex, at) => ({ ...annex, title: `別添${at + 1}　${annex.title}` })),
  ];
};

interface Finishing {
  readonly hashes: ReadonlyMap<SourceId, Sha256>;
  readonly edits: ReadonlyMap<string, RecordedEdit>;
}
const finish = (draft: DraftSection, finishing: Finishing): Section => {
  const { hashes, edits } = finishing;
  const sources = [...new Set(draft.blocks.flatMap(sourcesOf))].map((id) => [id, hashes.get(id) ?? null]);
  const print = fingerprint(JSON.stringify([draft.blocks, sources]));
  const edit = edits.get(draft.key);
  return {
    key: draft.key,
    title: draft.title,
    blocks: edit === undefined || edit.text === "" ? draft.blocks : [...draft.blocks, edited(edit, print)],
    sections: draft.sections.map((one) => finish(one, finishing)),
    fingerprint: print,
  };
};

const edited = ({ text, by, againstSource }: RecordedEdit, print: string): Edited => ({
  is: "edited",
  text,
  by,
  againstSource,
  stale: againstSource !== print,
});

/** Text whose section no longer exists is shown, not dropped. */
const homeless = (
  chapters: readonly Section[],
  edits: ReadonlyMap<string, RecordedEdit>,
): readonly Section[] => {
  const known = new Set(sectionsOf(chapters).map(({ key }) => key));
  const lost = [...edits.values()]
    .filter((edit) => !known.has(edit.section) && edit.text !== "")
    .toSorted((one, other) => (one.section < other.section ? -1 : 1));
  if (lost.length === 0) return [];
  const draft = section("unplaced", "掲載箇所のなくなった記述", {
    blocks: [
      notice("次の記述は、掲載していた箇所がなくなったため、内容及び掲載の要否を確認する必要がある。"),
    ],
    sections: lost.map((edit) => section(edit.section, edit.section, {})),
  });
  return [finish(draft, { hashes: new Map(), edits })];
};

const hashesOf = ({ record, planSource, surveys }: ReportIndex): ReadonlyMap<SourceId, Sha256> => {
  const known: readonly (readonly [SourceId, Sha256 | null])[] = [
    [planSource, record.planHash],
    ...(record.lastYear === undefined
      ? []
      : [[lastYearSource(record.lastYear), record.lastYear.version] as const]),
    ...record.items.flatMap(({ outcome }) =>
      "contentId" in outcome ? [[`answer:${outcome.contentId}`, outcome.sha256] as const] : [],
    ),
    ...surveys.map((survey) => [`survey:${survey.id}`, surveyHash(survey)] as const),
    ...record.evaluations.map(({ contentId, sha256 }) => [`evaluation:${contentId}`, sha256] as const),
    ...record.analyses.flatMap(({ text, inputs = [] }) => [
      ...(text === null ? [] : [[`analysis:${text.contentId}`, text.sha256] as const]),
      ...inputs.map(({ source, sha256 }) => [source, sha256] as const),
    ]),
    ...record.chapters.map(
      (one) => [`chapter:${one.key}`, one.is === "arrived" ? one.sha256 : null] as const,
    ),
  ];
  return new Map(known.flatMap(([id, hash]) => (hash === null ? [] : [[id, hash] as const])));
};
