import { letterKinds, placeholders, placesIn, type Placeholder } from "./letters.ts";
import { block, warn, type LintFinding } from "./lint-finding.ts";
import type { LetterKind, Plan } from "./plan.ts";

/** Without these the recipient doesn't know what to do by when. */
const needed: Readonly<Partial<Record<LetterKind, readonly Placeholder[]>>> = {
  inquiry: ["items", "due", "link"],
  digest: ["items", "link"],
  reminder: ["items", "due", "link"],
  entered: ["items", "detail", "reason", "link"],
  inner: ["items", "detail", "reason", "due", "link"],
  returned: ["items", "reason", "due", "link"],
  extension: ["detail", "due", "link"],
  halted: ["detail", "reason", "link"],
  survey: ["items", "due", "link"],
  consultation: ["due", "link"],
  "approval-turn": ["link"],
};

const lintLetter = (plan: Plan, kind: LetterKind): readonly LintFinding[] => {
  const { subject, body } = plan.letters[kind];
  const places = placesIn(`${subject}\n${body}`);
  const known: readonly string[] = placeholders[kind];
  const lacking = (needed[kind] ?? []).filter((place) => !placesIn(body).includes(place));
  return [
    ...places
      .filter((place) => !known.includes(place))
      .map((place) =>
        block({
          code: "unknown-placeholder",
          where: `letters.yaml ${kind}`,
          message: `{${place}} はこの文面では使えません。`,
          hint: `使えるのは ${known.map((name) => `{${name}}`).join(" ")} です。`,
        }),
      ),
    ...lacking.map((place) =>
      warn({
        code: "placeholder-missing",
        where: `letters.yaml ${kind}`,
        message: `本文に {${place}} がありません。`,
        hint: "受け取る人に必要な内容です。本文に加えてください。",
      }),
    ),
  ];
};

/** Every place in a letter can be filled. */
export const lintLetters = (plan: Plan): readonly LintFinding[] =>
  letterKinds.flatMap((kind) => lintLetter(plan, kind));
