import type { CycleKey, Sha256 } from "../domain/ids.ts";

/** Objects are recorded as what they are and their id; their screen, or null where they have none. */
export const objectHref = (object: string): string | null => {
  const [type = "", id] = object.split(" ");
  return id === undefined ? null : (screenOf.get(type)?.(id) ?? null);
};
/** What one can do with a version of the report once it is compiled; its event carries the version's hash. */
const ofVersion: ReadonlySet<string> = new Set([
  "report.submit",
  "report.approve",
  "report.return",
  "report.decide",
  "report.publish",
]);

/** The very version that an event is about; null where it is about none that has a screen. */
export const versionHref = ({
  cycle,
  action,
  hash,
}: {
  readonly cycle: CycleKey;
  readonly action: string;
  readonly hash: Sha256 | null;
}): string | null =>
  hash !== null && ofVersion.has(action) ? `/cycles/${cycle}/report/versions/${hash}` : null;

const screenOf: ReadonlyMap<string, (id: string) => string> = new Map([
  ["request", (id) => `/requests/${id}`],
  ["survey", (id) => `/surveys/${id}`],
  ["cycle", (id) => `/?cycle=${id}`],
  ["report", (id) => `/cycles/${id}/report`],
  ["mail", (id) => `/mails/${id}`],
]);
