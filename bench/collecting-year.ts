import type { Db } from "../db/client.ts";
import { storeContent } from "../db/content.ts";
import { people } from "../db/schema/acts.ts";
import { cycles, stageEntries } from "../db/schema/cycle.ts";
import { answers, items, requests } from "../db/schema/request.ts";
import type { ItemState } from "../domain/answer.ts";
import { itemsOf, owingOrganisations } from "../domain/catalogue.ts";
import { cycleKey, fiscalYear, personId, type CycleKey } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import { instant } from "../domain/time.ts";

/**
 * A rehearsal in mid-collection at its real size, as its rows: every organisation of the plan is asked for all that it
 * owes, every third item waits for a review, every fifth is accepted; and all of it was answered the year before.
 */

export const collecting = cycleKey("2014-r1");
const lastYear = cycleKey("2013-r1");
const at = (raw: string) => instant(`${raw}+09:00`);
const [sentAt, dueAt] = [at("2015-04-01T09:00:00"), at("2015-04-17T17:00:00")];
const closeAt = at("2015-05-01T17:00:00");
const answeredAt = at("2015-04-14T11:00:00");
const TEXT = "関係機関との情報共有の枠組みを構築し、年度中に全12回の会合を開催した。参加機関は増加している。";
/** Stands in every answer of the year before. */
export const LAST_YEAR_TEXT = "前年度は、全10回の会合を開催した。";

const storeCycle = async (db: Db, plan: Plan, cycle: CycleKey, year: number): Promise<void> => {
  const body = { ...plan, year: fiscalYear(year) };
  const storedBy = personId("nisc-preparer-1");
  const { hash } = await storeContent(db, { kind: "plan", body, storedBy, storedAt: sentAt });
  const stage = cycle === collecting ? ("collection" as const) : ("finished" as const);
  const openedAt = at(`${year + 1}-01-13T09:00:00`);
  await db.insert(cycles).values({
    key: cycle,
    year: fiscalYear(year),
    plan: hash,
    stage,
    stepped: true,
    now: at("2015-04-20T09:00:00"),
    openedAt,
  });
  await db.insert(stageEntries).values({ cycle, stage, enteredAt: sentAt });
};

type Row = typeof items.$inferInsert;

/** What becomes of the n-th item of a request. */
const stateOf = (n: number, answer: Extract<ItemState, { is: "value" }>["answer"]): ItemState => {
  if (n % 5 === 4) return { is: "value", answer };
  if (n % 3 === 2) return { is: "submitted", until: closeAt, answer, returns: 0 };
  return { is: "owed", until: closeAt };
};

const storeRequest = async (
  db: Db,
  { plan, cycle }: { readonly plan: Plan; readonly cycle: CycleKey },
  organisation: ReturnType<typeof owingOrganisations>[number]["id"],
): Promise<void> => {
  const id = `${cycle}-data-${organisation}`;
  const by = personId(`${organisation}-officer`);
  const is = cycle === collecting ? ("open" as const) : ("settled" as const);
  await db
    .insert(requests)
    .values({ id, cycle, kind: "data", organisation, is, round: 0, sentAt, dueAt, closeAt });
  const body = { number: null, unit: null, text: cycle === collecting ? TEXT : LAST_YEAR_TEXT };
  const content = await storeContent(db, { kind: "answer", body, storedBy: by, storedAt: answeredAt });
  const rows = itemsOf(plan, organisation).map(({ key: datum, text, indicators }, n): Row => {
    const item = `${id}/${datum}`;
    const answer = { item, says: "value", why: null, content } as const;
    const state: ItemState = cycle === collecting ? stateOf(n, answer) : { is: "value", answer };
    return { id: item, request: id, datum, text, indicators: [...indicators], is: state.is, state, dueAt };
  });
  await db.insert(items).values(rows);
  const given = rows.filter(({ is: standing }) => standing !== "owed");
  if (given.length === 0) return;
  const { id: stored, hash } = content;
  await db.insert(answers).values(
    given.map(({ id: item }) => ({
      item,
      version: 1,
      says: "value" as const,
      content: stored,
      hash,
      by,
      at: answeredAt,
    })),
  );
};

export const storeCollectingYear = async (db: Db, plan: Plan): Promise<void> => {
  await db
    .insert(people)
    .values(plan.people.map((row) => ({ ...row, contact: [...row.contact], staff: [...row.staff] })));
  await storeCycle(db, plan, collecting, 2014);
  await storeCycle(db, plan, lastYear, 2013);
  for (const cycle of [collecting, lastYear])
    for (const { id } of owingOrganisations(plan)) await storeRequest(db, { plan, cycle }, id);
};
