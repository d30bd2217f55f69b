import { sourcesOf } from "./compose.ts";
import type { Section, SourceId } from "./document.ts";
import { labelsOf, type Labels } from "./labels.ts";

/** 印 of a draft's sections: how what stands in each is to be kept, for whoever handles the draft. */

/** What holds of several together: the higher 格付け, and every 取扱制限 that one of them has. None of nothing. */
export const highest = (all: readonly Labels[]): Labels | undefined => {
  if (all.length === 0) return undefined;
  const confidentiality = all.some((labels) => labels.confidentiality === 2) ? 2 : 1;
  return labelsOf(
    confidentiality,
    all.flatMap(({ handling = [] }) => handling),
  );
};

const sourcesIn = ({ blocks, sections }: Section): readonly SourceId[] => [
  ...blocks.flatMap(sourcesOf),
  ...sections.flatMap(sourcesIn),
];

/** By section's key. A section holds its parts; one that was made from nothing that carries a label has none. */
export const sectionLabels = (
  chapters: readonly Section[],
  known: ReadonlyMap<SourceId, Labels>,
): ReadonlyMap<string, Labels> => {
  const marked = new Map<string, Labels>();
  const mark = (section: Section): void => {
    const own = new Set(sourcesIn(section));
    const labels = highest([...own].flatMap((source) => known.get(source) ?? []));
    if (labels !== undefined) marked.set(section.key, labels);
    section.sections.forEach(mark);
  };
  chapters.forEach(mark);
  return marked;
};
