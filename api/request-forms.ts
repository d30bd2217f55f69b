import { againForms } from "./again-forms.ts";
import { answerIn } from "./answer-fields.ts";
import type { Call } from "./door.ts";
import { reviewedIn } from "./reviewed.ts";
import { evidenceOf } from "./evidence-form.ts";
import { readForm, type FormReading, type Fields } from "./form-fields.ts";
import type { Params, ScreenForm } from "./form-screens.ts";
import { opinions } from "./opinion-forms.ts";
import { insideForms } from "./inside-forms.ts";

/** The forms of one request: what people type, as the API takes it. */

const ANSWERED = "says:";

/** Items of which the form says something, in its order: their places in the call are theirs here. */
const answeredItems = (fields: Fields): readonly string[] =>
  Object.keys(fields)
    .filter((name) => name.startsWith(ANSWERED) && (fields[name]?.[0] ?? "") !== "")
    .map((name) => name.slice(ANSWERED.length));

/** Something was typed for an item and nothing said about what it is: it must not get lost in silence. */
const noticeUnsaid = (form: FormReading, fields: Fields): void => {
  for (const name of Object.keys(fields).filter((one) => one.startsWith("text:"))) {
    const item = name.slice("text:".length);
    const started = Object.keys(fields).filter((one) => one.startsWith("was-") && one.endsWith(`:${item}`));
    const changed = started
      .map((was) => [was, was.slice("was-".length)] as const)
      .some(([was, now]) => fields[now] !== undefined && form.text(now) !== form.text(was));
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
  does: "request.submit",
  brings: "evidence",
  attaching: evidenceOf,
  leads: "to-receipt",
  call: (fields, params) => {
    const form = readForm(fields);
    noticeUnsaid(form, fields);
    const given = answeredItems(fields).map((item) => answerIn(form, fields, item));
    const body = { answers: given };
    return form.calling({ path: `${requestPath(params)}/answers`, body, ifMatch: form.text("revision") });
  },
  fieldOf: (pointer, fields) => {
    const [, , place = "", part = ""] = pointer.split("/");
    return `${part}:${answeredItems(fields)[Number(place)] ?? ""}`;
  },
};

/** The same fields, for another act: prepared inside the organisation, or entered in its place. */
const asAnswers = (
  { name, does }: Pick<ScreenForm, "name" | "does">,
  more: (form: FormReading) => object = () => ({}),
): ScreenForm => ({
  ...answers,
  name,
  does,
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

const preparation = asAnswers({ name: "preparation", does: "request.prepare" });

/** 代理入力, on a screen of its own. */
export const entryForm: ScreenForm = asAnswers({ name: "entry", does: "request.enter" }, (form) => ({
  of: form.picked("of", "依頼した方"),
  reason: form.needed("reason", "代理で入力する理由"),
}));

const extension: ScreenForm = {
  name: "extension",
  does: "request.ask-extension",
  leads: "to-receipt",
  call: (fields, params) => {
    const form = readForm(fields);
    const body = { dueOn: form.needed("dueOn", "希望する期限"), reason: form.needed("reason", "理由") };
    return form.calling({ path: `${requestPath(params)}/extension`, body });
  },
};

/** Each with the reason that was written beside it, where one was. */
const returned = (form: FormReading, boxes: readonly string[]) =>
  boxes.map((box) => {
    const { item, hash } = reviewedIn(box);
    const reason = form.text(`reason:${item}`);
    return { item, hash, ...(reason !== "" && { reason }) };
  });

const review: ScreenForm = {
  name: "review",
  does: ["request.accept", "request.return"],
  leads: "back",
  call: (fields, params): ReturnType<ScreenForm["call"]> => {
    const form = readForm(fields);
    const boxes = form.ticked("items", "回答");
    const path = requestPath(params);
    if (form.text("do") === "accept") {
      const asFinal = form.text("asFinal") === "" ? {} : { asFinal: true };
      return form.calling({ path: `${path}/acceptance`, body: { items: boxes.map(reviewedIn), ...asFinal } });
    }
    const items = returned(form, boxes);
    // One reason for all is needed only where some have none of their own.
    const isEach = items.every((one) => "reason" in one);
    const common = isEach ? form.text("reason") : form.needed("reason", "差戻しの理由");
    const body = { items, ...(common !== "" && { reason: common }) };
    return form.calling({ path: `${path}/return`, body });
  },
};

const giveUp: ScreenForm = {
  name: "give-up",
  does: "request.give-up",
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
  does: ["request.grant-extension", "request.refuse-extension"],
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
  ...againForms,
  decideExtension,
];
