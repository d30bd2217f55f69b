import {
  ActForm,
  fieldId,
  formOf,
  ReasonField,
  SelectField,
  Send,
  type FormsView,
  type Option,
} from "./form.tsx";
import { pageField, type ItemPages } from "./item-pages.tsx";
import type { ItemView } from "./request-item.tsx";
import { itemStateNames } from "./words.ts";

interface AgainForms {
  readonly request: string;
  readonly pages: ItemPages;
  readonly forms: FormsView;
  readonly items: readonly ItemView[];
}

/** One box an item; what a box stands for is what the form sends. */
const Boxes = ({
  form,
  boxes,
}: {
  readonly form: ReturnType<typeof formOf>;
  readonly boxes: readonly { readonly value: string; readonly name: string }[];
}) => (
  <fieldset class="field">
    <legend class="field-label">対象の照会項目</legend>
    {boxes.map(({ value, name }, n) => (
      <label key={value} class="check">
        <input
          type="checkbox"
          id={n === 0 ? fieldId(form.name, "items") : undefined}
          name="items"
          value={value}
          checked={form.has("items", value)}
        />
        <span>{name}</span>
      </label>
    ))}
  </fieldset>
);

/** 所管の付替え: what was answered as 所管外 is asked of another; insisting is returning it with the reason. */
export const ReassignmentForm = ({
  request,
  forms,
  pages,
  items,
  owners,
}: AgainForms & { readonly owners: readonly Option[] }) => {
  const form = formOf(forms, "reassignment");
  const boxes = items.flatMap(({ id, number, text, reviewable, versions: [newest] }) =>
    reviewable !== null && newest?.says === "not-applicable"
      ? [{ value: `${id} ${reviewable}`, name: `${number}　${text}　${newest.besides.join("　")}` }]
      : [],
  );
  return boxes.length === 0 ? null : (
    <details class="again" open={form.tried}>
      <summary>所管外と回答された項目を付け替える</summary>
      <ActForm form={form} action={`/requests/${request}`} label="所管の付替え" hidden={pageField(pages)}>
        <p class="hint">
          付け替える先の府省庁に、同じ事項を新たに照会します。この府省庁の所管と考える場合は、理由を付して差し戻してください。
        </p>
        <Boxes form={form} boxes={boxes} />
        <SelectField
          form={form}
          name="to"
          label="付け替える先"
          options={owners}
          none="選んでください"
          needed
        />
        <p>
          <Send quiet>付け替える</Send>
        </p>
      </ActForm>
    </details>
  );
};

/** 再開: settled items, these and no others. */
export const ReopeningForm = ({ request, forms, pages, items }: AgainForms) => {
  const form = formOf(forms, "reopening");
  const boxes = items.flatMap(({ id, number, text, is, until }) =>
    until === null ? [{ value: id, name: `${number}　${text}（${itemStateNames[is]}）` }] : [],
  );
  return boxes.length === 0 ? null : (
    <details class="again" open={form.tried}>
      <summary>確定した項目を再開する</summary>
      <ActForm
        form={form}
        action={`/requests/${request}`}
        label="確定した項目の再開"
        hidden={pageField(pages)}
      >
        <Boxes form={form} boxes={boxes} />
        <ReasonField form={form} label="再開の理由" hint="府省庁へのメールにそのまま記載されます。" />
        <p>
          <Send quiet>再開する</Send>
        </p>
      </ActForm>
    </details>
  );
};
