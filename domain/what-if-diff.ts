import type { PlannedMail } from "./forecast-standing.ts";

/** The same mail, on another day or about other items. */
export interface MovedMail {
  readonly from: PlannedMail;
  readonly to: PlannedMail;
}
/** How two futures differ in their mails, each list in the order of the mails. */
export interface MailDiff {
  readonly before: number;
  readonly after: number;
  readonly added: readonly PlannedMail[];
  readonly removed: readonly PlannedMail[];
  readonly moved: readonly MovedMail[];
}

type KeyOf = (mail: PlannedMail) => string;

const keyed = (...parts: readonly (string | null)[]): string => JSON.stringify(parts);
const wholly: KeyOf = ({ at, ...mail }) => keyed(at, sameItems(mail));
const sameItems = (mail: Omit<PlannedMail, "at">): string =>
  keyed(sameRung(mail), mail.request, ...mail.items.toSorted());
const sameRung = ({ contact, letter, rung }: Omit<PlannedMail, "at">): string => keyed(contact, letter, rung);

interface Paired {
  readonly pairs: readonly MovedMail[];
  readonly before: readonly PlannedMail[];
  readonly after: readonly PlannedMail[];
}

/** Pairs what has the same key, each mail once and in its order; the rest stays over. */
const paired = ({ pairs, before, after }: Paired, keyOf: KeyOf): Paired => {
  const waiting = new Map<string, PlannedMail[]>();
  for (const mail of before) waiting.set(keyOf(mail), [...(waiting.get(keyOf(mail)) ?? []), mail]);
  const found: MovedMail[] = [];
  const over: PlannedMail[] = [];
  for (const to of after) {
    const from = waiting.get(keyOf(to))?.shift();
    if (from === undefined) over.push(to);
    else found.push({ from, to });
  }
  const used = new Set(found.map(({ from }) => from));
  return { pairs: [...pairs, ...found], before: before.filter((mail) => !used.has(mail)), after: over };
};

/** What is the same stays out; what is about the same at another time, or about more or less, has moved. */
export const mailDiff = (before: readonly PlannedMail[], after: readonly PlannedMail[]): MailDiff => {
  const changed = { ...paired({ pairs: [], before, after }, wholly), pairs: [] };
  const moved = paired(paired(changed, sameItems), sameRung);
  return {
    before: before.length,
    after: after.length,
    added: moved.after,
    removed: moved.before,
    moved: moved.pairs.toSorted((a, b) => (a.to.at < b.to.at ? -1 : Number(a.to.at > b.to.at))),
  };
};
