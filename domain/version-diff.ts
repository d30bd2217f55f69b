import { sourcesOf } from "./compose.ts";
import { sectionsOf, type Block, type ReportDocument, type Section, type SourceId } from "./document.ts";
import type { PersonId, Sha256 } from "./ids.ts";

/** Why a section reads otherwise. */
export type ChangeCause =
  /** Something the section was generated from has come, has gone, or is another version of itself. */
  | {
      readonly is: "source-added" | "source-removed" | "source-changed";
      readonly source: SourceId;
      readonly sha256: Sha256 | null;
    }
  /** A person wrote, rewrote or took back a text of his own. */
  | { readonly is: "edited"; readonly by: PersonId }
  /** None of its sources has changed: the rules that print it have, or its place and title. */
  | { readonly is: "wording" };

/** One section that two versions do not have alike. */
export interface SectionChange {
  readonly is: "added" | "changed" | "removed";
  readonly section: string;
  /** As the newer version has it; as the older one had it where it is removed. */
  readonly title: string;
  /** Lines only the older version has, and lines only the newer one has; a table's row is one line. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly causes: readonly ChangeCause[];
}

/**
 * 新旧対照: every section that differs between two versions, in the newer one's order, the removed ones last. What is
 * not listed is the same word for word: late data shows as a change with its cause, never silently.
 */
export const diffVersions = (older: ReportDocument, newer: ReportDocument): readonly SectionChange[] => {
  const [before, after] = [read(older), read(newer)];
  const kept = [...after.values()].flatMap((now) => {
    const was = before.get(now.section.key);
    return was === undefined ? [changeOf("added", nothing, now)] : changed(was, now);
  });
  const removed = [...before.values()]
    .filter(({ section }) => !after.has(section.key))
    .map((was) => ({ ...changeOf("removed", was, nothing), ...nameOf(was) }));
  return [...kept, ...removed];
};

/** A section made ready to be compared. */
interface Reading {
  readonly section: Pick<Section, "key" | "title">;
  readonly lines: readonly string[];
  readonly sources: ReadonlyMap<SourceId, Sha256 | null>;
  readonly edit: { readonly text: string; readonly by: PersonId } | null;
}
const nothing: Reading = { section: { key: "", title: "" }, lines: [], sources: new Map(), edit: null };

const read = ({ chapters, sources }: ReportDocument): ReadonlyMap<string, Reading> => {
  const hashes = new Map(sources.map(({ id, sha256 }) => [id, sha256]));
  return new Map(
    sectionsOf(chapters).map((section) => [
      section.key,
      {
        section,
        lines: section.blocks.flatMap(linesOf),
        sources: new Map(section.blocks.flatMap(sourcesOf).map((id) => [id, hashes.get(id) ?? null])),
        edit: section.blocks.find((block) => block.is === "edited") ?? null,
      },
    ]),
  );
};

const linesOf = (block: Block): readonly string[] => {
  switch (block.is) {
    case "paragraph":
    case "notice":
    case "edited":
      return block.text.split("\n");
    case "list":
      return block.items.map(({ text }) => text);
    case "table":
      return [
        block.caption,
        block.columns.map(({ title }) => title).join("｜"),
        ...[...block.rows, ...(block.total === null ? [] : [block.total])].map((row) =>
          row.map(({ text }) => text).join("｜"),
        ),
      ];
  }
};

const nameOf = ({ section }: Reading) => ({ section: section.key, title: section.title });

const changed = (was: Reading, now: Reading): readonly SectionChange[] => {
  const change = changeOf("changed", was, now);
  const isSame =
    was.section.title === now.section.title &&
    was.lines.join("\n") === now.lines.join("\n") &&
    change.causes.every(({ is }) => is === "wording");
  return isSame ? [] : [change];
};

const changeOf = (is: SectionChange["is"], was: Reading, now: Reading): SectionChange => ({
  is,
  ...nameOf(now),
  before: beyond(was.lines, now.lines),
  after: beyond(now.lines, was.lines),
  causes: causesOf(was, now),
});

/** The lines of one that the other lacks; a line that stands twice has to be missing twice. */
const beyond = (lines: readonly string[], other: readonly string[]): readonly string[] => {
  const left = new Map<string, number>();
  for (const line of other) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const times = left.get(line) ?? 0;
    if (times > 0) left.set(line, times - 1);
    return times === 0;
  });
};

const causesOf = (was: Reading, now: Reading): readonly ChangeCause[] => {
  const causes: readonly ChangeCause[] = [...sourceCauses(was, now), ...editCauses(was, now)];
  return causes.length === 0 ? [{ is: "wording" }] : causes;
};

const sourceCauses = (was: Reading, now: Reading): readonly ChangeCause[] => {
  const ids = [...new Set([...was.sources.keys(), ...now.sources.keys()])].toSorted();
  return ids.flatMap((source): readonly ChangeCause[] => {
    const [before, after] = [was.sources.get(source), now.sources.get(source)];
    if (before === after) return [];
    if (after === undefined) return [{ is: "source-removed", source, sha256: before ?? null }];
    return [{ is: before === undefined ? "source-added" : "source-changed", source, sha256: after }];
  });
};

/** Whoever wrote last; of a text that was taken back, whoever had written it. */
const editCauses = (was: Reading, now: Reading): readonly ChangeCause[] => {
  const by = (now.edit ?? was.edit)?.by;
  return by === undefined || (was.edit?.text === now.edit?.text && was.edit?.by === now.edit?.by)
    ? []
    : [{ is: "edited", by }];
};
