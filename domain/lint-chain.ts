import { contactsOf } from "./catalogue.ts";
import { block, type LintFinding } from "./lint-finding.ts";
import type { ContactRole, Organisation, Plan } from "./plan.ts";

const postNames: Readonly<Record<ContactRole, string>> = {
  window: "窓口",
  officer: "担当者",
  confirmer: "確認者",
};

const vacant = (plan: Plan, { id }: Organisation): readonly LintFinding[] =>
  (["window", "officer", "confirmer"] as const)
    .filter((role) => contactsOf(plan, id, role).length === 0)
    .map((role) =>
      block({
        code: "post-vacant",
        where: `people.yaml ${id}`,
        message: `${id} は組織内の確認を経て回答しますが、${postNames[role]}（${role}）がいません。`,
        hint: `people.yaml に${postNames[role]}を加えるか、organisations.yaml の chain を消してください。`,
      }),
    );

/** Nobody signs off what he prepared: an officer who is the only 確認者 too could never be signed off. */
const alone = (plan: Plan, { id }: Organisation): readonly LintFinding[] => {
  const confirmers = contactsOf(plan, id, "confirmer");
  return contactsOf(plan, id, "officer")
    .filter((officer) => confirmers.length > 0 && confirmers.every((one) => one.id === officer.id))
    .map((officer) =>
      block({
        code: "role-conflict",
        where: `people.yaml ${officer.id}`,
        message: `${officer.id} は担当者であり、ただ一人の確認者です。自ら作成した回答案を確認できません。`,
        hint: "別の人を確認者に加えるか、organisations.yaml の chain を消してください。",
      }),
    );
};

/** Reminders of one item are told apart by their rung: an inner due date may be the request's own. */
const rungs = ({ ladders, innerLadder }: Plan, isUsed: boolean): readonly LintFinding[] => {
  const hint = "plan.yaml の innerLadder を書いてください。";
  if (innerLadder === undefined || innerLadder.length === 0)
    return isUsed
      ? [
          block({
            code: "inner-ladder-missing",
            where: "plan.yaml innerLadder",
            message: "組織内の確認を経て回答する組織がありますが、組織内の期限の督促がありません。",
            hint,
          }),
        ]
      : [];
  const taken = new Set(Object.values(ladders).flatMap((ladder) => ladder.map(({ name }) => name)));
  const names = innerLadder.map(({ name }) => name);
  return names
    .filter((name, n) => taken.has(name) || names.indexOf(name) !== n)
    .map((name) =>
      block({
        code: "duplicate-key",
        where: `plan.yaml innerLadder ${name}`,
        message: `督促の名前 ${name} が重なっています。`,
        hint: "innerLadder には、ほかの督促と異なる名前を付けてください。",
      }),
    );
};

/** 組織内の手順: whoever answers in several steps has people for each, and something to be chased by. */
export const lintChain = (plan: Plan): readonly LintFinding[] => {
  const signing = plan.organisations.filter(({ chain }) => chain === "signed-off");
  return [
    ...signing.flatMap((one) => [...vacant(plan, one), ...alone(plan, one)]),
    ...rungs(plan, signing.length > 0),
  ];
};
