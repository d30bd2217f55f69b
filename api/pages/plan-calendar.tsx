import type { VNode } from "preact";
import type { CycleKey } from "../../domain/ids.ts";
import type { CalendarDay, CalendarMonth } from "../../domain/plan-days.ts";
import { wareki } from "../../domain/wareki.ts";
import { Crumbs } from "./crumbs.tsx";
import { layout, type Frame } from "./layout.tsx";
import { planCrumb } from "./plan.tsx";

export interface CalendarView {
  readonly frame: Frame;
  readonly cycle: CycleKey;
  readonly months: readonly CalendarMonth[];
  /** What the plan has on a day, by the day. */
  readonly marks: ReadonlyMap<string, readonly string[]>;
}

const WEEKDAYS = ["日", "月", "火", "水", "木", "金", "土"];

/** Saturdays and Sundays say so by their column. */
const reasonText = ({ closed }: CalendarDay): string =>
  closed === "土曜日" || closed === "日曜日" ? "" : (closed ?? "");

const Day = ({ day, marks }: { readonly day: CalendarDay | null; readonly marks: CalendarView["marks"] }) =>
  day === null ? (
    <td />
  ) : (
    <td data-closed={day.closed === null ? undefined : "true"}>
      {Number(day.on.slice(8))}
      {day.closed === null ? null : <span class="closed-word">閉</span>}
      {reasonText(day) === "" ? null : <span class="day-note">{reasonText(day)}</span>}
      {(marks.get(day.on) ?? []).map((mark) => (
        <strong key={mark} class="day-note">
          {mark}
        </strong>
      ))}
    </td>
  );

const Month = ({
  month,
  marks,
}: {
  readonly month: CalendarMonth;
  readonly marks: CalendarView["marks"];
}) => (
  <table class="month">
    <caption>{wareki(month.first).replace(/1日$/, "")}</caption>
    <thead>
      <tr>
        {WEEKDAYS.map((name) => (
          <th key={name} scope="col">
            {name}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {month.weeks.map((week, n) => (
        // A week has no name of its own: its place in the month is it.
        <tr key={String(n)}>
          {week.map((day, at) => (
            <Day key={day?.on ?? `${n}-${at}`} day={day} marks={marks} />
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);

/** GET /cycles/{cycle}/plan/calendar: which days the offices are closed and why, and what the plan has on which. */
export const calendarPage = ({ frame, cycle, months, marks }: CalendarView): VNode =>
  layout(
    "開庁日の暦",
    frame,
    <>
      <Crumbs cycle={cycle} between={planCrumb(cycle)} here="開庁日の暦" />
      <h1>開庁日の暦</h1>
      <p>
        「閉」は閉庁日です（行政機関の休日に関する法律による土曜日、日曜日、国民の祝日・休日、12月29日から1月3日まで、及び計画で定めた閉庁日）。
      </p>
      <div class="months">
        {months.map((month) => (
          <Month key={month.first} month={month} marks={marks} />
        ))}
      </div>
    </>,
  );
