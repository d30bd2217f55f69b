import { readForm, type Fields } from "./form-fields.ts";
import type { Params, ScreenForm } from "./form-screens.ts";

/** The forms by which the secretariat moves a request's dates, or ends it. */

const requestPath = ({ id = "" }: Params): string => `/requests/${encodeURIComponent(id)}`;

const withReason =
  (path: string, label: string): ScreenForm["call"] =>
  (fields: Fields, params: Params) => {
    const form = readForm(fields);
    const body = { reason: form.needed("reason", label) };
    return form.calling({ path: `${requestPath(params)}/${path}`, body });
  };

export const termForms: readonly ScreenForm[] = [
  { name: "pause", does: "request.pause", leads: "back", call: withReason("pause", "停止の理由") },
  {
    name: "resume",
    does: "request.resume",
    leads: "back",
    call: (_, params) => ({ path: `${requestPath(params)}/resume`, body: {} }),
  },
  {
    name: "shortening",
    does: "request.shorten",
    leads: "back",
    call: (fields, params) => {
      const form = readForm(fields);
      const body = {
        dueOn: form.needed("dueOn", "新しい期限"),
        reason: form.needed("reason", "繰上げの理由"),
      };
      return form.calling({ path: `${requestPath(params)}/shortening`, body });
    },
  },
  {
    name: "withdrawal",
    does: "request.withdraw",
    leads: "back",
    call: withReason("withdrawal", "取下げの理由"),
  },
];
