import type { VNode } from "preact";
import type { Course } from "../../domain/course.ts";
import type { CycleKey } from "../../domain/ids.ts";
import { dateOf } from "../../domain/time.ts";
import { wareki, warekiWithWeekday } from "../../domain/wareki.ts";
import { Crumbs } from "./crumbs.tsx";
import {
  ActForm,
  formOf,
  LineField,
  RadioField,
  ReasonField,
  SelectField,
  Send,
  type FormsView,
  type Option,
} from "./form.tsx";
import { Gantt, type GanttView } from "./gantt.tsx";
import { layout, type Frame } from "./layout.tsx";
import { Outcome } from "./tried.tsx";

export interface ScheduleView {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly cycle: CycleKey;
  readonly gantt: GanttView;
  /** null once the year is over. */
  readonly course: Course | null;
  /** What the form of what-if offers; null for who may not ask. */
  readonly whatIf: { readonly requests: readonly Option[]; readonly holidays: readonly Option[] } | null;
}

const CourseText = ({ course }: { readonly course: Course }) => {
  const { decisionOn, slackBusinessDays: slack } = course;
  return slack < 0 ? (
    <p class="notice">
      このままでは、{warekiWithWeekday(decisionOn)}の本部決定に{-slack}開庁日足りません。
    </p>
  ) : (
    <p>
      {warekiWithWeekday(decisionOn)}の本部決定まで、評価・原案・決裁に{slack}開庁日を残しています。
    </p>
  );
};

const changes: readonly Option[] = [
  { value: "due", name: "照会の期限を変える" },
  { value: "holiday-added", name: "ある日を閉庁日とする" },
  { value: "holiday-removed", name: "休日を開庁日とする" },
  { value: "send-window", name: "メールを送る時間帯を変える" },
];

const WhatIfForm = ({
  view,
  offers,
}: {
  readonly view: ScheduleView;
  readonly offers: NonNullable<ScheduleView["whatIf"]>;
}) => {
  const form = formOf(view.forms, "what-if");
  return (
    <ActForm form={form} action={`/cycles/${view.cycle}/schedule`} label="変更した場合の試算">
      <p>変更した場合に変わる日付とメールを確かめます。確かめるだけでは、何も変わりません。</p>
      <RadioField form={form} name="is" label="変えること" needed options={changes} />
      <div class="field-row">
        <SelectField
          form={form}
          name="request"
          label="期限を変える照会"
          none="選んでください"
          options={offers.requests}
        />
        <LineField form={form} name="dueOn" kind="date" label="新しい期限" />
      </div>
      <div class="field-row">
        <LineField form={form} name="date" kind="date" label="閉庁日とする日" />
        <LineField form={form} name="name" label="閉庁日の名称" hint="例：臨時閉庁日" />
        <SelectField
          form={form}
          name="holiday"
          label="開庁日とする休日"
          none="選んでください"
          options={offers.holidays}
        />
      </div>
      <div class="field-row">
        <LineField form={form} name="from" label="送る時間帯の始め" hint="例：10:00" />
        <LineField form={form} name="until" label="送る時間帯の終わり" hint="例：16:00" />
      </div>
      <ReasonField
        form={form}
        label="変更の理由"
        needed={false}
        hint="行う場合に、記録とメールに残ります。"
      />
      <p class="buttons">
        <Send quiet>試算する</Send>
      </p>
    </ActForm>
  );
};

/** GET /cycles/{cycle}/schedule: plan, actual and forecast of the year, and what a change would come to. */
export const schedulePage = (view: ScheduleView): VNode =>
  layout(
    "年間の日程",
    view.frame,
    <>
      <Crumbs cycle={view.cycle} here="年間の日程" />
      <h1>年間の日程</h1>
      <p>
        <time dateTime={view.gantt.now}>{wareki(dateOf(view.gantt.now))}</time>現在
      </p>
      <Outcome forms={view.forms} />
      {view.course === null ? (
        <p>この年次サイクルは、全ての手続を終えました。</p>
      ) : (
        <CourseText course={view.course} />
      )}
      <Gantt {...view.gantt} />
      {view.whatIf === null ? null : (
        <section aria-labelledby="what-if-heading">
          <h2 id="what-if-heading">変更した場合の試算</h2>
          <WhatIfForm view={view} offers={view.whatIf} />
        </section>
      )}
    </>,
  );
