import type { CycleGlance, HomeView } from "../../api/pages/home.tsx";
import type { Frame } from "../../api/pages/layout.tsx";
import type { RequestRow } from "../../api/pages/requests-table.tsx";
import type { RequestView } from "../../api/pages/request.tsx";
import { calendarOf } from "../../domain/calendar.ts";
import { cycleKey, fiscalYear } from "../../domain/ids.ts";
import { instant, plainDate } from "../../domain/time.ts";
import { standingOfSteps } from "../../domain/year-steps.ts";
import type { AttachedView, FileView } from "../../api/pages/evidence.tsx";

const sampleFile: FileView = {
  id: "5f0c3b52-4d0e-4a39-9f5e-0d1d8b7c6a11",
  hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  href: "/api/v1/requests/2014-r1-data-soumu/files/5f0c3b52-4d0e-4a39-9f5e-0d1d8b7c6a11",
  name: "参加機関の一覧.xlsx",
  version: 1,
  size: 48_213,
  label: "機密性２情報　関係者限り",
};
const sampleAttached: AttachedView = { ...sampleFile, named: true, chosen: true };

/** View data as the screens get them, of a rehearsal in mid-collection: no service needed to look at a screen. */

const cycle = cycleKey("2014-r1");
const now = instant("2015-04-27T09:00:00+09:00");
const at = (raw: string) => instant(`${raw}+09:00`);

const sampleFrame: Frame = {
  signedIn: { name: "佐藤 一郎", role: "preparer", organisation: "内閣官房内閣サイバーセキュリティセンター" },
  rehearsal: { now },
  ways: [{ href: "/?cycle=2014-r1", name: "年間の流れ" }],
};

const row = (
  organisation: string,
  [items, answered, settled]: readonly [number, number, number],
  rest: Partial<RequestRow> = {},
): RequestRow => ({
  id: `2014-r1-data-${items}-${answered}-${settled}`,
  organisation,
  kind: "data",
  round: 0,
  is: settled === items ? "settled" : "open",
  dueAt: at("2015-04-17T17:00:00"),
  overdue: answered < items,
  extensionAsked: false,
  paused: false,
  items,
  answered,
  settled,
  caused: { state: null, due: null },
  readable: true,
  ...rest,
});

const requests: readonly RequestRow[] = [
  row("総務省", [31, 12, 9]),
  row("経済産業省", [27, 27, 20]),
  row("警察庁", [22, 20, 18], {
    dueAt: at("2015-05-08T17:00:00"),
    overdue: false,
    extensionAsked: true,
    paused: true,
  }),
  row("内閣官房内閣サイバーセキュリティセンター", [2, 0, 0], {
    kind: "chapter",
    dueAt: at("2015-05-15T17:00:00"),
    overdue: false,
  }),
  row("文部科学省", [11, 11, 11]),
  row("外務省", [9, 9, 9]),
];

export const sampleGlance: CycleGlance = {
  cycle,
  year: fiscalYear(2014),
  title: "平成26年度サイバーセキュリティ政策の評価等",
  now,
  calendar: calendarOf([]),
  steps: standingOfSteps({
    stage: "collection",
    entries: [
      { stage: "policy", enteredAt: at("2015-01-13T09:00:00") },
      { stage: "underway", enteredAt: at("2015-02-10T10:00:00") },
      { stage: "collection", enteredAt: at("2015-04-01T00:00:00") },
    ],
    surveys: { firstOpenedAt: at("2015-04-20T11:00:00"), open: 2 },
  }),
  stageWay: () => null,
  publishedWay: null,
  finished: false,
  asked: {
    items: {
      owed: 19,
      submitted: 9,
      provisional: 0,
      failing: 0,
      returned: 3,
      surveying: 4,
      value: 52,
      nil: 7,
      "not-applicable": 2,
      surveyed: 3,
      uncollected: 1,
    },
    requests,
  },
  surveys: { open: 2, ended: 3 },
  mails: {
    counts: { queued: 0, sending: 0, accepted: 132, rejected: 1, uncertain: 1, cancelled: 0, captured: 0 },
    lastAt: at("2015-04-27T09:00:00"),
    lastCaused: null,
    trouble: { rows: [], many: 0 },
  },
  published: [{ name: "report.pdf", bytes: 1_852_821, publishedAt: at("2015-06-26T15:00:00") }],
  tasks: [
    { do: "review-answers", items: 9 },
    { do: "plan-surveys", surveys: 2 },
    { do: "check-mails", mails: 1 },
  ],
  next: {
    is: "ready",
    to: at("2015-04-28T09:00:00"),
    waking: [{ wakes: "chase" }, { wakes: "request", organisation: "総務省", kind: "data" }],
    key: "0d6f8f9e-6f0b-4b8f-8f50-0d3a3c1f5a11",
  },
};

export const sampleHome: HomeView = {
  frame: sampleFrame,
  cycles: [cycle, cycleKey("2014")],
  glance: sampleGlance,
  links: {
    history: "http://127.0.0.1:8233/namespaces/default/workflows/cycle-2014-r1",
    mailbox: "http://127.0.0.1:9401/dev/mail",
  },
};

export const sampleRequest: RequestView = {
  frame: sampleFrame,
  forms: { key: "0d6f8f9e-6f0b-4b8f-8f50-0d3a3c1f5a11", tried: null, done: null },
  id: "2014-r1-data-soumu",
  cycle,
  organisation: "総務省",
  kind: "data",
  is: "open",
  sentAt: at("2015-04-01T09:00:00"),
  dueAt: at("2015-04-17T17:00:00"),
  closeAt: at("2015-05-01T17:00:00"),
  opinions: [],
  now,
  calendar: calendarOf([]),
  paused: null,
  revision: "r1",
  answering: null,
  commenting: null,
  reviewing: null,
  again: null,
  extending: null,
  moving: true,
  entering: true,
  inside: null,
  timeline: [
    {
      sequence: 41,
      caused: "/cycles/2014-r1/audit/41",
      at: at("2015-04-01T09:00:00"),
      by: { name: "鈴木 一郎", role: "事務局　起案担当" },
      what: "照会の開始",
      onBehalfOf: null,
      reason: null,
    },
    {
      sequence: 67,
      caused: "/cycles/2014-r1/audit/67",
      at: at("2015-04-15T11:00:00"),
      by: { name: "山田 太郎", role: "府省庁　窓口・担当者・確認者" },
      what: "期限延長の申出",
      onBehalfOf: null,
      reason: "地方支分部局の集計に時間を要するため",
    },
    {
      sequence: 70,
      caused: "/cycles/2014-r1/audit/70",
      at: at("2015-05-01T17:00:01"),
      by: null,
      what: "締切の経過",
      onBehalfOf: null,
      reason: null,
    },
  ],
  causes: {
    opened: "/cycles/2014-r1/audit/41",
    due: "/cycles/2014-r1/audit/41",
    close: "/cycles/2014-r1/audit/41",
    state: "/cycles/2014-r1/audit/41",
    asked: "/cycles/2014-r1/audit/67",
    paused: null,
  },
  asked: { dueOn: plainDate("2015-05-08"), reason: "地方支分部局の集計に時間を要するため" },
  itemCount: 2,
  pages: { shown: 1, links: [{ page: 1, first: 1, last: 2, open: 2, drafted: false }], waits: "answer" },
  items: [
    {
      id: "2014-r1-data-soumu/drill-participants",
      number: 1,
      before: { value: "150 人", text: "前年度の確定値である。" },
      text: "実践的サイバー防御演習（CYDER）の参加機関数及び参加者数",
      indicators: ["1-1-1-ア/1", "1-1-1-ア/2"],
      is: "returned",
      caused: "/cycles/2014-r1/audit/69",
      reason: "参加者数の内訳（府省庁・独立行政法人）を示してください。",
      until: at("2015-05-08T17:00:00"),
      answering: "wanted",
      inside: null,
      written: { number: "180", unit: "人", text: "暫定値である。", explanation: "参加機関が増えた。" },
      expects: { is: "number" },
      units: ["人", "機関"],
      failing: [],
      reviewable: null,
      changed: false,
      evidence: { labels: { confidentiality: 2, handling: ["concerned-only"] }, attached: [sampleAttached] },
      versions: [
        {
          version: 2,
          caused: "/cycles/2014-r1/audit/68",
          at: at("2015-04-20T10:12:00"),
          late: true,
          by: "山田 太郎",
          onBehalfOf: null,
          says: "provisional",
          why: null,
          value: "180 人",
          text: "暫定値である。\n確定は4月末の見込み。",
          label: "機密性２情報　関係者限り",
          files: [sampleFile],
          besides: ["検査の指摘に対する説明：参加機関が増えた。"],
        },
        {
          version: 1,
          caused: "/cycles/2014-r1/audit/66",
          at: at("2015-04-16T15:40:00"),
          late: false,
          by: "山田 太郎",
          onBehalfOf: null,
          says: "unmeasurable",
          why: "集計中",
          value: null,
          text: "各機関からの報告を集計中であるため。",
          label: "機密性２情報",
          files: [],
          besides: ["把握できる日：平成27年4月30日"],
        },
      ],
    },
    {
      id: "2014-r1-data-soumu/smes",
      number: 2,
      before: null,
      text: "中小企業向けの普及啓発の実施状況",
      indicators: [],
      is: "owed",
      caused: "/cycles/2014-r1/audit/41",
      reason: null,
      until: at("2015-05-01T17:00:00"),
      answering: "wanted",
      inside: null,
      written: { number: "", unit: "", text: "", "cell.held.east": "3" },
      expects: {
        is: "table",
        rows: [{ key: "held", label: "開催" }],
        columns: [
          { key: "east", label: "東日本" },
          { key: "west", label: "西日本" },
        ],
      },
      units: [],
      failing: ["表の計"],
      reviewable: null,
      changed: false,
      evidence: { labels: { confidentiality: 2 }, attached: [] },
      versions: [],
    },
  ],
};
