import type { Instant, PlainDate } from "../../domain/time.ts";
import { wareki, warekiWithWeekday } from "../../domain/wareki.ts";
import { ActForm, formOf, LineField, ProseField, Send, type FormsView } from "./form.tsx";
import { responsibleNames } from "./survey-words.ts";
import { Caused } from "./caused.tsx";
import { Table, type Column } from "./table.tsx";

export interface StepView {
  readonly key: string;
  readonly label: string;
  readonly by: "secretariat" | "organisation";
  readonly records: string;
  readonly needsSources: boolean;
  readonly waitsForReplies: boolean;
  /** Of the step whose turn it is. */
  readonly dueOn: PlainDate | null;
  readonly done: {
    /** The address of the event that recorded it; null for who may not read the record. */
    readonly caused: string | null;
    readonly at: Instant;
    /** null where it was done by the last reply. */
    readonly written: {
      readonly text: string;
      readonly on: PlainDate;
      readonly sources?: readonly { readonly title: string; readonly on: PlainDate }[];
    } | null;
  } | null;
}
export interface RespondentView {
  readonly request: string;
  readonly organisation: string;
  readonly settled: boolean;
}

const Done = ({ done }: { readonly done: NonNullable<StepView["done"]> }) => {
  const { written } = done;
  if (written === null) return <>回答が出そろった</>;
  return (
    <>
      <Caused by={done.caused}>
        <time dateTime={written.on}>{wareki(written.on)}</time>
      </Caused>
      <p class="prose">{written.text}</p>
      {written.sources === undefined ? null : (
        <ul class="plain-list">
          {written.sources.map(({ title, on }) => (
            <li key={`${title} ${on}`}>
              {title}（{wareki(on)}）
            </li>
          ))}
        </ul>
      )}
    </>
  );
};

const columns: readonly Column<StepView>[] = [
  { name: "手順", heads: true, cell: ({ label }) => label },
  { name: "行う者", short: true, cell: ({ by }) => responsibleNames[by] },
  { name: "記録すること", cell: ({ records }) => records },
  {
    name: "記録",
    cell: ({ done, dueOn }) => {
      if (done !== null) return <Done done={done} />;
      return dueOn === null ? "未着手" : `期限　${warekiWithWeekday(dueOn)}`;
    },
  },
];

/** The method's steps with their dates, and who was asked. */
export const Steps = ({
  label,
  steps,
  asked,
}: {
  readonly label: string;
  readonly steps: readonly StepView[];
  readonly asked: readonly RespondentView[];
}) => (
  <>
    <Table
      caption={`${label}の手順（${steps.length}件）`}
      columns={columns}
      rows={steps}
      rowKey={({ key }) => key}
    />
    {asked.length === 0 ? null : (
      <>
        <h3>質問票の送付先（{asked.length}者）</h3>
        <ul>
          {asked.map(({ request, organisation, settled }) => (
            <li key={request}>
              <a href={`/requests/${request}`}>{organisation}</a>
              {settled ? "（終了）" : "（回答待ち）"}
            </li>
          ))}
        </ul>
      </>
    )}
  </>
);

/** 手順の記録: of the one whose turn it is. */
export const StepForm = ({
  survey,
  forms,
  step,
  today,
}: {
  readonly survey: string;
  readonly forms: FormsView;
  readonly step: StepView;
  readonly today: PlainDate;
}) => {
  const form = formOf(forms, "step");
  return (
    <section aria-labelledby="step-heading">
      <h2 id="step-heading">「{step.label}」を記録する</h2>
      <ActForm
        form={form}
        action={`/surveys/${survey}`}
        label="手順の記録"
        hidden={{ step: step.key, ...(step.needsSources && { needsSources: "yes" }) }}
      >
        <LineField form={form} name="on" kind="date" label="行った日" needed value={today} />
        <ProseField
          form={form}
          name="text"
          label="記録"
          needed
          rows={5}
          hint={`${step.records}を記入してください。${step.waitsForReplies ? "回答が出そろうと自動で記録されます。待たずに進む場合だけ記入してください。" : ""}`}
        />
        <ProseField
          form={form}
          name="sources"
          label="出典"
          needed={step.needsSources}
          rows={3}
          hint="1行に一つ、日付（2015-05-11の形）、空白、資料名の順に記入してください。"
        />
        <p>
          <Send>手順を記録する</Send>
        </p>
      </ActForm>
    </section>
  );
};
