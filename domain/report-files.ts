import { notice, paragraph } from "./compose.ts";
import type { AttachedFile, GeneratedBlock, SourceId } from "./document.ts";
import { isPublic, type FileRef } from "./file.ts";
import type { RecordedChapter, ReportRecord } from "./report-record.ts";

/** Files of chapters: named in the report with their hashes, and published with it where nothing is against it. */

type Arrived = Extract<RecordedChapter, { readonly is: "arrived" }>;

const endingOf = (name: string): string => name.slice(name.lastIndexOf(".") + 1).toLowerCase();
const isPublished = ({ embargoed }: Arrived, file: FileRef): boolean => embargoed !== true && isPublic(file);
/** In the folder: of ASCII letters, whatever its sender called it. */
const publishedName = (place: number, n: number, { name }: FileRef): string =>
  `chapter-${place + 1}-${n + 1}.${endingOf(name)}`;

const line =
  (chapter: Arrived, place: number) =>
  (file: FileRef, n: number): string => {
    const hash = `SHA-256：${file.hash}`;
    if (isPublished(chapter, file))
      return `添付「${file.name}」（第${file.version}版、${hash}）。本報告とともに公表する（${publishedName(place, n, file)}）。`;
    // Of what is not out yet not even the name is.
    const named = chapter.embargoed === true ? "添付されたファイル" : `添付「${file.name}」`;
    return `${named}（${hash}）は、公表せず、事務局が保管する。`;
  };

/** The chapter's text, and its files as what becomes of them. `place` is the chapter's in the plan. */
export const arrivedBlocks = (chapter: Arrived, place: number): readonly GeneratedBlock[] => {
  const source: readonly SourceId[] = [`chapter:${chapter.key}`];
  const text =
    chapter.embargoed === true
      ? notice("公表前の情報であるため、本報告には掲載していない。", source)
      : paragraph(chapter.text, source);
  return [text, ...(chapter.files ?? []).map((file, n) => paragraph(line(chapter, place)(file, n), source))];
};

/** What the published folder holds besides the report's own forms, in the plan's order. */
export const attachedFiles = ({ plan, chapters }: ReportRecord): readonly AttachedFile[] =>
  plan.chapters.flatMap(({ key, title }, place) => {
    const chapter = chapters.find((one) => one.key === key);
    if (chapter?.is !== "arrived") return [];
    return (chapter.files ?? []).flatMap((file, n) =>
      isPublished(chapter, file)
        ? [
            {
              name: publishedName(place, n, file),
              title: `${title}（${file.name}）`,
              file: file.id,
              sha256: file.hash,
              size: file.size,
            },
          ]
        : [],
    );
  });
