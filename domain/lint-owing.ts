import { chaptersOf, dataOfIndicator, indicatorsOf, itemsOf, organisationName } from "./catalogue.ts";
import { block, warn, type LintFinding } from "./lint-finding.ts";
import type { Organisation, Plan } from "./plan.ts";
import { withoutOwner } from "./unmeasurable.ts";

const nameOf = (plan: Plan, { id }: Organisation): string =>
  organisationName(plan, id, plan.dates.collectionOn) ?? id;

const unowned = (plan: Plan): readonly LintFinding[] => [
  ...indicatorsOf(plan)
    .filter(({ key }) => dataOfIndicator(plan, key).length === 0)
    .map(({ key }) =>
      block({
        code: "indicator-without-owner",
        where: `状況 ${key}`,
        message: "照会事項も担当府省庁もありません。",
        hint: "measures/ の owners か data.yaml に、少なくとも一つの組織を書いてください。",
      }),
    ),
  ...withoutOwner(plan).map(({ key, indicators }) =>
    (plan.organisations.some(({ kind }) => kind === "secretariat") ? warn : block)({
      code: "indicator-without-owner",
      where: `照会事項 ${key}（状況 ${indicators.join("、")}）`,
      message: "担当府省庁及び出典がないため、照会の開始とともに補完調査が始まります。",
      hint: "担当が分かるときは owners に書いてください。補完調査は事務局の組織（kind: secretariat）が行います。",
    }),
  ),
  ...plan.data
    .filter(({ indicators }) => indicators.length === 0)
    .map(({ key }) =>
      block({
        code: "datum-without-indicator",
        where: `data.yaml ${key}`,
        message: "どの状況にも用いられていない照会事項です。",
        hint: "measures/ の状況の data にこの番号を書くか、照会事項を削除してください。",
      }),
    ),
];

const unreached = (plan: Plan, organisation: Organisation): readonly LintFinding[] => {
  const windows = plan.people.filter(
    ({ organisation: of, contact }) => of === organisation.id && contact.includes("window"),
  );
  if (windows.some(({ reachable }) => reachable)) return [];
  return [
    block({
      code: "no-reachable-contact",
      where: `people.yaml ${organisation.id}`,
      message:
        windows.length === 0
          ? `${nameOf(plan, organisation)}に照会を送る窓口がありません。`
          : `${nameOf(plan, organisation)}の窓口がすべて不達です。`,
      hint: "届くメールアドレスをもつ窓口（contact: [window]）を people.yaml に加えてください。",
    }),
  ];
};

/** Every mail names its organisation: a name must be valid from the first day to the last. */
const nameless = (plan: Plan, { id }: Organisation): readonly LintFinding[] =>
  [plan.dates.opensOn, plan.dates.reportDecisionOn]
    .filter((date) => organisationName(plan, id, date) === undefined)
    .map((date) =>
      block({
        code: "no-name-on-date",
        where: `organisations.yaml ${id}`,
        message: `${date} の名称がありません。`,
        hint: "names の from と to を確かめ、その日に有効な名称を書いてください。",
      }),
    );

const inferred = (plan: Plan, organisation: Organisation): readonly LintFinding[] => {
  const items = itemsOf(plan, organisation.id);
  const guessed = items.filter(({ owners }) =>
    owners.some((owner) => owner.organisation === organisation.id && owner.basis === "inferred"),
  );
  if (guessed.length === 0) return [];
  return [
    warn({
      code: "inferred-owners",
      where: `organisations.yaml ${organisation.id}`,
      message: `${nameOf(plan, organisation)}の照会事項${items.length}件のうち${guessed.length}件は、所管から推定した担当です。`,
      hint: "照会の前に先方に確かめ、確かめたものは named としてください。",
    }),
  ];
};

const askedTwice = (plan: Plan, organisation: Organisation): readonly LintFinding[] => {
  const items = itemsOf(plan, organisation.id);
  const texts = items.map(({ text }) => text.replaceAll(/\s/g, ""));
  return items
    .filter((_, at) => texts.indexOf(texts[at] ?? "") !== at)
    .map(({ key, text }) =>
      warn({
        code: "asked-twice",
        where: `照会事項 ${key}`,
        message: `「${text}」を${nameOf(plan, organisation)}に二度照会します。`,
        hint: "data.yaml の一つの照会事項にまとめ、各状況の data にその番号を書いてください。",
      }),
    );
};

/** Whoever owes something is known by name and can be written to; every indicator has somebody who owes it. */
export const lintOwing = (plan: Plan): readonly LintFinding[] => [
  ...unowned(plan),
  ...plan.organisations
    .filter(({ id }) => itemsOf(plan, id).length + chaptersOf(plan, id).length > 0)
    .flatMap((organisation) => [
      ...unreached(plan, organisation),
      ...nameless(plan, organisation),
      ...inferred(plan, organisation),
      ...askedTwice(plan, organisation),
    ]),
];
