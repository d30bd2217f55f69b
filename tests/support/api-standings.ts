import { storeContent } from "../../db/content.ts";
import { plansOf } from "../../db/queries/plans.ts";
import { approvals, cycles, submissions } from "../../db/schema/cycle.ts";
import { requests } from "../../db/schema/request.ts";
import { surveys } from "../../db/schema/survey.ts";
import type { Stage } from "../../domain/cycle.ts";
import {
  cycleKey,
  fiscalYear,
  organisationId,
  personId,
  type CycleKey,
  type Sha256,
} from "../../domain/ids.ts";
import { plainDate } from "../../domain/time.ts";
import { cast, type ApiService } from "./api-service.ts";
import { fy2014 } from "./scene.ts";
import { now } from "./screens-year.ts";

/** Years in which things have come further than in the one everybody works on. */
export interface Standings {
  /** The policy and the report are with the approvers, and one of them has submitted them himself. */
  readonly contributed: CycleKey;
  /** Every approver has approved both. */
  readonly approved: CycleKey;
  /** Finished, with a settled request of 経済産業省 and of 総務省, and a survey of 総務省 that has ended. */
  readonly finished: CycleKey;
}

const storeCycle = async ({ db }: ApiService, key: string, stage: Stage): Promise<CycleKey> => {
  const cycle = cycleKey(key);
  const [plan] = await plansOf(db);
  if (plan === undefined) throw new Error("no plan is stored");
  await db.insert(cycles).values({
    key: cycle,
    year: fiscalYear(2014),
    plan: plan.hash,
    stage,
    stepped: true,
    now,
    openedAt: now,
  });
  return cycle;
};

const subjects = ["policy", "report"] as const;

const submit = async ({ db }: ApiService, cycle: CycleKey, by: string): Promise<Sha256> => {
  const body = { title: cycle, text: "案" };
  const person = personId(by);
  const { id, hash } = await storeContent(db, { kind: "policy", body, storedBy: person, storedAt: now });
  for (const subject of subjects)
    await db.insert(submissions).values({ cycle, subject, content: id, hash, by: person, at: now });
  return hash;
};

const approveAll = async ({ db }: ApiService, cycle: CycleKey, hash: Sha256): Promise<void> => {
  const steps = (await fy2014()).approvals;
  for (const subject of subjects)
    for (const { person } of steps[subject])
      await db.insert(approvals).values({ cycle, subject, hash, outcome: "approved", by: person, at: now });
};

const settle = async ({ db }: ApiService, cycle: CycleKey): Promise<void> => {
  for (const organisation of [organisationId("meti"), organisationId("mic")])
    await db.insert(requests).values({
      id: `${cycle}-data-${organisation}`,
      cycle,
      kind: "data",
      organisation,
      is: "settled",
      round: 0,
      sentAt: now,
      dueAt: now,
      closeAt: now,
      settledAt: now,
    });
  await db.insert(surveys).values({
    id: `${cycle}-survey-mic-1`,
    cycle,
    request: `${cycle}-data-mic`,
    organisation: organisationId("mic"),
    cause: "silence",
    justification: "期限までに回答がなかった。",
    isSecretariats: false,
    why: null,
    items: [],
    openedAt: now,
    dueOn: plainDate("2015-05-13"),
    end: { is: "stopped", reason: "不要" },
    endedAt: now,
  });
};

export const storeStandings = async (api: ApiService): Promise<Standings> => {
  const contributed = await storeCycle(api, "2014-r2", "approval");
  await submit(api, contributed, cast.approver[0]);
  const approved = await storeCycle(api, "2014-r3", "decision");
  await approveAll(api, approved, await submit(api, approved, cast.preparer[0]));
  const finished = await storeCycle(api, "2014-r4", "finished");
  await settle(api, finished);
  return { contributed, approved, finished };
};
