import { and, asc, eq, inArray } from "drizzle-orm";
import type { Says } from "../../domain/says.ts";
import type { IndicatorKey, OrganisationId } from "../../domain/ids.ts";
import type { RequestKind } from "../../domain/plan.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { answers, items, reminders, requests } from "../schema/request.ts";

/** What the rows say of items that can't be had. */
export interface RecordedFacts {
  readonly kind: RequestKind;
  readonly organisation: OrganisationId;
  readonly sentAt: Instant;
  readonly dueAt: Instant;
  readonly closeAt: Instant;
  readonly items: readonly {
    readonly id: string;
    readonly datum: string;
    readonly indicators: readonly IndicatorKey[];
  }[];
  /** The oldest first. */
  readonly answers: readonly { readonly item: string; readonly at: Instant; readonly says: Says }[];
  /** The earliest first; one for each item and person. */
  readonly reminders: readonly { readonly item: string; readonly rung: string; readonly at: Instant }[];
}

/** In a constant number of statements. @throws Error where there is no such request */
export const openingFacts = async (
  db: Db | Tx,
  { request, among }: { readonly request: string; readonly among: readonly string[] },
): Promise<RecordedFacts> => {
  const { kind, organisation, sentAt, dueAt, closeAt } = requests;
  const [asked] = await db
    .select({ kind, organisation, sentAt, dueAt, closeAt })
    .from(requests)
    .where(eq(requests.id, request));
  if (asked === undefined) throw new Error(`no request ${request}`);
  const ids = [...among];
  return {
    ...asked,
    items: await db
      .select({ id: items.id, datum: items.datum, indicators: items.indicators })
      .from(items)
      .where(and(eq(items.request, request), inArray(items.id, ids)))
      .orderBy(asc(items.id)),
    answers: await db
      .select({ item: answers.item, at: answers.at, says: answers.says })
      .from(answers)
      .where(inArray(answers.item, ids))
      .orderBy(asc(answers.at), asc(answers.item), asc(answers.version)),
    reminders: await db
      .selectDistinct({ item: reminders.item, rung: reminders.rung, at: reminders.at })
      .from(reminders)
      .where(inArray(reminders.item, ids))
      .orderBy(asc(reminders.at), asc(reminders.item), asc(reminders.rung)),
  };
};
