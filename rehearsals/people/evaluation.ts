import { measuresOfDomain } from "../../domain/catalogue.ts";
import type { PersonId } from "../../domain/ids.ts";
import type { EvaluationKind } from "../../domain/plan.ts";
import type { Instant } from "../../domain/time.ts";
import { drawOne } from "../draw.ts";
import { lastDone, nextKey, timesDone, type Intention } from "../intention.ts";
import type { Cast, View } from "../view.ts";
import type { EvaluationsReply } from "../wire.ts";

type Asked = EvaluationsReply["asked"][number];
type Written = EvaluationsReply["evaluations"][number];

/** 評価: written by those who prepare, approved by another, a few returned once; per 分野 whether to analyse. */
export const evaluationIntentions = (view: View, cast: Cast): readonly Intention[] => {
  if (view.cycle.stage !== "evaluation" || view.evaluations === null) return [];
  const { asked, evaluations, analyses } = view.evaluations;
  const written = new Map(evaluations.map((one) => [`${one.kind} ${one.key}`, one]));
  const open = asked.filter(
    ({ kind, key }) => (written.get(`${kind} ${key}`)?.is ?? "returned") === "returned",
  );
  const drafted = evaluations.filter(({ is }) => is === "drafted");
  const undecided = asked.filter(
    ({ kind, key }) => kind === "outcome" && !analyses.some(({ domain }) => domain === key),
  );
  return [
    ...(["output", "outcome"] as const).flatMap((kind) =>
      write(
        view,
        cast,
        open.filter((one) => one.kind === kind),
      ),
    ),
    ...(open.length > 0 || drafted.length === 0 ? [] : review(view, cast, drafted)),
    ...undecided.map((domain) => analyse(view, cast, domain)),
  ];
};

const begunAt = ({ cycle, now }: View): Instant =>
  cycle.stages.findLast(({ stage }) => stage === "evaluation")?.enteredAt ?? now;

/** Output and outcome are different people's work where the secretariat has two who prepare. */
const writerOf = ({ preparers }: Cast, kind: EvaluationKind): PersonId =>
  kind === "output" ? preparers[0] : (preparers[1] ?? preparers[0]);

const write = (view: View, cast: Cast, open: readonly Asked[]): readonly Intention[] => {
  const [first] = open;
  if (first === undefined) return [];
  const { evaluations } = cast.script.secretariat;
  const returnedAt = lastDone(view.memory, "evaluation return");
  const text = returnedAt === undefined ? evaluations[first.kind] : evaluations.corrected;
  return [
    {
      at: cast.secretariat.after(returnedAt ?? begunAt(view), evaluations.writtenAfterDays),
      person: writerOf(cast, first.kind),
      role: "preparer",
      key: nextKey(view.memory, `evaluation ${first.kind}`),
      path: `/cycles/${view.cycle.cycle}/evaluations`,
      body: {
        entries: open.map(({ kind, key }) => ({
          kind,
          key,
          rating: ratingOf(view, cast, { kind, key }),
          text,
        })),
      },
    },
  ];
};

/** Nothing that counts was heard of any of its indicators. */
const isUnknown = (view: View, measures: readonly string[]): boolean => {
  const states = view.requests
    .flatMap(({ items }) => items)
    .filter(({ indicators }) => indicators.some((key) => measures.includes(key.split("/")[0] ?? "")))
    .map(({ state }) => state.is);
  return states.length > 0 && states.every((is) => is === "uncollected");
};

const INSUFFICIENT = "insufficient";

const ratingOf = (view: View, cast: Cast, { kind, key }: Pick<Asked, "kind" | "key">): string => {
  const measures =
    kind === "output" ? [key] : measuresOfDomain(cast.plan, key).map((measure) => String(measure.key));
  const ratings = cast.plan.scales[kind].map((rating) => rating.key);
  if (ratings.includes(INSUFFICIENT) && isUnknown(view, measures)) return INSUFFICIENT;
  return drawOne(
    cast.draw,
    `${kind} ${key} rating`,
    ratings.filter((rating) => rating !== INSUFFICIENT),
  );
};

/** Whoever stands first on the ladder looks at all that is written; the first few are returned once. */
const review = (view: View, cast: Cast, drafted: readonly Written[]): readonly Intention[] => {
  const { afterDays, returnedOnce } = cast.script.approvals.evaluations;
  const [step] = cast.plan.approvals.report;
  if (step === undefined) return [];
  const isFirst = timesDone(view.memory, "evaluation return") === 0;
  const returned = isFirst ? drafted.slice(0, returnedOnce?.count ?? 0) : [];
  const approved = drafted.filter((one) => !returned.includes(one));
  const at = cast.secretariat.after(lastWritten(view), afterDays);
  const reviewing = (what: "approval" | "return", entries: readonly Written[]): readonly Intention[] =>
    entries.length === 0
      ? []
      : [
          {
            at,
            person: step.person,
            role: "approver",
            key: nextKey(view.memory, what === "return" ? "evaluation return" : "evaluation approve"),
            path: `/cycles/${view.cycle.cycle}/evaluations/${what}`,
            body: {
              entries: entries.map(({ kind, key, content, hash }) => ({ kind, key, content, hash })),
              ...(what === "return" ? { reason: returnedOnce?.reason } : {}),
            },
          },
        ];
  return [...reviewing("return", returned), ...reviewing("approval", approved)];
};

const lastWritten = (view: View): Instant =>
  [lastDone(view.memory, "evaluation output"), lastDone(view.memory, "evaluation outcome")].reduce<Instant>(
    (last, one) => (one !== undefined && one > last ? one : last),
    begunAt(view),
  );

const analyse = (view: View, cast: Cast, { key }: Asked): Intention => {
  const { evaluations } = cast.script.secretariat;
  const needed = cast.draw(`${key} analysis`) < evaluations.analysisShare;
  return {
    at: cast.secretariat.after(begunAt(view), evaluations.writtenAfterDays),
    person: writerOf(cast, "outcome"),
    role: "preparer",
    key: nextKey(view.memory, `analysis ${key}`),
    path: `/cycles/${view.cycle.cycle}/analyses`,
    body: {
      domain: key,
      needed,
      text: needed ? evaluations.analysis : null,
      reason: needed ? evaluations.analysisNeeded : evaluations.analysisNotNeeded,
    },
  };
};
