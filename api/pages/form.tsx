import type { ComponentChildren } from "preact";
import type { FieldMistake, Fields } from "../form-fields.ts";
import type { Instant } from "../../domain/time.ts";
import type { DoneAct } from "./done.tsx";
import { PostForm } from "./post-form.tsx";

/** A form that was sent and refused, with everything that was typed. */
export interface Tried {
  readonly form: string;
  readonly fields: Fields;
  readonly title: string;
  readonly detail: string;
  readonly status: number;
  readonly code: string;
  readonly mistakes: readonly FieldMistake[];
}
/** What the forms of a screen start with. */
export interface FormsView {
  /** Of this rendering: each of its forms counts once, however often it is sent. */
  readonly key: string;
  readonly tried: Tried | null;
  /** What led back here. */
  readonly done: DoneAct | null;
  /** 下書き: what stood in one of them when its writer last saved it. Absent where nothing is kept. */
  readonly draft?: { readonly form: string; readonly fields: Fields; readonly savedAt: Instant };
}

/** One form of the screen: what stands in its fields, and what is wrong with them. */
export interface Form {
  readonly name: string;
  readonly key: string;
  readonly tried: boolean;
  readonly valueOf: (field: string, before?: string) => string;
  readonly has: (field: string, value: string, before?: boolean) => boolean;
  readonly mistakeOf: (field: string) => string | null;
}

export const formOf = ({ key, tried, draft }: FormsView, name: string): Form => {
  const own = tried?.form === name ? tried : null;
  const kept = draft?.form === name ? draft.fields : {};
  return {
    name,
    key: `${key}-${name}`,
    tried: own !== null,
    valueOf: (field, before = "") =>
      own === null ? (kept[field]?.[0] ?? before) : (own.fields[field]?.[0] ?? ""),
    has: (field, value, before = false) =>
      own === null ? (kept[field]?.includes(value) ?? before) : (own.fields[field]?.includes(value) ?? false),
    mistakeOf: (field) => own?.mistakes.find((mistake) => mistake.field === field)?.message ?? null,
  };
};

/** Where the summary's links lead. */
export const fieldId = (form: string, field: string): string => `${form}-${field.replaceAll(/[^\w]/g, "-")}`;

/** Sent by a button, with or without JavaScript. What is wrong is said by the service, beside the fields. */
export const ActForm = ({
  form,
  action,
  label,
  hidden = {},
  withFile = false,
  children,
}: {
  readonly form: Form;
  /** The screen's address. */
  readonly action: string;
  readonly label: string;
  readonly hidden?: Readonly<Record<string, string>>;
  readonly withFile?: boolean;
  readonly children: ComponentChildren;
}) => (
  <PostForm
    name="act"
    action={`${action}/${form.name}`}
    label={label}
    encType={withFile ? "multipart/form-data" : undefined}
  >
    <input type="hidden" name="key" value={form.key} />
    {/* What the return key presses: the form's first button, and no file's. */}
    {withFile ? <button type="submit" hidden /> : null}
    {Object.entries(hidden).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ))}
    {children}
  </PostForm>
);

interface FieldOf {
  readonly form: Form;
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly needed?: boolean;
}

const Label = ({ form, name, label, needed = false }: FieldOf) => (
  <label class="field-label" for={fieldId(form.name, name)}>
    {label}
    {needed ? <span class="needed">必須</span> : null}
  </label>
);

const Help = ({ form, name, hint }: FieldOf) => {
  const mistake = form.mistakeOf(name);
  return (
    <>
      {hint === undefined ? null : (
        <p class="hint" id={`${fieldId(form.name, name)}-hint`}>
          {hint}
        </p>
      )}
      {mistake === null ? null : (
        <p class="mistake" id={`${fieldId(form.name, name)}-mistake`}>
          <span class="mistake-word">誤り</span> {mistake}
        </p>
      )}
    </>
  );
};

const described = ({ form, name, hint, needed = false }: FieldOf) => {
  const id = fieldId(form.name, name);
  const wrong = form.mistakeOf(name) !== null;
  const by = [...(hint === undefined ? [] : [`${id}-hint`]), ...(wrong ? [`${id}-mistake`] : [])].join(" ");
  return {
    id,
    name,
    "aria-describedby": by === "" ? undefined : by,
    "aria-invalid": wrong ? ("true" as const) : undefined,
    "aria-required": needed ? ("true" as const) : undefined,
  };
};

export const LineField = ({
  kind = "text",
  value = "",
  list,
  ...field
}: FieldOf & {
  readonly kind?: "text" | "date" | "decimal";
  readonly value?: string;
  /** Id of a datalist that knows what can be typed. */
  readonly list?: string;
}) => (
  <div class="field" data-kind={kind}>
    <Label {...field} />
    <Help {...field} />
    {kind === "date" ? (
      <input {...described(field)} type="date" value={field.form.valueOf(field.name, value)} />
    ) : (
      <input
        {...described(field)}
        type="text"
        inputMode={kind === "decimal" ? "decimal" : undefined}
        autoComplete="off"
        list={list}
        value={field.form.valueOf(field.name, value)}
      />
    )}
  </div>
);

export const ProseField = ({
  rows = 4,
  value = "",
  ...field
}: FieldOf & { readonly rows?: number; readonly value?: string }) => (
  <div class="field">
    <Label {...field} />
    <Help {...field} />
    {/* HTML drops one line break at the beginning of a textarea, so it gets one to drop. */}
    <textarea {...described(field)} rows={rows}>{`\n${field.form.valueOf(field.name, value)}`}</textarea>
  </div>
);

export interface Option {
  readonly value: string;
  readonly name: string;
  readonly note?: string | undefined;
}

export const SelectField = ({
  options,
  value = "",
  none,
  ...field
}: FieldOf & { readonly options: readonly Option[]; readonly value?: string; readonly none: string }) => {
  const chosen = field.form.valueOf(field.name, value);
  return (
    <div class="field">
      <Label {...field} />
      <Help {...field} />
      <select {...described(field)}>
        <option value="">{none}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === chosen}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  );
};

/** One of several. The first one is where the summary leads. */
export const RadioField = ({
  options,
  value = "",
  ...field
}: FieldOf & { readonly options: readonly Option[]; readonly value?: string }) => {
  const { form, name, label, needed = false } = field;
  const chosen = form.valueOf(name, value);
  const id = fieldId(form.name, name);
  const { "aria-describedby": by } = described(field);
  return (
    <fieldset class="field radios" aria-describedby={by}>
      <legend class="field-label">
        {label}
        {needed ? <span class="needed">必須</span> : null}
      </legend>
      <Help {...field} />
      <div class="radio-row">
        {options.map((option, n) => (
          <label key={option.value} class="radio">
            <input
              type="radio"
              id={n === 0 ? id : undefined}
              name={name}
              value={option.value}
              checked={option.value === chosen}
            />
            <span>
              {option.name}
              {option.note === undefined ? null : <span class="radio-note">{option.note}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
};

/** A file is never kept in the form: it is chosen anew. */
export const FileField = ({ accept, ...field }: FieldOf & { readonly accept: string }) => (
  <div class="field">
    <Label {...field} />
    <Help {...field} />
    <input {...described(field)} type="file" accept={accept} />
  </div>
);

/** 理由: printed in mails and in the report. */
export const ReasonField = ({
  form,
  label = "理由",
  hint,
  needed = true,
}: {
  readonly form: Form;
  readonly label?: string;
  readonly hint?: string;
  readonly needed?: boolean;
}) => (
  <ProseField
    form={form}
    name="reason"
    label={label}
    needed={needed}
    rows={3}
    {...(hint !== undefined && { hint })}
  />
);

export const Send = ({
  children,
  quiet = false,
  choice,
}: {
  readonly children: ComponentChildren;
  readonly quiet?: boolean;
  /** Sent as `do`, where a form has several buttons. */
  readonly choice?: string;
}) => (
  <button
    class={`button ${quiet ? "button-quiet" : "button-main"}`}
    type="submit"
    {...(choice !== undefined && { name: "do", value: choice })}
  >
    {children}
  </button>
);
