import { domainsOf, indicatorsOf } from "./catalogue.ts";
import { block, type LintFinding } from "./lint-finding.ts";
import type { Expected, OpenCause, Plan } from "./plan.ts";
import { allReasons } from "./reasons.ts";

interface Keys {
  readonly where: string;
  readonly keys: readonly (string | number)[];
}

/** Rows and columns have keys of their own. */
const namesIn = (expects: Expected | undefined): readonly string[] => {
  if (expects?.is === "choice") return expects.options.map(({ key }) => key);
  if (expects?.is !== "table") return [];
  return [
    ...expects.rows.map(({ key }) => `rows ${key}`),
    ...expects.columns.map(({ key }) => `columns ${key}`),
  ];
};

const keysOf = (plan: Plan): readonly Keys[] => [
  { where: "measures/ の領域", keys: plan.areas.map(({ number }) => number) },
  ...plan.areas.flatMap((area): readonly Keys[] => [
    { where: `measures/area-${area.number}.yaml の分野`, keys: area.domains.map(({ number }) => number) },
    ...area.domains.map((domain) => ({
      where: `measures/area-${area.number}.yaml の分野${domain.number}の節`,
      keys: domain.sections.map(({ number }) => number),
    })),
  ]),
  { where: "measures/ の施策", keys: plan.measures.map(({ key }) => key) },
  { where: "measures/ の状況", keys: indicatorsOf(plan).map(({ key }) => key) },
  {
    where: "照会事項（data.yaml、plan.yaml の chapters）",
    keys: [...plan.data, ...plan.chapters].map(({ key }) => key),
  },
  { where: "organisations.yaml", keys: plan.organisations.map(({ id }) => id) },
  { where: "people.yaml", keys: plan.people.map(({ id }) => id) },
  { where: "people.yaml の email", keys: plan.people.map(({ email }) => email.toLowerCase()) },
  ...Object.entries(plan.ladders).map(([kind, rungs]) => ({
    where: `plan.yaml ladders.${kind}`,
    keys: rungs.map(({ name }) => name),
  })),
  ...Object.entries(plan.scales).map(([kind, ratings]) => ({
    where: `plan.yaml scales.${kind}`,
    keys: ratings.map(({ key }) => key),
  })),
  {
    where: "plan.yaml unmeasurableReasons",
    keys: allReasons(plan.unmeasurableReasons).map(({ key }) => key),
  },
  {
    where: "plan.yaml surveyMethods",
    keys: (plan.surveyMethods ?? []).map(({ key }) => key),
  },
  ...(plan.surveyMethods ?? []).map(({ key, steps }) => ({
    where: `plan.yaml surveyMethods ${key} の手順`,
    keys: steps.map((step) => step.key),
  })),
  { where: "plan.yaml surveyGrades", keys: (plan.surveyGrades ?? []).map(({ key }) => key) },
  { where: "holidays.yaml", keys: plan.holidays.map(({ date }) => date) },
  {
    where: "carried-over.yaml",
    keys: (plan.carriedOver ?? []).map(({ cause, origin }) => `${cause} ${origin}`),
  },
  { where: "lineage.yaml", keys: (plan.lineage ?? []).flatMap(({ measure }) => measure ?? []) },
  ...plan.data.map(({ key, owners }) => ({
    where: `照会事項 ${key} の担当`,
    keys: owners.map(({ organisation }) => organisation),
  })),
  ...plan.data.map(({ key, checks = [] }) => ({
    where: `data.yaml ${key} の checks`,
    keys: checks.map((check) => check.key),
  })),
  ...plan.data.map(({ key, expects }) => ({ where: `data.yaml ${key} の expects`, keys: namesIn(expects) })),
];

const duplicates = ({ where, keys }: Keys): readonly LintFinding[] =>
  [...new Set(keys.filter((key, at) => keys.indexOf(key) !== at))].map((key) =>
    block({
      code: "duplicate-key",
      where: `${where} ${key}`,
      message: `${key} が二度使われています。`,
      hint: "一方を別の番号・略号にするか、削除してください。",
    }),
  );

interface Reference {
  readonly where: string;
  readonly to: string;
  readonly known: ReadonlySet<string>;
}

const placesOf = (plan: Plan): ReadonlySet<string> =>
  new Set(
    plan.areas.flatMap((area) => [
      `${area.number}-0-0`,
      ...area.domains.flatMap((domain) => [
        `${area.number}-${domain.number}-0`,
        ...domain.sections.map((section) => `${area.number}-${domain.number}-${section.number}`),
      ]),
    ]),
  );

/** What a comment is about that names no measure or domain. */
export const WHOLE_REPORT = "report";

/** What a cause can be about. */
const originsOf = (plan: Plan): Readonly<Record<OpenCause, ReadonlySet<string>>> => {
  const indicators = new Set<string>(indicatorsOf(plan).map(({ key }) => key));
  const judged = new Set<string>([...plan.measures, ...domainsOf(plan)].map(({ key }) => key));
  const chapters = new Set(plan.chapters.map(({ key }) => key));
  return {
    uncollected: indicators,
    surveyed: indicators,
    unfinished: judged,
    insufficient: judged,
    "chapter-missing": chapters,
    comment: new Set([...judged, WHOLE_REPORT]),
  };
};

const carriedOrigins = (plan: Plan): readonly Reference[] => {
  const origins = originsOf(plan);
  return (plan.carriedOver ?? []).map(({ cause, origin }) => ({
    where: `carried-over.yaml ${cause}`,
    to: origin,
    known: origins[cause],
  }));
};

const referencesOf = (plan: Plan): readonly Reference[] => {
  const organisations = new Set<string>(plan.organisations.map(({ id }) => id));
  const people = new Set<string>(plan.people.map(({ id }) => id));
  const indicators = new Set<string>(indicatorsOf(plan).map(({ key }) => key));
  const chapters = new Set(plan.chapters.map(({ key }) => key));
  const places = placesOf(plan);
  const measures = new Set<string>(plan.measures.map(({ key }) => key));
  return [
    ...plan.measures.map(({ key, area, domain, section }) => ({
      where: `施策 ${key}`,
      to: `${area}-${domain ?? 0}-${section ?? 0}`,
      known: places,
    })),
    ...plan.delegated.flatMap(({ area, domain, heading, chapter }) => [
      { where: `見出し「${heading}」`, to: `${area}-${domain}-0`, known: places },
      { where: `見出し「${heading}」`, to: chapter, known: chapters },
    ]),
    ...plan.data.flatMap(({ key, indicators: served, owners }) => [
      ...served.map((indicator) => ({ where: `照会事項 ${key}`, to: indicator, known: indicators })),
      ...owners.map((owner) => ({
        where: `照会事項 ${key} の担当`,
        to: owner.organisation,
        known: organisations,
      })),
    ]),
    ...carriedOrigins(plan),
    ...(plan.lineage ?? []).flatMap(({ measure }) =>
      measure === null ? [] : [{ where: "lineage.yaml", to: measure, known: measures }],
    ),
    ...plan.people.map((person) => ({
      where: `people.yaml ${person.id}`,
      to: person.organisation,
      known: organisations,
    })),
    ...plan.chapters.map(({ key, owner }) => ({
      where: `plan.yaml chapters ${key}`,
      to: owner,
      known: organisations,
    })),
    ...Object.entries(plan.approvals).flatMap(([subject, steps]) =>
      steps.flatMap(({ title, person, deputy }) =>
        [person, ...(deputy === undefined ? [] : [deputy.person])].map((approver) => ({
          where: `plan.yaml approvals.${subject} ${title}`,
          to: approver,
          known: people,
        })),
      ),
    ),
  ];
};

/** Keys are unique, and whatever is named exists. */
export const lintReferences = (plan: Plan): readonly LintFinding[] => [
  ...keysOf(plan).flatMap(duplicates),
  ...referencesOf(plan)
    .filter(({ to, known }) => !known.has(to))
    .map(({ where, to }) =>
      block({
        code: "unknown-reference",
        where,
        message: `${to} がどこにも定められていません。`,
        hint: "つづりを直すか、その項目を定めてください。",
      }),
    ),
];
