import type { VNode } from "preact";
import type { CycleKey } from "../../domain/ids.ts";
import type { RequestKind } from "../../domain/plan.ts";
import type { Instant } from "../../domain/time.ts";
import { warekiTime } from "../../domain/wareki.ts";
import { Crumbs } from "./crumbs.tsx";
import { ActForm, FileField, formOf, Send, type FormsView } from "./form.tsx";
import { layout, type Frame } from "./layout.tsx";
import { Outcome } from "./tried.tsx";
import { kindNames } from "./words.ts";

export interface WorkbookView {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly id: string;
  readonly cycle: CycleKey;
  readonly organisation: string;
  readonly kind: RequestKind;
  readonly dueAt: Instant;
  /** What becomes of the one that the reader brings back; null where he may bring none. */
  readonly brought: "submitted" | "prepared" | null;
}

const downloads = [
  { format: "xlsx", name: "Excel（xlsx）" },
  { format: "csv", name: "CSV（UTF-8）" },
  { format: "csv-cp932", name: "CSV（Windows-31J）" },
];

const words = {
  submitted: { heading: "記入した調査票を提出する", label: "調査票の提出", send: "調査票を提出する" },
  prepared: {
    heading: "記入した調査票を確認者に回す",
    label: "調査票による回答案の作成",
    send: "確認者に回す",
  },
};

const Upload = ({ view, brought }: { readonly view: WorkbookView; readonly brought: keyof typeof words }) => {
  const form = formOf(view.forms, "form");
  const { heading, label, send } = words[brought];
  return (
    <section aria-labelledby="send-heading">
      <h2 id="send-heading">２　{heading}</h2>
      {brought === "prepared" ? (
        <p>
          あなたに割り当てられた項目だけに記入してください。ほかの項目に記入があると、全体を受け付けません。
        </p>
      ) : null}
      <ActForm form={form} action={`/requests/${view.id}/workbook`} label={label} withFile>
        <FileField
          form={form}
          name="file"
          label="記入した調査票"
          hint="xlsx又はcsv、10MBまで。記入のある行だけが回答になります。一行でも誤りがあれば全体を受け付けず、直すべき行を示します。"
          accept=".xlsx,.csv"
          needed
        />
        <p class="send">
          <Send>{send}</Send>
        </p>
      </ActForm>
    </section>
  );
};

/** GET /requests/{id}/workbook: 調査票 to take, and to bring back. */
export const workbookPage = (view: WorkbookView): VNode => {
  const title = `${view.organisation}　${kindNames[view.kind]}　調査票`;
  return layout(
    title,
    view.frame,
    <>
      <Crumbs cycle={view.cycle} here={title} />
      <h1>{title}</h1>
      <Outcome forms={view.forms} />
      <p class="lead">
        期限は<time dateTime={view.dueAt}>{warekiTime(view.dueAt)}</time>です。
        <a href={`/requests/${view.id}`}>照会の画面</a>で回答することもできます。
      </p>
      <section aria-labelledby="take-heading">
        <h2 id="take-heading">１　調査票を取得する</h2>
        <p>
          「データ」シートの色の付いた列に記入します。記入の仕方は「記入要領」シートを見てください。照会が更新されると、以前の調査票では提出できません。
        </p>
        <ul>
          {downloads.map(({ format, name }) => (
            <li key={format}>
              <a href={`/api/v1/requests/${view.id}/workbook?format=${format}`}>{name}</a>
            </li>
          ))}
        </ul>
      </section>
      {view.brought === null ? null : <Upload view={view} brought={view.brought} />}
    </>,
  );
};
