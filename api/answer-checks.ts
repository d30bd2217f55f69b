import { askedData } from "../db/queries/items.ts";
import { answersOfLastYear } from "../db/queries/last-year.ts";
import { planInForce } from "../db/queries/plan-in-force.ts";
import type { StoredRequest } from "../db/queries/requests.ts";
import type { AnswerPart, WrittenAnswer } from "../domain/answer-kind.ts";
import { checkAnswer, type CheckedAgainst, type CheckFinding } from "../domain/checks.ts";
import type { Plan } from "../domain/plan.ts";
import type { Desk } from "./acting.ts";
import { ProblemError } from "./problems.ts";
import type { SubmittedAnswer, TakenAnswers } from "./submission.ts";

/** What keeps an answer from being taken; `place` counts the answers from 0. */
export interface AnswerMistake {
  readonly place: number;
  readonly part: AnswerPart;
  readonly message: string;
}
type Checked =
  | ({ readonly is: "taken" } & TakenAnswers)
  | {
      readonly is: "refused";
      /** `checks-unexplained` where explaining is all that is missing. */
      readonly code: "checks-failed" | "checks-unexplained";
      readonly mistakes: readonly AnswerMistake[];
    };

const writtenIn = ({ explanation: _explanation, asIs: _asIs, ...given }: SubmittedAnswer): WrittenAnswer => ({
  ...given,
  why: given.why ?? null,
  number: given.number ?? null,
  unit: given.unit ?? null,
});

/** A chapter is a text. */
const CHAPTER = { expects: { is: "text" } } as const;

export const datumFor = (
  { kind }: Pick<StoredRequest, "kind">,
  plan: Plan,
  key: string,
): CheckedAgainst["datum"] =>
  kind === "chapter" ? CHAPTER : (plan.data.find((datum) => datum.key === key) ?? null);

/** What is said that nothing can be made of: not the plan's checks, but the organisation that is proposed. */
const ownerFinding = (
  { owner }: SubmittedAnswer,
  { organisation }: StoredRequest,
  plan: Plan,
): readonly CheckFinding[] =>
  owner === undefined || (owner !== organisation && plan.organisations.some(({ id }) => id === owner))
    ? []
    : [
        {
          level: "never",
          check: "kind",
          part: "owner",
          message: "所管と考える府省庁を、一覧（貴府省庁を除く。）から選んでください。",
        },
      ];

const mistakesIn = (
  { asIs, explanation }: SubmittedAnswer,
  findings: readonly CheckFinding[],
): { readonly refused: readonly CheckFinding[]; readonly unexplained: readonly CheckFinding[] } => ({
  refused: findings.filter(({ level }) => level === "never" || (level === "block" && asIs !== true)),
  unexplained: explanation === undefined ? findings.filter(({ level }) => level === "warn") : [],
});

const keysIn = (findings: readonly CheckFinding[], level: CheckFinding["level"]): readonly string[] => [
  ...new Set(findings.flatMap((finding) => (finding.level === level ? [finding.check] : []))),
];

/** By item, where there are any. */
const keyed = (
  all: readonly { readonly item: string; readonly findings: readonly CheckFinding[] }[],
  level: CheckFinding["level"],
): ReadonlyMap<string, readonly string[]> =>
  new Map(
    all
      .map(({ item, findings }) => [item, keysIn(findings, level)] as const)
      .filter(([, keys]) => keys.length > 0),
  );

/** Every answer by every check of its datum in the plan as amended; all of them are taken or none. */
export const checkAnswers = async (
  { db }: Pick<Desk, "db">,
  asked: StoredRequest,
  answers: readonly SubmittedAnswer[],
): Promise<Checked> => {
  if (asked.kind === "consultation") return { is: "taken", failing: new Map(), warned: new Map() };
  const { body: plan } = await planInForce(db, asked.cycle);
  const data = await askedData(
    db,
    answers.map(({ item }) => item),
  );
  const lastYear = await answersOfLastYear(db, asked.id);
  const all = answers.map((answer) => {
    const datum = data.get(answer.item)?.datum ?? "";
    const against = {
      datum: datumFor(asked, plan, datum),
      reasons: plan.unmeasurableReasons,
      before: lastYear.get(datum) ?? null,
    };
    const findings = [...ownerFinding(answer, asked, plan), ...checkAnswer(writtenIn(answer), against)];
    return { item: answer.item, findings, ...mistakesIn(answer, findings) };
  });
  const mistakes = all.flatMap(({ refused, unexplained }, place): readonly AnswerMistake[] => [
    ...refused.map(({ part, message }) => ({ place, part, message })),
    ...unexplained.map(({ message }) => ({ place, part: "explanation" as const, message })),
  ]);
  if (mistakes.length === 0) return { is: "taken", failing: keyed(all, "block"), warned: keyed(all, "warn") };
  const failed = all.some(({ refused }) => refused.length > 0);
  return { is: "refused", code: failed ? "checks-failed" : "checks-unexplained", mistakes };
};

/** @throws ProblemError `checks-failed`, `checks-unexplained`, with every answer that is wrong and where */
export const takenAnswers = async (
  desk: Pick<Desk, "db">,
  asked: StoredRequest,
  answers: readonly SubmittedAnswer[],
): Promise<TakenAnswers> => {
  const checked = await checkAnswers(desk, asked, answers);
  if (checked.is === "taken") return checked;
  throw new ProblemError(checked.code, {
    errors: checked.mistakes.map(({ place, part, message }) => ({
      pointer: `/answers/${place}/${part}`,
      message,
    })),
  });
};
