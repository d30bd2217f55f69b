import type { VNode } from "preact";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import type { LintFinding } from "../../domain/lint-finding.ts";
import type { PlannedDay } from "../../domain/plan-days.ts";
import { dateOf } from "../../domain/time.ts";
import { hourOf, warekiWithWeekday } from "../../domain/wareki.ts";
import { Crumbs } from "./crumbs.tsx";
import { layout, type Frame } from "./layout.tsx";
import { Table, type Column } from "./table.tsx";
import { kindNames } from "./words.ts";

export interface PlanView {
  readonly frame: Frame;
  readonly cycle: CycleKey;
  readonly title: string;
  readonly hash: Sha256;
  readonly counts: Readonly<Record<"measures" | "indicators" | "data" | "organisations" | "people", number>>;
  readonly days: readonly PlannedDay[];
  readonly findings: readonly LintFinding[];
}

/** The plan's own screens, below its first one. */
const parts = [
  { below: "catalogue", name: "施策と指標" },
  { below: "contacts", name: "連絡先" },
  { below: "calendar", name: "開庁日の暦" },
] as const;

export const planCrumb = (cycle: CycleKey) => [{ href: `/cycles/${cycle}/plan`, name: "計画" }];

const dayNames = {
  opens: "実施方針の作成の開始",
  "policy-decision": "実施方針の本部決定（予定）",
  collection: "照会の開始",
  "report-decision": "年次報告の本部決定（予定）",
} as const;

interface DayRow {
  readonly name: string;
  readonly on: string;
  readonly why: string;
}
const rowsOf = (day: PlannedDay): readonly DayRow[] => {
  if (day.of !== "term")
    return [{ name: dayNames[day.of], on: warekiWithWeekday(day.on), why: "計画で定めた日" }];
  const { dueAt, closeAt, why } = day.term;
  const row = (name: string, at: typeof dueAt, reasons: readonly string[]) => ({
    name: `${kindNames[day.kind]}の${name}`,
    on: `${warekiWithWeekday(dateOf(at))}${hourOf(at)}`,
    why: reasons.join("。"),
  });
  return [row("期限", dueAt, why.due), row("締切", closeAt, why.close)];
};

const dayColumns: readonly Column<DayRow>[] = [
  { name: "事項", heads: true, cell: ({ name }) => name },
  { name: "日付", cell: ({ on }) => on },
  { name: "理由", cell: ({ why }) => why },
];

const findingColumns: readonly Column<LintFinding>[] = [
  {
    name: "箇所",
    heads: true,
    cell: ({ where, level }) => (
      <>
        {where}
        <span class={level === "block" ? "tag tag-late" : "tag"}>
          {level === "block" ? "要修正" : "要確認"}
        </span>
      </>
    ),
  },
  { name: "内容", cell: ({ message }) => message },
  { name: "行うこと", cell: ({ hint }) => hint },
];

/** GET /cycles/{cycle}/plan: the plan in force, its days with their reasons, and what lint says of it. */
export const planPage = ({ frame, cycle, title, hash, counts, days, findings }: PlanView): VNode =>
  layout(
    "計画",
    frame,
    <>
      <Crumbs cycle={cycle} here="計画" />
      <h1>計画</h1>
      <p>
        {title}（現在有効な計画。SHA-256 <code>{hash}</code>）
      </p>
      <p>
        施策{counts.measures}、指標{counts.indicators}、照会項目{counts.data}、組織{counts.organisations}、人
        {counts.people}
      </p>
      <ul>
        {parts.map(({ below, name }) => (
          <li key={below}>
            <a href={`/cycles/${cycle}/plan/${below}`}>{name}</a>
          </li>
        ))}
      </ul>
      <section aria-labelledby="days-heading">
        <h2 id="days-heading">日程</h2>
        <Table
          caption="計画の日程"
          columns={dayColumns}
          rows={days.flatMap(rowsOf)}
          rowKey={({ name }) => name}
        />
      </section>
      <section aria-labelledby="lint-heading">
        <h2 id="lint-heading">点検の結果</h2>
        {findings.length === 0 ? (
          <p>指摘はありません。</p>
        ) : (
          <Table
            caption={`計画の点検の結果（${findings.length}件）`}
            columns={findingColumns}
            rows={findings}
            rowKey={({ code, where }) => `${code} ${where}`}
          />
        )}
      </section>
    </>,
  );
