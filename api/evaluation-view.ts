import { analysesOf, evaluationsOf, type EvaluationRecord } from "../db/queries/evaluations.ts";
import { namesOf } from "../db/queries/home.ts";
import { domainKey, domainsOf } from "../domain/catalogue.ts";
import type { PersonId } from "../domain/ids.ts";
import type { EvaluationKind, Plan } from "../domain/plan.ts";
import type { Around } from "./around.ts";
import type { EvaluationRow } from "./pages/evaluations.tsx";
import type { ScreenDeps } from "./screens.ts";

interface AskedEvaluation {
  readonly kind: EvaluationKind;
  readonly key: string;
  readonly name: string;
  readonly domain: string;
}

/** Domain by domain: its measures' results, then what they came to together. */
const askedEvaluations = (plan: Plan): readonly AskedEvaluation[] =>
  domainsOf(plan).flatMap(({ key: domain, name }) => [
    ...plan.measures
      .filter((measure) => domainKey(measure) === domain)
      .map((measure) => ({ kind: "output" as const, key: measure.key, name: measure.name, domain })),
    { kind: "outcome" as const, key: domain, name, domain },
  ]);

/** Content and hash of what an approver has read, as his form sends it. */
const reviewedAs = ({ kind, key }: AskedEvaluation, content: string, hash: string): string =>
  [kind, key, content, hash].join(" ");

const unwritten = {
  is: "unwritten",
  rating: null,
  text: null,
  by: null,
  reason: null,
  reviewed: null,
} as const;

const writtenRow = (
  asked: AskedEvaluation,
  { is, rating, text, by, reason, content, hash }: EvaluationRecord,
  { around, names }: { readonly around: Around; readonly names: ReadonlyMap<PersonId, string> },
) => {
  const { reader, standing, plan, may } = around;
  const reviews = standing.stage === "evaluation" && may("cycle.approve-evaluations");
  const scale = plan.scales[asked.kind];
  return {
    is,
    rating: scale.find(({ key }) => key === rating)?.label ?? rating,
    text,
    by: names.get(by) ?? by,
    reason,
    reviewed: reviews && is === "drafted" && by !== reader.person ? reviewedAs(asked, content, hash) : null,
  };
};

export const evaluationRows = async (
  { db }: ScreenDeps,
  around: Around,
): Promise<readonly EvaluationRow[]> => {
  const { standing, plan } = around;
  const written = await evaluationsOf(db, standing.cycle);
  const analyses = await analysesOf(db, standing.cycle);
  const writers = written.map(({ by }) => by);
  const names = await namesOf(db, writers);
  return askedEvaluations(plan).map((asked) => {
    const found = written.find(({ kind, key }) => kind === asked.kind && key === asked.key);
    return {
      ...asked,
      ...(found === undefined ? unwritten : writtenRow(asked, found, { around, names })),
      analysis: analyses.find(({ domain }) => domain === asked.key)?.needed ?? null,
    };
  });
};
