import { personOf, staffOf } from "./catalogue.ts";
import type { PersonId } from "./ids.ts";
import { block, type LintFinding } from "./lint-finding.ts";
import type { ApprovalStep, Person, Plan } from "./plan.ts";
import { clashesAmong, heldBy, type Post } from "./posts.ts";

const roleNames: Readonly<Record<Post, string>> = {
  contact: "府省庁の窓口・担当者・確認者",
  preparer: "案を作る者",
  approver: "決裁する者",
  recorder: "本部決定を記録する者",
  auditor: "監査担当",
  admin: "システム管理者",
};

const missing = (plan: Plan): readonly LintFinding[] =>
  (["preparer", "recorder", "admin"] as const)
    .filter((role) => staffOf(plan, role).length === 0)
    .map((role) =>
      block({
        code: "role-missing",
        where: "people.yaml",
        message: `${roleNames[role]}（${role}）がいません。`,
        hint: `事務局の職員の staff に ${role} を書いてください。`,
      }),
    );

/** Why nobody holds the two together. */
const why = (one: Post, other: Post): string => {
  if (one === "approver") return "自ら作った案を決裁することになります。";
  return other === "preparer"
    ? "自ら作った案の本部決定を記録することになります。"
    : "自ら決裁した案の本部決定を記録することになります。";
};

const conflict = (person: Person, message: string): LintFinding =>
  block({
    code: "role-conflict",
    where: `people.yaml ${person.id}`,
    message,
    hint: "一方の役割を別の人にしてください。",
  });

const conflicts = (person: Person): readonly LintFinding[] => {
  const clashes = clashesAmong(heldBy(person));
  const both = clashes
    .filter(([one]) => one !== "auditor")
    .map(([one, other]) =>
      conflict(person, `${roleNames[one]}と${roleNames[other]}を兼ねています。${why(one, other)}`),
    );
  const audits = clashes.some(([one]) => one === "auditor");
  return [...both, ...(audits ? [conflict(person, "監査担当が他の役割を兼ねています。")] : [])];
};

const approver = (plan: Plan, id: PersonId, where: string): readonly LintFinding[] => {
  const person = personOf(plan, id);
  if (person === undefined || person.staff.includes("approver")) return [];
  return [
    block({
      code: "role-missing",
      where,
      message: `${id} は決裁する者（approver）ではありません。`,
      hint: "people.yaml のその人の staff に approver を書くか、決裁の段を別の人にしてください。",
    }),
  ];
};

const stepFindings = (plan: Plan, step: ApprovalStep, where: string): readonly LintFinding[] => [
  ...approver(plan, step.person, where),
  ...(step.deputy === undefined ? [] : approver(plan, step.deputy.person, where)),
  ...(step.deputy !== undefined && step.deputy.to < step.deputy.from
    ? [
        block({
          code: "dates-out-of-order",
          where,
          message: "代決者の期間の終わりが始まりより前です。",
          hint: "deputy の from と to を直してください。",
        }),
      ]
    : []),
];

/** One person can't be asked twice on one version: neither as approver of two steps nor as a deputy in another. */
const repeated = (steps: readonly ApprovalStep[], where: string): readonly LintFinding[] => {
  const asked = steps.flatMap(({ person, deputy }) => [
    person,
    ...(deputy === undefined ? [] : [deputy.person]),
  ]);
  return [...new Set(asked.filter((person, at) => asked.indexOf(person) !== at))].map((person) =>
    block({
      code: "role-conflict",
      where,
      message: `${person} が決裁の二つの段にいます。`,
      hint: "段ごとに別の人を書いてください。",
    }),
  );
};

const approvals = (plan: Plan): readonly LintFinding[] =>
  Object.entries(plan.approvals).flatMap(([subject, steps]) => {
    const where = `plan.yaml approvals.${subject}`;
    if (steps.length === 0)
      return [
        block({
          code: "nobody-to-approve",
          where,
          message: "決裁する段がありません。",
          hint: "少なくとも一人の決裁者を書いてください。",
        }),
      ];
    return [
      ...steps.flatMap((step) => stepFindings(plan, step, `${where} ${step.title}`)),
      ...repeated(steps, where),
    ];
  });

/** Those whom the year needs are there, and nobody judges what he made himself. */
export const lintPeople = (plan: Plan): readonly LintFinding[] => [
  ...missing(plan),
  ...plan.people.flatMap(conflicts),
  ...approvals(plan),
];
