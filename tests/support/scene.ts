import { fileURLToPath } from "node:url";
import { cycleKey, indicatorKey, organisationId, sha256 } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import type { Stage } from "../../domain/cycle.ts";
import { instant, type Instant } from "../../domain/time.ts";
import { readPlan } from "../../plans/read-plan.ts";
import { castOf } from "../../rehearsals/cast.ts";
import { readScript, type Script } from "../../rehearsals/script.ts";
import type { Cast, View } from "../../rehearsals/view.ts";
import type { RequestReply } from "../../rehearsals/wire.ts";

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** FY2014 as it stands in the repository. */
export const fy2014 = async (): Promise<Plan> => {
  const read = await readPlan(at("plans/fy2014"));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.plan;
};
const scriptAt = async (path: string): Promise<Script> => {
  const read = await readScript(at(path));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.script;
};
export const standardScript = (): Promise<Script> => scriptAt("rehearsals/standard.yaml");
export const hardScript = (): Promise<Script> => scriptAt("rehearsals/hard.yaml");

const assigning = (to: Readonly<Record<string, string>>): Script["ministries"]["assigned"] =>
  Object.fromEntries(Object.entries(to).map(([id, behaviour]) => [organisationId(id), behaviour]));

/** The standard script, with 経済産業省 behaving as said and 文部科学省 silent in consultations. */
export const castWith = async (
  meti: string,
  change: (script: Script) => Script = (same) => same,
): Promise<Cast> => {
  const [plan, script] = await Promise.all([fy2014(), standardScript()]);
  const assigned = assigning({ meti, nisc: "prompt" });
  const opinions = assigning({ meti: "commenting", mic: "no-opinion", mext: "silent" });
  const changed = change({
    ...script,
    ministries: { ...script.ministries, assigned },
    opinions: { ...script.opinions, assigned: opinions },
  });
  return castOf({ plan, script: changed, seed: 7 });
};

export const HASH = sha256("a".repeat(64));
const entered: readonly (readonly [Stage, string])[] = [
  ["policy", "2015-01-13T09:00:00+09:00"],
  ["underway", "2015-02-10T15:00:00+09:00"],
  ["collection", "2015-04-01T00:00:00+09:00"],
  ["evaluation", "2015-06-01T15:00:00+09:00"],
  ["drafting", "2015-06-04T15:00:00+09:00"],
  ["consultation", "2015-06-05T15:00:00+09:00"],
  ["approval", "2015-06-22T15:00:00+09:00"],
  ["decision", "2015-06-24T15:00:00+09:00"],
  ["publication", "2015-06-25T15:00:00+09:00"],
  ["carry-over", "2015-06-26T15:00:00+09:00"],
];

/** What people see of cycle 2014-r1 in a stage, at an instant. */
export const viewAt = (stage: Stage, now: string, more: Partial<View> = {}): View => ({
  cycle: {
    cycle: cycleKey("2014-r1"),
    stage,
    now: instant(now),
    plan: HASH,
    nextPlan: null,
    stages: entered
      .slice(0, entered.findIndex(([name]) => name === stage) + 1)
      .map(([name, since]) => ({ stage: name, enteredAt: instant(since) })),
    policy: { hash: null, steps: [] },
  },
  now: instant(now),
  requests: [],
  surveys: [],
  evaluations: null,
  report: null,
  comments: [],
  findings: [],
  memory: new Map(),
  ...more,
});

export const remembered = (acts: Readonly<Record<string, string>>): ReadonlyMap<string, Instant> =>
  new Map(Object.entries(acts).map(([key, when]) => [key, instant(when)]));

type State = RequestReply["items"][number]["state"];
export const owed: State = { is: "owed", until: instant("2015-05-01T17:00:00+09:00") };
export const submitted: State = { ...owed, is: "submitted", answer: { content: { hash: HASH } } };

/** 経済産業省's data request of the items given, answered with the texts, sent on 1 April, due on the 17th, closed on 1 May. */
export const dataRequest = (
  states: readonly State[],
  { texts = [], ...more }: Partial<RequestReply> & { readonly texts?: readonly string[] } = {},
): RequestReply => ({
  id: "2014-r1-data-meti",
  kind: "data",
  chain: null,
  organisation: organisationId("meti"),
  is: "open",
  revision: 4,
  round: 0,
  sentAt: instant("2015-04-01T15:00:00+09:00"),
  dueAt: instant("2015-04-17T17:00:00+09:00"),
  closeAt: instant("2015-05-01T17:00:00+09:00"),
  asked: null,
  paused: null,
  items: states.map((state, n) => ({
    id: `2014-r1-data-meti/datum-${n + 1}`,
    datum: `datum-${n + 1}`,
    indicators: [indicatorKey(`1-1-1-ア/${n + 1}`)],
    state,
    inside: null,
    answers:
      state.is === "owed"
        ? []
        : [{ says: "value", written: { text: texts[n] ?? "平成26年度は3件であった。" } }],
  })),
  ...more,
});
