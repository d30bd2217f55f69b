import {
  fiscalYear,
  indicatorKey,
  measureKey,
  organisationId,
  personId,
  type OrganisationId,
} from "../../domain/ids.ts";
import type { Datum, Measure, Organisation, Plan } from "../../domain/plan.ts";
import { plainDate, plainTime } from "../../domain/time.ts";

const organisation = (id: string, name: string): Organisation => ({
  id: organisationId(id),
  names: [{ name, from: plainDate("2001-01-06") }],
  kind: "ministry",
});

const mic = organisationId("mic");
const meti = organisationId("meti");
const nisc = organisationId("nisc");

interface Asked {
  readonly of: readonly string[];
  readonly text: string;
  readonly owners: readonly OrganisationId[];
}
const datum = (key: string, { of, text, owners }: Asked): Datum => ({
  key,
  text,
  indicators: of.map(indicatorKey),
  owners: owners.map((one) => ({ organisation: one, basis: "inferred" })),
});

interface Named {
  readonly name: string;
  readonly heading?: string;
  readonly texts: readonly string[];
}
const measure = (key: string, { name, heading, texts }: Named): Measure => {
  const [area, domain, section, label = ""] = key.split("-");
  return {
    key: measureKey(key),
    area: Number(area),
    domain: Number(domain) || null,
    section: Number(section) || null,
    heading: heading ?? null,
    label,
    name,
    truncated: false,
    indicators: texts.map((text, at) => ({ key: indicatorKey(`${key}/${at + 1}`), text, named: [] })),
  };
};

const fixed = { is: "fixed", dueOn: plainDate("2015-04-10"), closeOn: plainDate("2015-04-24") } as const;
const counted = { is: "counted", dueBusinessDays: 10, closeBusinessDays: 15 } as const;
const letter = { subject: "", body: "" };

/** A year of eleven items: sections and headings, none of them, a datum of two domains, an area without domains. */
export const reportPlan: Plan = {
  year: fiscalYear(2014),
  title: "平成26年度サイバーセキュリティ政策の評価等",
  dates: {
    opensOn: plainDate("2015-01-05"),
    policyDecisionOn: plainDate("2015-02-10"),
    collectionOn: plainDate("2015-03-02"),
    requests: { data: fixed, survey: counted, chapter: fixed, consultation: counted },
    reportDecisionOn: plainDate("2015-06-15"),
    closingTime: plainTime("17:00"),
    closedDays: "next",
  },
  areas: [
    {
      number: 1,
      name: "「強靱な」サイバー空間の構築",
      domains: [
        { number: 1, name: "政府機関等における対策", sections: [{ number: 1, name: "水準の一層の向上" }] },
        { number: 2, name: "重要インフラ事業者等における対策", sections: [] },
      ],
    },
    {
      number: 2,
      name: "「活力ある」サイバー空間の構築",
      domains: [{ number: 1, name: "人材育成", sections: [] }],
    },
    { number: 4, name: "推進体制等", domains: [] },
  ],
  measures: [
    measure("1-1-1-ア", {
      name: "枠組みの構築",
      heading: "仕組みの強化",
      texts: ["枠組みの運用状況", "計画の策定状況"],
    }),
    measure("1-1-1-イ", { name: "ポリシーの見直し", heading: "仕組みの強化", texts: ["見直し状況"] }),
    measure("1-2-0-ア", { name: "評価・認証の支援", heading: "その他の施策", texts: ["参画状況"] }),
    {
      ...measure("2-1-0-ア", { name: "取組の推", texts: ["講座の開催数"] }),
      truncated: true,
      nameNote: "取組の推進",
    },
    measure("4-0-0-ア", { name: "機能の強化", texts: ["検討の状況"] }),
  ],
  delegated: [{ area: 1, domain: 2, heading: "障害対応体制の強化", chapter: "third-action-plan" }],
  data: [
    datum("frame", { of: ["1-1-1-ア/1"], text: "枠組みの運用状況", owners: [nisc] }),
    datum("plans", { of: ["1-1-1-ア/2"], text: "計画の策定状況", owners: [mic, meti, nisc] }),
    datum("review", { of: ["1-1-1-イ/1"], text: "見直し状況", owners: [mic, meti] }),
    datum("shared", { of: ["1-2-0-ア/1", "2-1-0-ア/1"], text: "講座の開催数", owners: [mic, meti, nisc] }),
    datum("joined", { of: ["1-2-0-ア/1"], text: "国際標準への参画状況", owners: [meti] }),
    datum("reform", { of: ["4-0-0-ア/1"], text: "検討の状況", owners: [nisc] }),
  ],
  organisations: [
    organisation("nisc", "内閣官房"),
    organisation("mic", "総務省"),
    organisation("meti", "経済産業省"),
  ],
  people: [],
  chapters: [
    { key: "common-standards", title: "統一基準群の点検", basis: "政府機関統一基準群", owner: nisc },
    { key: "third-action-plan", title: "第３次行動計画の評価", basis: "第３次行動計画", owner: nisc },
  ],
  ladders: { data: [], survey: [], chapter: [], consultation: [] },
  sendWindow: { from: plainTime("09:00"), until: plainTime("17:00") },
  scales: {
    output: [
      { key: "on-track", label: "計画どおり", meaning: "年次計画に沿って進捗した。" },
      { key: "late", label: "遅れ", meaning: "年次計画に対し遅れがある。" },
    ],
    outcome: [
      { key: "nearer", label: "近づいた", meaning: "戦略の目標に近づいた。" },
      { key: "same", label: "変化なし", meaning: "戦略の目標との距離に変化がない。" },
    ],
  },
  approvals: { policy: [], report: [{ title: "参事官", person: personId("nisc-director") }] },
  letters: {
    inquiry: letter,
    digest: letter,
    reminder: letter,
    receipt: letter,
    entered: letter,
    inner: letter,
    returned: letter,
    extension: letter,
    halted: letter,
    survey: letter,
    consultation: letter,
    disposition: letter,
    "approval-turn": letter,
    "approval-returned": letter,
    decided: letter,
    published: letter,
    notice: letter,
  },
  unmeasurableReasons: [{ key: "no-record", label: "記録を取っていない" }],
  holidays: [],
};
