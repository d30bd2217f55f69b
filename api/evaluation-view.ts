import { analysesOf, evaluationsOf } from "../db/queries/evaluations.ts";
import { namesOf } from "../db/queries/home.ts";
import { domainKey, domainsOf } from "../domain/catalogue.ts";
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
export const askedEvaluations = (plan: Plan): readonly AskedEvaluation[] =>
  domainsOf(plan).flatMap(({ key: domain, name }) => [
    ...plan.measures
      .filter((measure) => domainKey(measure) === domain)
      .map((measure) => ({ kind: "output" as const, key: measure.key, name: measure.name, domain })),
    { kind: "outcome" as const, key: domain, name, domain },
  ]);

/** Content and hash of what an approver has read, as his form sends it. */
const reviewedAs = ({ kind, key }: AskedEvaluation, content: string, hash: string): string =>
  [kind, key, content, hash].join(" ");

export const evaluationRows = async (
  { db }: ScreenDeps,
  { reader, standing, plan, may }: Around,
): Promise<readonly EvaluationRow[]> => {
  const written = await evaluationsOf(db, standing.cycle);
  const analyses = await analysesOf(db, standing.cycle);
  const names = await namesOf(
    db,
    written.map(({ by }) => by),
  );
  const reviews = standing.stage === "evaluation" && may("cycle.approve-evaluations");
  return askedEvaluations(plan).map((asked) => {
    const found = written.find(({ kind, key }) => kind === asked.kind && key === asked.key);
    const waits = reviews && found?.is === "drafted" && found.by !== reader.person;
    return {
      ...asked,
      is: found?.is ?? "unwritten",
      rating:
        found === undefined
          ? null
          : (plan.scales[asked.kind].find(({ key }) => key === found.rating)?.label ?? found.rating),
      text: found?.text ?? null,
      by: found === undefined ? null : (names.get(found.by) ?? found.by),
      reason: found?.reason ?? null,
      reviewed: waits ? reviewedAs(asked, found.content, found.hash) : null,
      analysis: analyses.find(({ domain }) => domain === asked.key)?.needed ?? null,
    };
  });
};
