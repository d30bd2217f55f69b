import { readForm, type FormReading } from "./form-fields.ts";
import type { Params, ScreenForm } from "./form-screens.ts";

/** The forms of a survey's screen, as calls of the API. */

const pathOf = ({ id = "" }: Params): string => `/surveys/${encodeURIComponent(id)}`;

const linesOf = (text: string): readonly string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

const SOURCE = /^(\d{4}-\d{2}-\d{2})[ 　]+(.+)$/;

/** One source a line: its date, a blank, what it is called. */
const sourcesIn = (form: FormReading, field: string): readonly { title: string; on: string }[] =>
  linesOf(form.text(field)).flatMap((line) => {
    const [, on, title] = SOURCE.exec(line) ?? [];
    if (on !== undefined && title !== undefined) return [{ title, on }];
    form.wrong(field, `「${line}」を、日付（2015-05-11の形）、空白、資料名の順に書き直してください。`);
    return [];
  });

const method: ScreenForm = {
  name: "method",
  does: "survey.plan",
  leads: "back",
  call: (fields, params) => {
    const form = readForm(fields);
    const chosen = form.text("method");
    const respondents = form.all("respondents");
    const questions = linesOf(form.text("questions"));
    const body = {
      text: form.needed("text", "方法"),
      dueOn: form.needed("dueOn", "結果の期限"),
      ...(chosen !== "" && { method: chosen }),
      ...(respondents.length > 0 && { respondents }),
      ...(questions.length > 0 && { questions }),
    };
    return form.calling({ path: `${pathOf(params)}/method`, body });
  },
};

const step: ScreenForm = {
  name: "step",
  does: "survey.step",
  leads: "back",
  call: (fields, params) => {
    const form = readForm(fields);
    const sources = sourcesIn(form, "sources");
    if (form.text("needsSources") !== "" && form.text("sources") === "")
      form.wrong("sources", "出典を一つ以上記入してください。");
    const body = {
      step: form.text("step"),
      on: form.needed("on", "行った日"),
      text: form.needed("text", "記録"),
      ...(sources.length > 0 && { sources }),
    };
    return form.calling({ path: `${pathOf(params)}/steps`, body });
  },
};

const valueIn = (form: FormReading): { number: number; unit: string } | undefined => {
  const [number, unit] = [form.text("number"), form.text("unit")];
  if (number === "" && unit === "") return undefined;
  if (!/^-?\d+(\.\d+)?$/.test(number)) form.wrong("number", "値を半角の数字で記入してください。");
  if (unit === "") form.wrong("unit", "単位を記入してください。");
  return { number: Number(number), unit };
};

const conclusion: ScreenForm = {
  name: "conclusion",
  does: "survey.conclude",
  leads: "back",
  call: (fields, params) => {
    const form = readForm(fields);
    const outcome = form.picked("outcome", "結果の区分");
    const reason = form.text("reason");
    if (outcome === "impossible" && reason === "")
      form.wrong("reason", "把握できなかった理由を記入してください。");
    const [grade, value, references] = [form.text("grade"), valueIn(form), sourcesIn(form, "references")];
    const body = {
      outcome,
      text: form.needed("text", "結果"),
      limits: form.text("limits"),
      ...(grade !== "" && { grade }),
      ...(value !== undefined && { value }),
      ...(references.length > 0 && { references }),
      ...(reason !== "" && { reason }),
    };
    return form.calling({ path: `${pathOf(params)}/conclusion`, body });
  },
};

const change: ScreenForm = {
  name: "change",
  does: "survey.change",
  leads: "back",
  call: (fields, params) => {
    const form = readForm(fields);
    const body = {
      title: form.needed("title", "名称"),
      scope: form.needed("scope", "調査の範囲"),
      items: form.ticked("items", "対象の照会項目"),
      reason: form.needed("reason", "変更の理由"),
    };
    return form.calling({ path: `${pathOf(params)}/change`, body });
  },
};

const merge: ScreenForm = {
  name: "merge",
  does: "survey.merge",
  leads: "back",
  call: (fields, params) => {
    const form = readForm(fields);
    const body = {
      from: form.picked("from", "統合される調査"),
      reason: form.needed("reason", "統合の理由"),
    };
    return form.calling({ path: `${pathOf(params)}/merge`, body });
  },
};

const stop: ScreenForm = {
  name: "stop",
  does: "survey.stop",
  leads: "back",
  call: (fields, params) => {
    const form = readForm(fields);
    const body = { reason: form.needed("reason", "中止の理由") };
    return form.calling({ path: `${pathOf(params)}/stop`, body });
  },
};

/** 調査中に届いた回答: those of one request at a time, as that request decides on them. */
const late: ScreenForm = {
  name: "late",
  does: ["request.take-late", "request.leave-late"],
  leads: "back",
  call: (fields) => {
    const form = readForm(fields);
    const items = form.ticked("items", "回答").map((value) => {
      const [item = "", hash = ""] = value.split(" ");
      return { item, hash };
    });
    const requests = [...new Set(items.map(({ item }) => item.slice(0, item.indexOf("/"))))];
    if (requests.length > 1) form.wrong("items", "一つの照会への回答だけを選んでください。");
    const takes = form.text("do") === "take";
    const reason = takes ? "" : form.needed("reason", "採用しない理由");
    const path = `/requests/${encodeURIComponent(requests[0] ?? "")}/late-answers/${takes ? "taken" : "left"}`;
    return form.calling({ path, body: { items, ...(!takes && { reason }) } });
  },
};

export const surveyForms: readonly ScreenForm[] = [method, step, conclusion, change, merge, stop, late];
