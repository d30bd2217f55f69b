import { eq } from "drizzle-orm";
import { items, requests } from "../../db/schema/request.ts";
import type { ActArgs, ActName, GivenAnswer } from "../../domain/acts.ts";
import type { Says } from "../../domain/says.ts";
import type { ItemState } from "../../domain/answer.ts";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import type { RequestKind } from "../../domain/plan.ts";
import { instant, plainDate } from "../../domain/time.ts";
import {
  cycleWorkflowId,
  reportWorkflowId,
  requestWorkflowId,
  surveyWorkflowId,
  type ActResult,
} from "../../workflows/contract.ts";
import type { Circumstances } from "./given-acts.ts";
import type { YearHouse } from "./year-house.ts";

export type Do = <Name extends ActName>(
  name: Name,
  args: ActArgs[Name],
  more?: Circumstances,
) => Promise<ActResult>;

/** The people of one cycle at work: whatever they do is done, or the test ends. */
export interface ActingYear {
  readonly cycle: Do;
  readonly report: Do;
  readonly request: (id: string) => Do;
  readonly survey: (id: string) => Do;
  readonly asked: (kind: RequestKind) => Promise<readonly { readonly id: string; readonly item: string }[]>;
  readonly states: (request: string) => Promise<Readonly<Record<string, ItemState>>>;
  readonly answer: (item: string, says?: Says, why?: string | null) => Promise<GivenAnswer>;
  /** Every item of the kind is answered and accepted. */
  readonly answerAll: (kind: RequestKind) => Promise<void>;
  readonly decidePolicy: () => Promise<Sha256>;
  /** The policy is decided, its day has come, and every request is open. */
  readonly openRequests: () => Promise<void>;
}

export const reason = "記載を改める必要がある。";
export const approvers = ["nisc-counsellor", "nisc-deputy-director", "nisc-director"] as const;
export const by = (person: string, more: Circumstances = {}): Circumstances => ({
  person,
  role: "approver",
  ...more,
});
/** 0:00 of the day from which FY2014's data are collected. */
export const COLLECTION = instant("2015-04-01T00:00:00+09:00");

export const actingYear = (house: YearHouse, cycle: CycleKey): ActingYear => {
  const done =
    (workflow: string): Do =>
    async (name, args, more = {}) => {
      const result = await house.act(workflow, name, args, more);
      if (typeof result === "string") throw new Error(`${name}: ${result}`);
      return result;
    };
  const act = done(cycleWorkflowId(cycle));
  const request = (id: string): Do => done(requestWorkflowId(id));
  const asked: ActingYear["asked"] = async (kind) => {
    const rows = await house.db
      .select({ id: requests.id, item: items.id, kind: requests.kind })
      .from(requests)
      .innerJoin(items, eq(items.request, requests.id))
      .where(eq(requests.cycle, cycle))
      .orderBy(items.id);
    return rows.filter((row) => row.kind === kind);
  };
  const answer: ActingYear["answer"] = async (item, says = "value", why = null) => ({
    item,
    says,
    why,
    content: await house.store("answer", { number: 3, unit: "回", text: item }),
  });
  const decidePolicy: ActingYear["decidePolicy"] = async () => {
    const content = await house.store("policy", { title: "実施方針", text: "本文" });
    const { hash } = content;
    await act("cycle.submit-policy", { content });
    await act("cycle.approve-policy", { hash }, by("nisc-counsellor"));
    await act("cycle.return-policy", { hash }, by("nisc-deputy-director", { reason }));
    await act("cycle.submit-policy", { content });
    for (const person of approvers) await act("cycle.approve-policy", { hash }, by(person));
    const held = { meeting: "情報セキュリティ政策会議", heldOn: plainDate("2015-01-13") };
    await act("cycle.decide-policy", { hash, outcome: "decided", ...held }, { role: "recorder" });
    return hash;
  };
  return {
    cycle: act,
    report: done(reportWorkflowId(cycle)),
    request,
    survey: (id) => done(surveyWorkflowId(id)),
    asked,
    states: async (id) => {
      const rows = await house.db.select().from(items).where(eq(items.request, id)).orderBy(items.id);
      return Object.fromEntries(rows.map(({ id: item, state }) => [item, state]));
    },
    answer,
    answerAll: async (kind) => {
      for (const { id, item } of await asked(kind)) {
        const given = await answer(item);
        await request(id)("request.submit", { answers: [given] });
        await request(id)("request.accept", { items: [{ item, hash: given.content.hash }] });
      }
    },
    decidePolicy,
    openRequests: async () => {
      await decidePolicy();
      await act("cycle.advance", { to: COLLECTION });
      await house.rest(cycleWorkflowId(cycle));
      await act("cycle.open-requests", {});
    },
  };
};
