import type { Says } from "../../domain/says.ts";
import type { InnerWork } from "../../domain/inner-work.ts";
import type { Instant, PlainDate } from "../../domain/time.ts";
import { Caused, CausedAt } from "./caused.tsx";
import {
  ActForm,
  fieldId,
  formOf,
  LineField,
  SelectField,
  Send,
  type Form,
  type FormsView,
  type Option,
} from "./form.tsx";
import { pageField, type ItemPages } from "./item-pages.tsx";
import { Verdict } from "./verdict.tsx";
import { saysNames } from "./words.ts";

/** 組織内の手順 as the organisation itself sees it: how far an item's next answer has come. */
export interface InsideView {
  readonly is: InnerWork["is"];
  readonly officer: string;
  readonly dueAt: Instant;
  /** The address of the event that made it so; null for who may not read the record. */
  readonly caused: string | null;
  readonly late: boolean;
  /** What was prepared; null before anything was. */
  readonly prepared: {
    readonly by: string;
    readonly says: Says;
    /** With 把握困難: the reason's name. */
    readonly why: string | null;
    readonly value: string | null;
    readonly text: string;
    readonly hash: string;
  } | null;
  readonly signedBy: string | null;
  /** Of a return inside. */
  readonly reason: string | null;
}
const insideNames: Readonly<Record<InnerWork["is"], string>> = {
  allocated: "作成待ち",
  prepared: "組織内の確認待ち",
  "sent-back": "組織内の差戻し",
  "signed-off": "確認済み・提出待ち",
};

export const Inside = ({ inside }: { readonly inside: InsideView }) => (
  <div class="inside">
    <p>
      <Caused by={inside.caused}>
        <span class="tag" data-inside={inside.is}>
          {insideNames[inside.is]}
        </span>
      </Caused>{" "}
      担当：{inside.officer}　組織内の期限：
      <CausedAt at={inside.dueAt} by={inside.caused} />
      {inside.late ? <span class="tag tag-late">期限後</span> : null}
    </p>
    {inside.reason === null ? null : <p class="notice">組織内の差戻しの理由：{inside.reason}</p>}
    {inside.prepared === null ? null : (
      <dl class="facts facts-lines">
        <div>
          <dt>回答案（未提出）</dt>
          <dd>
            {saysNames[inside.prepared.says]}
            {inside.prepared.why === null ? "" : `（${inside.prepared.why}）`}
            {inside.prepared.value === null ? null : (
              <>
                　<strong>{inside.prepared.value}</strong>
              </>
            )}
            <span class="prose">{inside.prepared.text}</span>
          </dd>
        </div>
        <div>
          <dt>作成</dt>
          <dd>{inside.prepared.by}</dd>
        </div>
        {inside.signedBy === null ? null : (
          <div>
            <dt>確認</dt>
            <dd>{inside.signedBy}</dd>
          </div>
        )}
      </dl>
    )}
  </div>
);

export interface Choice {
  /** What the box stands for. */
  readonly value: string;
  readonly number: number;
  readonly text: string;
}
/** What the reader's posts let him do inside his organisation; null where nothing. */
export interface InsideForms {
  readonly allocating: {
    readonly choices: readonly Choice[];
    readonly officers: readonly Option[];
    readonly latestOn: PlainDate;
  } | null;
  readonly reviewing: { readonly choices: readonly Choice[] } | null;
  readonly submitting: { readonly choices: readonly Choice[] } | null;
}

const Boxes = ({
  form,
  legend,
  choices,
  chosen = false,
}: {
  readonly form: Form;
  readonly legend: string;
  readonly choices: readonly Choice[];
  readonly chosen?: boolean;
}) => {
  const mistake = form.mistakeOf("items");
  return (
    <fieldset class="field">
      <legend class="field-label">{legend}</legend>
      {mistake === null ? null : (
        <p class="mistake">
          <span class="mistake-word">誤り</span> {mistake}
        </p>
      )}
      {choices.map(({ value, number, text }, n) => (
        <label key={value} class="check">
          <input
            type="checkbox"
            id={n === 0 ? fieldId(form.name, "items") : undefined}
            name="items"
            value={value}
            checked={form.has("items", value, chosen)}
          />
          <span>
            {number}　{text}
          </span>
        </label>
      ))}
    </fieldset>
  );
};

interface OfRequest {
  readonly request: string;
  readonly pages: ItemPages;
  readonly forms: FormsView;
}

const AllocationForm = ({
  request,
  forms,
  choices,
  officers,
  latestOn,
}: OfRequest & NonNullable<InsideForms["allocating"]>) => {
  const form = formOf(forms, "allocation");
  return (
    <section class="panel" aria-labelledby="allocation-heading">
      <h3 id="allocation-heading">担当者への割当て</h3>
      <ActForm form={form} action={`/requests/${request}`} label="担当者への割当て">
        <Boxes form={form} legend="割り当てる照会項目" choices={choices} />
        <SelectField
          form={form}
          name="officer"
          label="担当者"
          options={officers}
          none="選んでください"
          needed
        />
        <LineField
          form={form}
          name="dueOn"
          label="組織内の期限"
          kind="date"
          value={latestOn}
          needed
          hint="照会の期限までの開庁日。過ぎると、担当者に督促のメールが届きます。"
        />
        <p>
          <Send>割り当てる</Send>
        </p>
      </ActForm>
    </section>
  );
};

const SignOffForm = ({
  request,
  forms,
  choices,
  pages,
}: OfRequest & NonNullable<InsideForms["reviewing"]>) => {
  const form = formOf(forms, "sign-off");
  return (
    <ActForm form={form} action={`/requests/${request}`} label="回答案の確認" hidden={pageField(pages)}>
      <Boxes form={form} legend="確認する回答案" choices={choices} />
      <Verdict
        form={form}
        id="sign-off"
        heading="選んだ回答案の扱い"
        onward={{ choice: "sign-off", label: "確認済みとする" }}
        hint="差し戻す場合に記入してください。担当者へのメールに記載されます。事務局には届きません。"
      />
    </ActForm>
  );
};

const SubmissionForm = ({ request, forms, choices }: OfRequest & NonNullable<InsideForms["submitting"]>) => {
  const form = formOf(forms, "submission");
  return (
    <section class="panel" aria-labelledby="submission-heading">
      <h3 id="submission-heading">確認済みの回答の提出</h3>
      <ActForm form={form} action={`/requests/${request}`} label="確認済みの回答の提出">
        <Boxes form={form} legend="提出する回答" choices={choices} chosen />
        <p class="send">
          <Send>事務局に提出する</Send>
        </p>
      </ActForm>
    </section>
  );
};

/** 組織内の手順: what each post of an organisation does that answers in several steps. */
export const InsideActs = ({ inside, ...of }: OfRequest & { readonly inside: InsideForms }) => (
  <section aria-labelledby="inside-heading">
    <h2 id="inside-heading">組織内の手順</h2>
    <p class="lead">
      窓口が割り当て、担当者が回答案を作成し、確認者が確認したものを、窓口が提出します。提出するまでは、組織の外からは見えません。
    </p>
    {inside.allocating === null ? null : <AllocationForm {...of} {...inside.allocating} />}
    {inside.reviewing === null ? null : <SignOffForm {...of} {...inside.reviewing} />}
    {inside.submitting === null ? null : <SubmissionForm {...of} {...inside.submitting} />}
  </section>
);
