import type { VNode } from "preact";
import type { BusinessCalendar } from "../../domain/calendar.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { SurveyCause } from "../../domain/unmeasurable.ts";
import { at, plainTime, type Instant, type PlainDate } from "../../domain/time.ts";
import { warekiWithWeekday } from "../../domain/wareki.ts";
import { Caused } from "./caused.tsx";
import { Countdown } from "./countdown.tsx";
import { Crumbs } from "./crumbs.tsx";
import { layout, type Frame } from "./layout.tsx";
import { causeNames, responsibleNames } from "./survey-words.ts";
import { Table, type Column } from "./table.tsx";

export interface SurveyRow {
  readonly id: string;
  readonly organisation: string;
  readonly items: number;
  readonly dueOn: PlainDate;
  readonly is: "unplanned" | "running" | "found" | "impossible" | "stopped" | "merged";
  /** Addresses of the events that made them so; null for who may not read the record. */
  readonly caused: { readonly state: string | null; readonly due: string | null };
  readonly cause: SurveyCause;
  /** Who has to do what comes next, and what that is; null once it has ended. */
  readonly by: "secretariat" | "organisation";
  readonly next: string | null;
}
export interface SurveysView {
  readonly frame: Frame;
  readonly cycle: CycleKey;
  readonly rows: readonly SurveyRow[];
  readonly now: Instant;
  readonly calendar: BusinessCalendar;
}

const stateNames: Readonly<Record<SurveyRow["is"], string>> = {
  unplanned: "方法が未定",
  running: "実施中",
  found: "把握した",
  impossible: "把握できなかった",
  stopped: "中止",
  merged: "統合",
};
/** Until the end of the day. */
const END_OF_DAY = plainTime("23:59");

const columnsOf = ({ now, calendar }: SurveysView): readonly Column<SurveyRow>[] => [
  {
    name: "組織",
    heads: true,
    cell: ({ id, organisation }) => <a href={`/surveys/${id}`}>{organisation}</a>,
  },
  { name: "項目", short: true, cell: ({ items }) => `${items}件` },
  { name: "原因", cell: ({ cause }) => causeNames[cause] },
  {
    name: "状態",
    short: true,
    cell: ({ is, caused }) => (
      <Caused by={caused.state}>
        <span class="tag">{stateNames[is]}</span>
      </Caused>
    ),
  },
  {
    name: "次に行うこと",
    cell: ({ next, by }) => (next === null ? "" : `${next}（${responsibleNames[by]}）`),
  },
  {
    name: "期限",
    cell: ({ dueOn, is, caused }) => (
      <>
        <Caused by={caused.due}>
          <time dateTime={dueOn}>{warekiWithWeekday(dueOn)}</time>
        </Caused>
        {is === "unplanned" || is === "running" ? (
          <Countdown now={now} dueAt={at(dueOn, END_OF_DAY)} calendar={calendar} />
        ) : null}
      </>
    ),
  },
];

/** GET /cycles/{cycle}/surveys: every 補完調査 of the year, those to be worked on first. */
export const surveysPage = (view: SurveysView): VNode =>
  layout(
    "補完調査",
    view.frame,
    <>
      <Crumbs cycle={view.cycle} here="補完調査" />
      <h1>補完調査</h1>
      {view.rows.length === 0 ? (
        <p>補完調査はありません。</p>
      ) : (
        <Table
          caption={`補完調査の一覧（${view.rows.length}件）`}
          columns={columnsOf(view)}
          rows={view.rows}
          rowKey={({ id }) => id}
        />
      )}
    </>,
  );
