import { businessDaysBetween, calendarOf, closedReason, hasYear, type BusinessCalendar } from "./calendar.ts";
import { block, warn, type LintFinding } from "./lint-finding.ts";
import type { LadderRung, Plan, RequestKind, RequestTerm } from "./plan.ts";
import { addDays, type PlainDate } from "./time.ts";

const SHORT_LEAD_BUSINESS_DAYS = 10;

const kinds: Readonly<Record<RequestKind, string>> = {
  data: "データの照会",
  survey: "補完調査",
  chapter: "他制度による評価の照会",
  consultation: "意見照会",
};
const terms = (plan: Plan): readonly (readonly [RequestKind, RequestTerm])[] => [
  ["data", plan.dates.requests.data],
  ["survey", plan.dates.requests.survey],
  ["chapter", plan.dates.requests.chapter],
  ["consultation", plan.dates.requests.consultation],
];

interface NamedDate {
  readonly path: string;
  readonly date: PlainDate;
}
const fixedDates = (plan: Plan): readonly NamedDate[] =>
  terms(plan).flatMap(([kind, term]) =>
    term.is === "fixed"
      ? [
          { path: `requests.${kind}.dueOn`, date: term.dueOn },
          { path: `requests.${kind}.closeOn`, date: term.closeOn },
        ]
      : [],
  );

const yearOf = (date: PlainDate): number => Number(date.slice(0, 4));
/** Terms that count from an open day run on after the last date of the plan; so may a late report. */
const RUN_ON_DAYS = 60;

/** Calendar years, ascending, whose holidays the plan's dates can come to need. */
export const yearsTouched = (plan: Plan): readonly number[] => {
  const all = [plan.dates.opensOn, plan.dates.reportDecisionOn, ...fixedDates(plan).map(({ date }) => date)];
  const [first = plan.dates.opensOn, ...rest] = all.toSorted();
  const last = yearOf(addDays(rest.at(-1) ?? first, RUN_ON_DAYS));
  return Array.from({ length: last - yearOf(first) + 1 }, (_, at) => yearOf(first) + at);
};

const order = (plan: Plan): readonly LintFinding[] => {
  const { opensOn, policyDecisionOn, collectionOn, reportDecisionOn } = plan.dates;
  const chains: readonly (readonly NamedDate[])[] = [
    [
      { path: "opensOn", date: opensOn },
      { path: "policyDecisionOn", date: policyDecisionOn },
      { path: "collectionOn", date: collectionOn },
      { path: "reportDecisionOn", date: reportDecisionOn },
    ],
    ...terms(plan).flatMap(([kind, term]) =>
      term.is === "fixed"
        ? [
            [
              { path: "collectionOn", date: collectionOn },
              { path: `requests.${kind}.dueOn`, date: term.dueOn },
              { path: `requests.${kind}.closeOn`, date: term.closeOn },
              { path: "reportDecisionOn", date: reportDecisionOn },
            ],
          ]
        : [],
    ),
  ];
  const late = chains.flatMap((chain) =>
    chain.flatMap((one, at) => {
      const next = chain[at + 1];
      return next !== undefined && next.date < one.date ? [{ one, next }] : [];
    }),
  );
  const counted = terms(plan).flatMap(([kind, term]) =>
    term.is === "counted" && term.closeBusinessDays < term.dueBusinessDays ? [kind] : [],
  );
  return [
    ...late.map(({ one, next }) =>
      block({
        code: "dates-out-of-order",
        where: `plan.yaml dates.${next.path}`,
        message: `${next.path}（${next.date}）が ${one.path}（${one.date}）より前です。`,
        hint: "日付の順を直してください。",
      }),
    ),
    ...counted.map((kind) =>
      block({
        code: "dates-out-of-order",
        where: `plan.yaml dates.requests.${kind}`,
        message: `${kinds[kind]}の締切が期限より前です。`,
        hint: "closeBusinessDays を dueBusinessDays 以上にしてください。",
      }),
    ),
  ];
};

const closedDays = (plan: Plan, calendar: BusinessCalendar): readonly LintFinding[] =>
  fixedDates(plan).flatMap(({ path, date }) => {
    const reason = closedReason(date, calendar);
    if (reason === undefined) return [];
    return [
      block({
        code: "closed-day",
        where: `plan.yaml dates.${path}`,
        message: `${date} は閉庁日（${reason}）です。`,
        hint: "期限と締切は開庁日にしてください。",
      }),
    ];
  });

/** Business days from opening to due. */
const leadOf = (plan: Plan, term: RequestTerm, calendar: BusinessCalendar): number =>
  term.is === "counted"
    ? term.dueBusinessDays
    : businessDaysBetween(plan.dates.collectionOn, term.dueOn, calendar);

const leads = (plan: Plan, calendar: BusinessCalendar): readonly LintFinding[] =>
  terms(plan).flatMap(([kind, term]) => {
    const lead = leadOf(plan, term, calendar);
    if (lead >= SHORT_LEAD_BUSINESS_DAYS) return [];
    return [
      warn({
        code: "short-lead",
        where: `plan.yaml dates.requests.${kind}`,
        message: `${kinds[kind]}の期限まで${lead}開庁日しかありません。`,
        hint: `回答に${SHORT_LEAD_BUSINESS_DAYS}開庁日以上をとることを検討してください。`,
      }),
    ];
  });

const ladderOrder = (kind: RequestKind, rungs: readonly LadderRung[]): readonly LintFinding[] =>
  rungs.flatMap(({ name, offsetBusinessDays }, at) => {
    const before = rungs[at - 1];
    if (before === undefined || before.offsetBusinessDays < offsetBusinessDays) return [];
    return [
      block({
        code: "ladder-out-of-order",
        where: `plan.yaml ladders.${kind} ${name}`,
        message: `${name}（${offsetBusinessDays}）が前の ${before.name}（${before.offsetBusinessDays}）より後になっていません。`,
        hint: "offsetBusinessDays が小さいものから順に並べてください。",
      }),
    ];
  });

/** Business days from due to close: a rung on the day of the close is still in time. */
const graceOf = (term: RequestTerm, calendar: BusinessCalendar): number =>
  term.is === "counted"
    ? term.closeBusinessDays - term.dueBusinessDays
    : businessDaysBetween(term.dueOn, term.closeOn, calendar);

const ladderEnds = (plan: Plan, calendar: BusinessCalendar): readonly LintFinding[] =>
  terms(plan).flatMap(([kind, term]) => {
    const last = plan.ladders[kind].at(-1);
    const grace = graceOf(term, calendar);
    if (last === undefined || last.offsetBusinessDays <= grace) return [];
    return [
      block({
        code: "closes-before-last-rung",
        where: `plan.yaml ladders.${kind} ${last.name}`,
        message: `${kinds[kind]}は期限の${grace}開庁日後に締め切られ、${last.offsetBusinessDays}開庁日後の${last.label}が送れません。`,
        hint: "締切を遅らせるか、督促の段を減らしてください。",
      }),
    ];
  });

const sendWindow = ({ sendWindow: { from, until } }: Plan): readonly LintFinding[] =>
  from < until
    ? []
    : [
        block({
          code: "send-window-empty",
          where: "plan.yaml sendWindow",
          message: `送る時間帯（${from}から${until}まで）がありません。`,
          hint: "until を from より後にしてください。",
        }),
      ];

/** The year's days follow each other, on days when the offices are open, with holidays known for all of them. */
export const lintDates = (plan: Plan): readonly LintFinding[] => {
  const calendar = calendarOf(plan.holidays);
  const unknown = yearsTouched(plan).filter((year) => !hasYear(year, calendar));
  const always = [
    ...order(plan),
    ...terms(plan).flatMap(([kind]) => ladderOrder(kind, plan.ladders[kind])),
    ...sendWindow(plan),
  ];
  if (unknown.length > 0)
    return [
      ...unknown.map((year) =>
        block({
          code: "no-holiday-data",
          where: "holidays.yaml",
          message: `${year}年の休日がありません。`,
          hint: `${year}年の国民の祝日・休日を、元日（${year}-01-01）から書いてください。`,
        }),
      ),
      ...always,
    ];
  return [...always, ...closedDays(plan, calendar), ...ladderEnds(plan, calendar), ...leads(plan, calendar)];
};
