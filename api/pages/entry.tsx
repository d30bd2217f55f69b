import type { VNode } from "preact";
import { AnswerInputs } from "./answer-form.tsx";
import { Crumbs } from "./crumbs.tsx";
import { ActForm, formOf, ReasonField, SelectField, Send, type Option } from "./form.tsx";
import { pageField, PagesNav } from "./item-pages.tsx";
import { layout } from "./layout.tsx";
import { Item } from "./request-item.tsx";
import type { RequestView } from "./request.tsx";
import { Outcome } from "./tried.tsx";

export interface EntryView extends Pick<
  RequestView,
  "frame" | "forms" | "id" | "cycle" | "organisation" | "kind" | "items" | "pages" | "revision"
> {
  /** Who of the organisation can have asked for it. */
  readonly contacts: readonly Option[];
  readonly reasons: readonly Option[];
  readonly owners: readonly Option[];
}

/** GET /requests/{id}/on-behalf: what an organisation has said in another way, entered by the secretariat. */
export const entryPage = (view: EntryView): VNode => {
  const form = formOf(view.forms, "entry");
  const title = `${view.organisation}の回答の代理入力`;
  return layout(
    title,
    view.frame,
    <>
      <Crumbs cycle={view.cycle} between={[{ href: `/requests/${view.id}`, name: "照会" }]} here={title} />
      <h1>{title}</h1>
      <Outcome forms={view.forms} />
      <p class="lead">
        府省庁から電話や紙で受けた回答を、事務局が代わりに入力します。入力した人と依頼した方の両方が記録に残り、府省庁にメールで知らせます。入力した回答は、ほかの起案担当が受領してください。
      </p>
      <ActForm
        form={form}
        action={`/requests/${view.id}/on-behalf`}
        label="回答の代理入力"
        hidden={{ revision: view.revision, ...pageField(view.pages) }}
        withFile
      >
        <SelectField
          form={form}
          name="of"
          label="依頼した方"
          options={view.contacts}
          none="選んでください"
          needed
        />
        <ReasonField
          form={form}
          label="代理で入力する理由"
          hint="府省庁へのメールにそのまま記載されます。例：電話により回答を受けたため。"
        />
        <PagesNav frame={view.frame} pages={view.pages} label="照会項目の頁" />
        {view.items.map((item) => (
          <Item key={item.id} item={item} kind={view.kind}>
            <AnswerInputs
              item={item}
              kind={view.kind}
              form={form}
              reasons={view.reasons}
              owners={view.owners}
            />
          </Item>
        ))}
        <p class="send">
          <Send>代理で入力する</Send>
        </p>
      </ActForm>
    </>,
  );
};
