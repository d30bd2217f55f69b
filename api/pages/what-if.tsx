import type { VNode } from "preact";
import type { CycleKey } from "../../domain/ids.ts";
import { dateOf, type Instant } from "../../domain/time.ts";
import { hourOf, wareki, warekiTime, warekiWithWeekday } from "../../domain/wareki.ts";
import type { Found } from "../what-if.ts";
import { actWords } from "../../domain/act-words.ts";
import { Crumbs } from "./crumbs.tsx";
import { ActForm, formOf, Send, type FormsView } from "./form.tsx";
import { layout, type Frame } from "./layout.tsx";
import { Table, type Column } from "./table.tsx";

/** One mail that is added, falls away, or comes on another day. */
export interface MailChange {
  readonly id: string;
  readonly change: "増" | "減" | "移";
  readonly before: Instant | null;
  readonly after: Instant | null;
  readonly letter: string;
  readonly person: string;
}
export interface DateChange {
  readonly request: string;
  readonly name: string;
  readonly before: Found["dates"][number]["before"];
  readonly after: Found["dates"][number]["after"];
}
export interface WhatIfView {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly cycle: CycleKey;
  /** What is to be changed, in a sentence. */
  readonly change: string;
  readonly found: Found;
  readonly dates: readonly DateChange[];
  readonly mails: readonly MailChange[];
  readonly mayApply: boolean;
  /** The fields of the form that asked, to be sent again where it is to be done. */
  readonly asked: Readonly<Record<string, string>>;
}

const Term = ({ term }: { readonly term: DateChange["before"] }) =>
  term === null ? (
    <>なし</>
  ) : (
    <>
      期限 {wareki(dateOf(term.dueAt))}
      {hourOf(term.dueAt)}
      <br />
      締切 {wareki(dateOf(term.closeAt))}
      {hourOf(term.closeAt)}
    </>
  );

const dateColumns: readonly Column<DateChange>[] = [
  { name: "照会", heads: true, cell: ({ name }) => name },
  { name: "現在", cell: ({ before }) => <Term term={before} /> },
  { name: "変更後", cell: ({ after }) => <Term term={after} /> },
  { name: "理由", cell: ({ after }) => after?.why.due.join("。") ?? "" },
];

const when = (at: Instant | null) => (at === null ? "－" : <time dateTime={at}>{warekiTime(at)}</time>);

const mailColumns: readonly Column<MailChange>[] = [
  { name: "増減", heads: true, cell: ({ change }) => change },
  { name: "メール", short: true, cell: ({ letter }) => letter },
  { name: "宛先", cell: ({ person }) => person },
  { name: "現在", cell: ({ before }) => when(before) },
  { name: "変更後", cell: ({ after }) => when(after) },
];

const MAILS_SHOWN = 100;

const Mails = ({ view }: { readonly view: WhatIfView }) => {
  const { before, after } = view.found.mails;
  return (
    <>
      <p>
        これから送られるメールは、{before}通から{after}通になります（増減と日の変わるもの{view.mails.length}
        件）。
      </p>
      {view.mails.length === 0 ? null : (
        <Table
          caption={
            view.mails.length > MAILS_SHOWN ? `変わるメール（初めの${MAILS_SHOWN}件）` : "変わるメール"
          }
          columns={mailColumns}
          rows={view.mails.slice(0, MAILS_SHOWN)}
          rowKey={({ id }) => id}
        />
      )}
    </>
  );
};

const Apply = ({ view }: { readonly view: WhatIfView }) => {
  const { apply, afterwards } = view.found;
  const word = Object.entries(actWords).find(([name]) => name === apply.act)?.[1] ?? apply.act;
  if (!view.mayApply) return <p>行うには、{word}ができる人の操作が必要です。この画面からは行えません。</p>;
  return (
    <ActForm
      form={formOf(view.forms, "apply")}
      action={`/cycles/${view.cycle}/schedule`}
      label="変更の実行"
      hidden={view.asked}
    >
      {afterwards === null ? null : <p>このあと、別の人の承認が必要です。</p>}
      <p class="buttons">
        <Send>この変更を行う</Send>
      </p>
    </ActForm>
  );
};

/** 試算の結果: everything that would be different, before anything is. */
export const whatIfPage = (view: WhatIfView): VNode => {
  const { before, after } = view.found.decision;
  const back = { href: `/cycles/${view.cycle}/schedule`, name: "年間の日程" };
  return layout(
    "変更した場合の試算",
    view.frame,
    <>
      <Crumbs cycle={view.cycle} between={[back]} here="変更した場合の試算" />
      <h1>変更した場合の試算</h1>
      <p>
        <strong>{view.change}</strong>（まだ何も変えていません。）
      </p>
      <section aria-labelledby="dates-heading">
        <h2 id="dates-heading">期限と締切</h2>
        {view.dates.length === 0 ? (
          <p>変わる期限はありません。</p>
        ) : (
          <Table
            caption="変わる期限と締切"
            columns={dateColumns}
            rows={view.dates}
            rowKey={({ request }) => request}
          />
        )}
      </section>
      <section aria-labelledby="mails-heading">
        <h2 id="mails-heading">メール</h2>
        <Mails view={view} />
      </section>
      <section aria-labelledby="decision-heading">
        <h2 id="decision-heading">本部決定まで</h2>
        <p class={after.slackBusinessDays < 0 ? "notice" : undefined}>
          {warekiWithWeekday(after.decisionOn)}の本部決定まで、評価・原案・決裁に残る日数は、
          {before.slackBusinessDays}開庁日から{after.slackBusinessDays}開庁日になります。
          {after.slackBusinessDays < 0 ? "間に合いません。" : ""}
        </p>
      </section>
      <Apply view={view} />
      <p>
        <a href={back.href}>変えずに年間の日程へ戻る</a>
      </p>
    </>,
  );
};
