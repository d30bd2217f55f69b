import { readForm } from "./form-fields.ts";
import type { Params, ScreenForm } from "./form-screens.ts";

/** The forms of a request by which its answers go from hand to hand inside an organisation. */

const requestPath = ({ id = "" }: Params): string => `/requests/${encodeURIComponent(id)}`;

/** The hash of what was read stands in the box that is ticked. */
const read = (boxes: readonly string[]): readonly object[] =>
  boxes.map((box) => {
    const cut = box.lastIndexOf(" ");
    return { item: box.slice(0, cut), hash: box.slice(cut + 1) };
  });

const allocation: ScreenForm = {
  name: "allocation",
  does: "request.allocate",
  leads: "back",
  call: (fields, params) => {
    const form = readForm(fields);
    const body = {
      items: form.ticked("items", "照会項目"),
      officer: form.picked("officer", "担当者"),
      dueOn: form.needed("dueOn", "組織内の期限"),
    };
    return form.calling({ path: `${requestPath(params)}/allocation`, body });
  },
};

const signOff: ScreenForm = {
  name: "sign-off",
  does: ["request.sign-off", "request.send-back"],
  leads: "back",
  call: (fields, params): ReturnType<ScreenForm["call"]> => {
    const form = readForm(fields);
    const items = read(form.ticked("items", "回答案"));
    const path = requestPath(params);
    if (form.text("do") === "sign-off") return form.calling({ path: `${path}/sign-off`, body: { items } });
    const body = { items, reason: form.needed("reason", "差戻しの理由") };
    return form.calling({ path: `${path}/send-back`, body });
  },
};

const submission: ScreenForm = {
  name: "submission",
  does: "request.submit",
  leads: "to-receipt",
  call: (fields, params) => {
    const form = readForm(fields);
    const body = { items: read(form.ticked("items", "回答")) };
    return form.calling({ path: `${requestPath(params)}/submission`, body });
  },
};

export const insideForms: readonly ScreenForm[] = [allocation, signOff, submission];
