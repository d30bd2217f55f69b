import { storeContent } from "../../db/content.ts";
import type { Db } from "../../db/client.ts";
import { people } from "../../db/schema/acts.ts";
import { cycles, stageEntries } from "../../db/schema/cycle.ts";
import { answers, items, requests } from "../../db/schema/request.ts";
import { surveys } from "../../db/schema/survey.ts";
import type { ItemState } from "../../domain/answer.ts";
import type { Stage } from "../../domain/cycle.ts";
import {
  cycleKey,
  fiscalYear,
  indicatorKey,
  organisationId,
  personId,
  type CycleKey,
  type PersonId,
} from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import { instant, plainDate } from "../../domain/time.ts";

/** A rehearsal in mid-collection, as its rows: two ministries asked, one answer given and returned, one survey. */

export const rehearsal = cycleKey("2014-r1");
const at = (raw: string) => instant(`${raw}+09:00`);
export const now = at("2015-04-27T09:00:00");
const preparer = personId("nisc-preparer-1");
const contactOf = (organisation: string): PersonId => personId(`${organisation}-officer`);

const entered: readonly (readonly [Stage, string])[] = [
  ["policy", "2015-01-13T09:00:00"],
  ["underway", "2015-02-10T10:00:00"],
  ["collection", "2015-04-01T00:00:00"],
];

const storeCycle = async (db: Db, plan: Plan, cycle: CycleKey): Promise<void> => {
  const { hash } = await storeContent(db, { kind: "plan", body: plan, storedBy: preparer, storedAt: now });
  await db.insert(cycles).values({
    key: cycle,
    year: fiscalYear(2014),
    plan: hash,
    stage: "collection",
    stepped: true,
    now,
    openedAt: at("2015-01-13T09:00:00"),
  });
  await db
    .insert(stageEntries)
    .values(entered.map(([stage, when]) => ({ cycle, stage, enteredAt: at(when) })));
};

const sent = { sentAt: at("2015-04-01T09:00:00"), dueAt: at("2015-04-17T17:00:00") };
const closeAt = at("2015-05-01T17:00:00");

const storeRequest = async (
  db: Db,
  organisation: string,
  states: Readonly<Record<string, ItemState>>,
): Promise<void> => {
  const id = `${rehearsal}-data-${organisation}`;
  await db.insert(requests).values({
    id,
    cycle: rehearsal,
    kind: "data",
    organisation: organisationId(organisation),
    is: "open",
    round: 0,
    ...sent,
    closeAt,
  });
  await db.insert(items).values(
    Object.entries(states).map(([datum, state]) => ({
      id: `${id}/${datum}`,
      request: id,
      datum,
      text: `${organisation}の${datum}`,
      indicators: [indicatorKey("1-1-1-ア/1")],
      is: state.is,
      state,
      dueAt: state.is === "returned" ? at("2015-05-08T17:00:00") : sent.dueAt,
    })),
  );
};

/** What an answer must never do to a screen. */
export const HOSTILE = `<script>alert("集計中")</script>`;

const storeAnswer = async (db: Db, item: string) => {
  const body = { number: 180, unit: "人", text: HOSTILE };
  const stored = { kind: "answer" as const, body, storedBy: contactOf("meti"), storedAt: now };
  const content = await storeContent(db, stored);
  const given = { item, says: "provisional" as const, content, why: null };
  await db.insert(answers).values({
    item,
    version: 1,
    says: "provisional",
    content: content.id,
    hash: content.hash,
    by: contactOf("meti"),
    at: at("2015-04-20T10:12:00"),
  });
  return given;
};

export const storeScreensYear = async (db: Db, plan: Plan): Promise<void> => {
  await db
    .insert(people)
    .values(plan.people.map((row) => ({ ...row, contact: [...row.contact], staff: [...row.staff] })));
  await storeCycle(db, plan, rehearsal);
  const answer = await storeAnswer(db, `${rehearsal}-data-meti/first`);
  await storeRequest(db, "meti", {
    first: {
      is: "returned",
      until: at("2015-05-08T17:00:00"),
      answer,
      reason: "内訳を示してください。",
      returns: 1,
    },
    second: { is: "owed", until: closeAt },
    third: { is: "value", answer },
  });
  await storeRequest(db, "mic", {
    first: { is: "submitted", until: closeAt, answer, returns: 0 },
    second: { is: "surveying", until: closeAt, survey: `${rehearsal}-survey-mic-1` },
  });
  await db.insert(surveys).values({
    id: `${rehearsal}-survey-mic-1`,
    cycle: rehearsal,
    request: `${rehearsal}-data-mic`,
    organisation: organisationId("mic"),
    cause: "said-unmeasurable",
    why: "no-statistics",
    justification: "総務省から、データの把握が困難である旨の回答があった（理由：統計なし）。",
    isSecretariats: false,
    items: [`${rehearsal}-data-mic/second`],
    openedAt: at("2015-04-20T11:00:00"),
    dueOn: plainDate("2015-05-13"),
  });
};
