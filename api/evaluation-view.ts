import {
  analysesOf,
  evaluationsOf,
  reviewedTexts,
  type EvaluationRecord,
  type ReviewedText,
} from "../db/queries/evaluations.ts";
import { namesOf } from "../db/queries/home.ts";
import { domainKey, domainsOf } from "../domain/catalogue.ts";
import type { PersonId } from "../domain/ids.ts";
import { diffLines } from "../domain/line-diff.ts";
import type { EvaluationKind, Plan } from "../domain/plan.ts";
import type { Around } from "./around.ts";
import { factWays } from "./causes.ts";
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

interface Written {
  readonly around: Around;
  readonly names: ReadonlyMap<PersonId, string>;
  /** Oldest first; none for who does not approve. */
  readonly reviewed: readonly ReviewedText[];
}

const labelOf = ({ plan }: Around, kind: EvaluationKind, rating: string): string =>
  plan.scales[kind].find(({ key }) => key === rating)?.label ?? rating;

const linesOf = (around: Around, { kind, rating, text }: Pick<ReviewedText, "kind" | "rating" | "text">) => [
  labelOf(around, kind, rating),
  ...text.split("\n"),
];

/** Held against what was last approved or returned of the same judgement. */
const comparedOf = (
  found: EvaluationRecord,
  { around, reviewed }: Written,
): NonNullable<EvaluationRow["compared"]> => {
  const own = reviewed.filter(({ kind, key }) => kind === found.kind && key === found.key);
  const before = own.findLast(({ hash }) => hash !== found.hash);
  return {
    isAgain: own.some(({ hash, is }) => hash === found.hash && is === "returned"),
    against: before === undefined ? null : { hash: before.hash, outcome: before.is },
    changes: before === undefined ? [] : diffLines(linesOf(around, before), linesOf(around, found)),
  };
};

const unwritten = {
  is: "unwritten",
  rating: null,
  text: null,
  by: null,
  reason: null,
  hash: null,
  reviewed: null,
  compared: null,
} as const;

const writtenRow = (asked: AskedEvaluation, found: EvaluationRecord, written: Written) => {
  const { is, rating, text, by, reason, content, hash } = found;
  const { around, names } = written;
  const waits = reviews(around) && is === "drafted" && by !== around.reader.person;
  return {
    is,
    rating: labelOf(around, asked.kind, rating),
    text,
    by: names.get(by) ?? by,
    reason,
    hash,
    reviewed: waits ? reviewedAs(asked, content, hash) : null,
    compared: waits ? comparedOf(found, written) : null,
  };
};

const reviews = ({ standing, may }: Around): boolean =>
  standing.stage === "evaluation" && may("cycle.approve-evaluations");

export const evaluationRows = async (
  { db }: ScreenDeps,
  around: Around,
): Promise<readonly EvaluationRow[]> => {
  const { standing, plan, reader } = around;
  const { cycle } = standing;
  const [written, analyses, reviewed, ways] = await Promise.all([
    evaluationsOf(db, cycle),
    analysesOf(db, cycle),
    reviews(around) ? reviewedTexts(db, cycle) : [],
    factWays(db, "evaluation", { cycle, reader }),
  ]);
  const writers = written.map(({ by }) => by);
  const names = await namesOf(db, writers);
  return askedEvaluations(plan).map((asked) => {
    const found = written.find(({ kind, key }) => kind === asked.kind && key === asked.key);
    return {
      ...asked,
      caused: ways.state(`${asked.kind} ${asked.key}`),
      ...(found === undefined ? unwritten : writtenRow(asked, found, { around, names, reviewed })),
      analysis: analyses.find(({ domain }) => domain === asked.key)?.needed ?? null,
    };
  });
};
