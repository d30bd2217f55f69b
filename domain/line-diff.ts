/** One line of two texts laid over each other; of the older one, of the newer one, or of both. */
export interface LineChange {
  readonly is: "same" | "removed" | "added";
  readonly text: string;
}

/** Lengths of the longest common rest from each pair of lines on. */
const commonRests = (older: readonly string[], newer: readonly string[]): readonly (readonly number[])[] => {
  const rests: number[][] = [Array.from({ length: newer.length + 1 }, () => 0)];
  for (const line of older.toReversed()) {
    const below = rests[0] ?? [];
    const row: number[] = [0];
    for (let n = newer.length - 1; n >= 0; n -= 1)
      row.unshift(newer[n] === line ? (below[n + 1] ?? 0) + 1 : Math.max(below[n] ?? 0, row[0] ?? 0));
    rests.unshift(row);
  }
  return rests;
};

/** At the end of one of them the other goes on alone. */
const removesFirst = (rests: readonly (readonly number[])[], o: number, n: number): boolean =>
  (rests[o + 1]?.[n] ?? -1) >= (rests[o]?.[n + 1] ?? -1);

/** 新旧対照 of a plain text, paragraph by paragraph: as many lines as possible stand in both, what went before what came. */
export const diffLines = (older: readonly string[], newer: readonly string[]): readonly LineChange[] => {
  const rests = commonRests(older, newer);
  const changes: LineChange[] = [];
  let [o, n] = [0, 0];
  while (o < older.length || n < newer.length) {
    const [was = "", now = ""] = [older[o], newer[n]];
    if (o < older.length && n < newer.length && was === now) {
      changes.push({ is: "same", text: was });
      o += 1;
      n += 1;
    } else if (removesFirst(rests, o, n)) {
      changes.push({ is: "removed", text: was });
      o += 1;
    } else {
      changes.push({ is: "added", text: now });
      n += 1;
    }
  }
  return changes;
};
