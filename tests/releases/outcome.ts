import { asc, eq } from "drizzle-orm";
import { projectionsOf } from "../../db/queries/projections.ts";
import { auditEvents } from "../../db/schema/audit.ts";
import { mails } from "../../db/schema/mail.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { YearHouse } from "../support/year-house.ts";

/** A year's own names, and whatever follows from them: hashes and random ids. Each becomes the number of its first use. */
const NAMES = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{64}\b/g;

const anonymous = (cycle: CycleKey, value: unknown): unknown => {
  const numbers = new Map<string, string>();
  const numbered = (name: string): string => {
    const number = numbers.get(name) ?? `#${numbers.size + 1}`;
    numbers.set(name, number);
    return number;
  };
  const text = JSON.stringify(value, (_, one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => a.localeCompare(b)))
      : one,
  );
  const parsed: unknown = JSON.parse(text.replaceAll(cycle, "YEAR").replaceAll(NAMES, numbered));
  return parsed;
};

/** In an order of its own: whichever of two workflows that run at once writes first is no outcome. */
const inOrder = <Row>(rows: readonly Row[], nameOf: (row: Row) => string): readonly Row[] =>
  rows.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)));

/**
 * All that a year has come to: its rows, what each workflow recorded, one thing after the other, and its mails, without
 * what no two years have in common.
 */
export const outcomeOf = async ({ db }: YearHouse, cycle: CycleKey): Promise<unknown> => {
  const rows = await db.transaction((tx) => projectionsOf(tx, cycle));
  const { actor, role, action, object, reason, at, result, act, hash, workflow } = auditEvents;
  const record = await db
    .select({ actor, role, action, object, reason, at, result, act, hash, workflow })
    .from(auditEvents)
    .where(eq(auditEvents.cycle, cycle))
    .orderBy(asc(auditEvents.sequence));
  const { letter, person, rung, items, at: sentAt, subject } = mails;
  const sent = await db
    .select({ letter, person, rung, items, at: sentAt, subject })
    .from(mails)
    .where(eq(mails.cycle, cycle))
    .orderBy(asc(mails.position));
  return anonymous(cycle, {
    rows,
    record: inOrder(record, (one) => (one.workflow ?? "").replaceAll(cycle, "")),
    sent: inOrder(sent, (one) =>
      JSON.stringify([one.at, one.letter, one.person, one.subject]).replaceAll(cycle, ""),
    ),
  });
};
