import type { SectionChange } from "../domain/version-diff.ts";
import type { ChangesView } from "./pages/changes.tsx";
import { byWeight, pageOf } from "./paging.ts";

/** Leaves room for what stands around them, so that a page stays below 100 KB. */
const LIMIT_BYTES = 60 * 1024;
/** About what the markup around a line, a cause, a change takes. */
const LINE_BYTES = 30;
const CAUSE_BYTES = 200;
const CHANGE_BYTES = 400;

const lineBytes = (line: string): number => LINE_BYTES + Buffer.byteLength(line);

const changeBytes = ({ before, after, causes, title }: SectionChange): number =>
  [...before, ...after].reduce(
    (sum, line) => sum + lineBytes(line),
    CHANGE_BYTES + Buffer.byteLength(title) + CAUSE_BYTES * causes.length,
  );

/** One change in as many pieces as it takes, old beside new. */
const piecesOf = (change: SectionChange): readonly SectionChange[] => {
  if (changeBytes(change) <= LIMIT_BYTES) return [change];
  const { before, after, causes } = change;
  const rows = Array.from({ length: Math.max(before.length, after.length, causes.length) }, (_, n) => ({
    before: before.slice(n, n + 1),
    after: after.slice(n, n + 1),
    causes: causes.slice(n, n + 1),
  }));
  return byWeight(rows, (row) => changeBytes({ ...change, ...row }) - CHANGE_BYTES, LIMIT_BYTES).map(
    (page) => ({
      ...change,
      before: page.flatMap((row) => row.before),
      after: page.flatMap((row) => row.after),
      causes: page.flatMap((row) => row.causes),
    }),
  );
};

/** 新旧対照: one page of it. */
export const changesOnPage = (
  changes: readonly SectionChange[],
  which: Parameters<typeof pageOf>[1],
): ChangesView => ({
  ...pageOf(byWeight(changes.flatMap(piecesOf), changeBytes, LIMIT_BYTES), which),
  many: changes.length,
});
