import type { Stage } from "../domain/cycle.ts";
import type { View } from "../rehearsals/view.ts";

export interface Shot {
  readonly name: string;
  /** Who looks; null for anybody. */
  readonly as: string | null;
  readonly path: string;
  /** CSS selectors of links that lead to it from there, each on its page: for what has no address beforehand. */
  readonly through?: readonly string[];
}
/** What there is to see once the year is there. */
interface Sight {
  readonly stage: Stage;
  readonly isThere: (view: View) => boolean;
  readonly shots: readonly Shot[];
}

const preparer = "佐藤 一郎";
const approver = "高橋 学";
const recorder = "山本 修";
const admin = "小林 健一";
const officer = "中山 久美";
const auditor = "中村 久美";

const always = (): boolean => true;

const version = 'main table a[href*="/report/versions/"]';

const toAnswers = (year: string, cycle: string): readonly Sight[] => {
  const meti = `/requests/${cycle}-data-meti`;
  return [
    {
      stage: "policy",
      isThere: always,
      shots: [
        { name: "home-anybody", as: null, path: "/" },
        { name: "home-preparer", as: preparer, path: "/" },
        { name: "policy-preparer", as: preparer, path: `${year}/policy` },
        { name: "sign-in", as: null, path: "/sign-in" },
        { name: "signed-out", as: null, path: "/signed-out" },
        { name: "not-found", as: preparer, path: "/requests/none" },
        { name: "account-preparer", as: preparer, path: "/account" },
        { name: "people-admin", as: admin, path: "/people" },
      ],
    },
    {
      stage: "policy",
      isThere: ({ cycle: { policy } }) => policy.hash !== null,
      shots: [{ name: "policy-approver", as: approver, path: `${year}/policy` }],
    },
    {
      stage: "policy",
      isThere: ({ cycle: { policy } }) => policy.steps.every(({ approvedAt }) => approvedAt !== null),
      shots: [
        { name: "home-recorder", as: recorder, path: "/" },
        { name: "policy-recorder", as: recorder, path: `${year}/policy` },
      ],
    },
    {
      stage: "collection",
      isThere: always,
      shots: [{ name: "opening-preparer", as: preparer, path: `${year}/opening` }],
    },
    {
      stage: "collection",
      isThere: ({ requests }) =>
        requests.some(({ items }) => items.some(({ state }) => state.is === "submitted")),
      shots: [
        { name: "plan-preparer", as: preparer, path: `${year}/plan` },
        { name: "plan-catalogue-preparer", as: preparer, path: `${year}/plan/catalogue` },
        { name: "plan-contacts-preparer", as: preparer, path: `${year}/plan/contacts` },
        { name: "plan-calendar-preparer", as: preparer, path: `${year}/plan/calendar` },
        { name: "board-preparer", as: preparer, path: `${year}/board` },
        { name: "schedule-preparer", as: preparer, path: `${year}/schedule` },
        { name: "home-officer", as: officer, path: "/" },
        { name: "request-officer", as: officer, path: meti },
        { name: "request-preparer", as: preparer, path: meti },
        { name: "entry-preparer", as: preparer, path: `${meti}/on-behalf` },
        { name: "workbook-officer", as: officer, path: `${meti}/workbook` },
        { name: "timeline-officer", as: officer, path: `${meti}/timeline` },
      ],
    },
    {
      stage: "collection",
      isThere: ({ requests }) => requests.some(({ asked }) => asked !== null),
      shots: [{ name: "home-approver", as: approver, path: "/" }],
    },
    {
      stage: "collection",
      isThere: ({ surveys }) => surveys.some(({ method, end }) => method !== null && end === null),
      shots: [
        { name: "home-collection", as: preparer, path: "/" },
        { name: "surveys-preparer", as: preparer, path: `${year}/surveys` },
        { name: "survey-preparer", as: preparer, path: `${year}/surveys`, through: ["main table a"] },
        { name: "mails-preparer", as: preparer, path: `${year}/mails` },
        { name: "mail-preparer", as: preparer, path: `${year}/mails`, through: ["main table a"] },
      ],
    },
  ];
};

const toReport = (year: string, cycle: string): readonly Sight[] => [
  {
    stage: "evaluation",
    isThere: always,
    shots: [
      {
        name: "evaluation-preparer",
        as: preparer,
        path: `${year}/evaluations/output/${encodeURIComponent("1-1-1-ア")}`,
      },
      { name: "outcome-preparer", as: preparer, path: `${year}/evaluations/outcome/1-1` },
      { name: "corrections-preparer", as: preparer, path: `${year}/corrections` },
      {
        name: "correction-preparer",
        as: preparer,
        path: `${year}/corrections`,
        through: ["main table a"],
      },
    ],
  },
  {
    stage: "evaluation",
    isThere: ({ evaluations }) => evaluations?.evaluations.some(({ is }) => is === "drafted") ?? false,
    shots: [{ name: "evaluations-approver", as: approver, path: `${year}/evaluations` }],
  },
  {
    stage: "drafting",
    isThere: ({ report }) => report !== null && report.versions.length > 0,
    shots: [
      { name: "report-preparer", as: preparer, path: `${year}/report` },
      { name: "version-preparer", as: preparer, path: `${year}/report`, through: [version] },
      {
        name: "version-part-preparer",
        as: preparer,
        path: `${year}/report`,
        through: [version, '.contents ol a[href^="?part=domain"]'],
      },
      {
        name: "version-writing-preparer",
        as: preparer,
        path: `${year}/report`,
        through: [version, ".contents a", ".write a"],
      },
    ],
  },
  {
    stage: "consultation",
    isThere: always,
    shots: [
      { name: "consultation-officer", as: officer, path: `/requests/${cycle}-consultation-meti` },
      { name: "report-consulted", as: preparer, path: `${year}/report` },
    ],
  },
  {
    stage: "consultation",
    isThere: ({ comments, requests }) =>
      comments.length > 0 && requests.every(({ kind, is }) => kind !== "consultation" || is === "settled"),
    shots: [{ name: "comments-preparer", as: preparer, path: `${year}/comments` }],
  },
  ...toDecision(year),
];

const toDecision = (year: string): readonly Sight[] => [
  {
    stage: "approval",
    isThere: always,
    shots: [{ name: "report-approver", as: approver, path: `${year}/report` }],
  },
  {
    stage: "decision",
    isThere: always,
    shots: [{ name: "report-recorder", as: recorder, path: `${year}/report` }],
  },
  {
    stage: "carry-over",
    isThere: always,
    shots: [
      { name: "findings-preparer", as: preparer, path: `${year}/findings` },
      { name: "reviews-recorder", as: recorder, path: `${year}/reviews` },
      { name: "diff-preparer", as: preparer, path: `${year}/report/diff` },
      {
        name: "version-changes-preparer",
        as: preparer,
        path: `${year}/report`,
        through: ['main a[href*="?against="]'],
      },
    ],
  },
  {
    stage: "finished",
    isThere: always,
    shots: [
      { name: "home-finished", as: preparer, path: "/" },
      { name: "next-plan-approver", as: approver, path: `${year}/next-plan` },
      { name: "years-preparer", as: preparer, path: `${year}/years` },
      { name: "years-outcome-preparer", as: preparer, path: `${year}/years/outcome/1-1` },
    ],
  },
  ...toAudit(year),
];

/** How the auditor goes from what happened to why. */
const toAudit = (year: string): readonly Sight[] => [
  {
    stage: "finished",
    isThere: always,
    shots: [
      { name: "audit-auditor", as: auditor, path: `${year}/audit` },
      { name: "event-auditor", as: auditor, path: `${year}/audit`, through: ["main table th a"] },
      { name: "receipt-auditor", as: auditor, path: `${year}/audit`, through: ['main a[href^="/acts/"]'] },
      { name: "histories-auditor", as: auditor, path: `${year}/histories` },
      { name: "history-auditor", as: auditor, path: `${year}/histories`, through: ["main ul a"] },
      { name: "past-auditor", as: auditor, path: `${year}/past?on=2015-04-20` },
    ],
  },
];

/** Every screen once, when there is most to see on it. */
export const sightsOf = (cycle: string): readonly Sight[] => [
  ...toAnswers(`/cycles/${cycle}`, cycle),
  ...toReport(`/cycles/${cycle}`, cycle),
];
