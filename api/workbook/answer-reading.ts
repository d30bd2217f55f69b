import type { TableValue } from "../../domain/answer-value.ts";
import type { Says } from "../../domain/says.ts";
import { asIsOf, evidenceOf, type RowEvidence } from "./evidence.ts";
import { answersOf, saysLabels, titles, type Form, type FormItem } from "./form.ts";
import type { RowReading } from "./row-reading.ts";

/** What the row of an item says, in the words of the API. */
export interface ReadAnswer extends RowEvidence {
  readonly item: string;
  readonly says: Says;
  readonly why?: string;
  readonly number?: number;
  readonly unit?: string;
  readonly text: string;
  readonly date?: string;
  readonly choice?: string;
  readonly table?: TableValue;
  readonly availableOn?: string;
  readonly owner?: string;
  readonly explanation?: string;
  readonly asIs?: true;
}

const saysOf = (form: Form, { text, wrong }: RowReading): Says => {
  const label = text(titles.says);
  const says = answersOf(form).find((one) => saysLabels[one] === label);
  if (says === undefined)
    wrong(
      titles.says,
      label === "" ? "記入がありますが、区分が選ばれていません。" : `「${label}」という区分はありません。`,
    );
  return says ?? "value";
};

const whyOf = (form: Form, says: Says, { text, wrong }: RowReading): { readonly why?: string } => {
  const label = text(titles.why);
  if (says !== "unmeasurable") {
    if (label !== "") wrong(titles.why, "理由は、区分が「把握困難」のときだけ記入してください。");
    return {};
  }
  const reason = form.reasons.find((one) => one.label === label);
  if (reason === undefined) wrong(titles.why, "コード表の理由から選んでください。");
  return reason === undefined ? {} : { why: reason.key };
};

/** What is neither number nor text: a day, or one of the options by its name. */
const otherOf = (
  { expects }: FormItem,
  { text, day, wrong }: RowReading,
): { readonly date?: string; readonly choice?: string } => {
  if (expects?.is !== "choice") {
    const date = day(titles.other);
    return date === undefined ? {} : { date };
  }
  const name = text(titles.other);
  if (name === "") return {};
  const option = expects.options.find(({ label }) => label === name);
  if (option === undefined)
    wrong(
      titles.other,
      `選択肢（${expects.options.map(({ label }) => label).join("、")}）から記入してください。`,
    );
  return option === undefined ? {} : { choice: option.key };
};

const ownerOf = ({ owners = [] }: Form, { text, wrong }: RowReading): { readonly owner?: string } => {
  const name = text(titles.owner);
  if (name === "") return {};
  const owner = owners.find((one) => one.name === name);
  if (owner === undefined) wrong(titles.owner, `「${name}」という名称の府省庁はありません。`);
  return owner === undefined ? {} : { owner: owner.value };
};

const besidesOf = (form: Form, reading: RowReading): object => {
  const availableOn = reading.day(titles.availableOn);
  const explanation = reading.text(titles.explanation);
  return {
    ...(availableOn !== undefined && { availableOn }),
    ...ownerOf(form, reading),
    ...(explanation !== "" && { explanation }),
  };
};

/** All but the cells of a table, which stand on rows of their own. */
export const answerOf = (form: Form, item: FormItem, reading: RowReading): ReadAnswer => {
  const says = saysOf(form, reading);
  const number = reading.number(titles.number);
  const unit = reading.text(titles.unit);
  return {
    item: item.id,
    says,
    ...whyOf(form, says, reading),
    ...(number !== undefined && { number }),
    ...(unit !== "" && { unit }),
    text: reading.text(titles.text),
    ...otherOf(item, reading),
    ...besidesOf(form, reading),
    ...evidenceOf(reading),
    ...asIsOf(reading),
  };
};
