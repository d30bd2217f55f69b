import type { Call } from "./door.ts";
import { evidenceIn, evidenceOf } from "./evidence-form.ts";
import { readForm, type FormReading, type Fields } from "./form-fields.ts";
import type { Params, ScreenForm } from "./form-screens.ts";
import { insideForms } from "./inside-forms.ts";

/** The forms of one request: what people type, as the API takes it. */

const ANSWERED = "says:";

/** Items of which the form says something, in its order: their places in the call are theirs here. */
const answeredItems = (fields: Fields): readonly string[] =>
  Object.keys(fields)
    .filter((name) => name.startsWith(ANSWERED) && (fields[name]?.[0] ?? "") !== "")
    .map((name) => name.slice(ANSWERED.length));

/** Half width, without the commas of thousands; undefined for what is no number. */
const numberOf = (typed: string): number | undefined => {
  const plain = typed.normalize("NFKC").replaceAll(/[,\s]/g, "");
  return /^[-+]?(\d+(\.\d*)?|\.\d+)$/.test(plain) ? Number(plain) : undefined;
};

const numberField = (form: FormReading, name: string): { readonly number?: number } => {
  const typed = form.text(name);
  if (typed === "") return {};
  const number = numberOf(typed);
  if (number === undefined) form.wrong(name, "数値は、数字で記入してください（例：1,234.5）。");
  return number === undefined ? {} : { number };
};

const answerOf = (form: FormReading, item: string): object => {
  const says = form.text(`${ANSWERED}${item}`);
  const unit = form.text(`unit:${item}`);
  const given = {
    item,
    says,
    text: form.text(`text:${item}`),
    ...numberField(form, `number:${item}`),
    ...(unit !== "" && { unit }),
    ...evidenceIn(form, item),
  };
  return says === "unmeasurable" ? { ...given, why: form.picked(`why:${item}`, "把握困難の理由") } : given;
};

/** Something was typed for an item and nothing said about what it is: it must not get lost in silence. */
const noticeUnsaid = (form: FormReading, fields: Fields): void => {
  for (const name of Object.keys(fields).filter((one) => one.startsWith("text:"))) {
    const item = name.slice("text:".length);
    const changed = ["text", "number", "unit"].some(
      (part) => form.text(`${part}:${item}`) !== form.text(`was-${part}:${item}`),
    );
    if (changed && form.text(`${ANSWERED}${item}`) === "")
      form.wrong(
        `${ANSWERED}${item}`,
        "記入がありますが、回答の区分が選ばれていません。区分を選んでください。",
      );
  }
};

const requestPath = ({ id = "" }: Params): string => `/requests/${encodeURIComponent(id)}`;

const answers: ScreenForm = {
  name: "answers",
  brings: "evidence",
  attaching: evidenceOf,
  leads: "to-receipt",
  call: (fields, params) => {
    const form = readForm(fields);
    noticeUnsaid(form, fields);
    const given = answeredItems(fields).map((item) => answerOf(form, item));
    const body = { answers: given };
    return form.calling({ path: `${requestPath(params)}/answers`, body, ifMatch: form.text("revision") });
  },
  fieldOf: (pointer, fields) => {
    const [, , place = "", part = ""] = pointer.split("/");
    return `${part}:${answeredItems(fields)[Number(place)] ?? ""}`;
  },
};

/** The same fields, for another act: prepared inside the organisation, or entered in its place. */
const asAnswers = (name: string, more: (form: FormReading) => object = () => ({})): ScreenForm => ({
  ...answers,
  name,
  leads: "to-receipt",
  call: (fields, params, file) => {
    const form = readForm(fields);
    const besides = more(form);
    const call = answers.call(fields, params, file);
    const own = form.calling({ path: "", body: {} });
    const mistakes = [
      ...("mistakes" in own ? own.mistakes : []),
      ...("mistakes" in call ? call.mistakes : []),
    ];
    if (mistakes.length > 0 || "mistakes" in call) return { mistakes };
    return { ...call, path: `${requestPath(params)}/${name}`, body: { ...call.body, ...besides } };
  },
});

const preparation = asAnswers("preparation");

/** 代理入力, on a screen of its own. */
export const entryForm: ScreenForm = asAnswers("entry", (form) => ({
  of: form.picked("of", "依頼した方"),
  reason: form.needed("reason", "代理で入力する理由"),
}));

/** So many opinions have room on one form; more can be sent with the next. */
export const OPINIONS_ON_FORM = 10;

const opinionPlaces = Array.from({ length: OPINIONS_ON_FORM }, (_, n) => String(n + 1));

const opinionsOf = (form: FormReading): readonly object[] =>
  opinionPlaces.flatMap((n) => {
    const [section, text, proposal] = ["section", "text", "proposal"].map((part) =>
      form.text(`${part}:${n}`),
    );
    if (text === "" && proposal === "") return [];
    if (text === "") form.wrong(`text:${n}`, "修正文案だけでなく、意見の内容を記入してください。");
    return [{ section: section || null, text, proposal: proposal || null }];
  });

const opinions: ScreenForm = {
  name: "opinions",
  leads: "to-receipt",
  call: (fields, params) => {
    const form = readForm(fields);
    const says = form.picked("says", "意見の有無");
    const item = `${params["id"] ?? ""}/opinion`;
    const written = opinionsOf(form);
    if (says === "value" && written.length === 0) form.wrong("text:1", "意見の内容を記入してください。");
    if (says === "nil" && written.length > 0)
      form.wrong(
        "says",
        "「意見なし」が選ばれていますが、意見が記入されています。どちらかを直してください。",
      );
    const answer = { item, says, text: "", ...(says === "value" && { opinions: written }) };
    const body = { answers: [answer] };
    return form.calling({ path: `${requestPath(params)}/answers`, body, ifMatch: form.text("revision") });
  },
};

const extension: ScreenForm = {
  name: "extension",
  leads: "to-receipt",
  call: (fields, params) => {
    const form = readForm(fields);
    const body = { dueOn: form.needed("dueOn", "希望する期限"), reason: form.needed("reason", "理由") };
    return form.calling({ path: `${requestPath(params)}/extension`, body });
  },
};

/** The hash of what the reviewer had before him stands in the box he ticks. */
const reviewed = (boxes: readonly string[]): readonly object[] =>
  boxes.map((box) => {
    const cut = box.lastIndexOf(" ");
    return { item: box.slice(0, cut), hash: box.slice(cut + 1) };
  });

const review: ScreenForm = {
  name: "review",
  leads: "back",
  call: (fields, params): ReturnType<ScreenForm["call"]> => {
    const form = readForm(fields);
    const items = reviewed(form.ticked("items", "回答"));
    const path = requestPath(params);
    if (form.text("do") === "accept") return form.calling({ path: `${path}/acceptance`, body: { items } });
    const body = { items, reason: form.needed("reason", "差戻しの理由") };
    return form.calling({ path: `${path}/return`, body });
  },
};

const giveUp: ScreenForm = {
  name: "give-up",
  leads: "back",
  call: (fields, params) => {
    const form = readForm(fields);
    const body = {
      items: form.ticked("items", "照会項目"),
      reason: form.needed("reason", "未把握とする理由"),
    };
    return form.calling({ path: `${requestPath(params)}/give-up`, body });
  },
};

const decideExtension: ScreenForm = {
  name: "extension-decision",
  leads: "back",
  call: (fields, params): Call | ReturnType<FormReading["calling"]> => {
    const form = readForm(fields);
    const path = requestPath(params);
    if (form.text("do") === "grant") return { path: `${path}/extension/grant`, body: {} };
    const body = { reason: form.needed("reason", "認めない理由") };
    return form.calling({ path: `${path}/extension/refusal`, body });
  },
};

export const requestForms: readonly ScreenForm[] = [
  answers,
  preparation,
  ...insideForms,
  opinions,
  extension,
  review,
  giveUp,
  decideExtension,
];
