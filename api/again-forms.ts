import { readForm } from "./form-fields.ts";
import type { Params, ScreenForm } from "./form-screens.ts";
import { reviewedIn } from "./reviewed.ts";

/** What is asked again: of another organisation, or of the same one after all. */

const requestPath = ({ id = "" }: Params): string => `/requests/${encodeURIComponent(id)}`;

const reassignment: ScreenForm = {
  name: "reassignment",
  does: "request.reassign",
  leads: "back",
  call: (fields, params) => {
    const form = readForm(fields);
    const items = form.ticked("items", "照会項目").map(reviewedIn);
    const body = { items, to: form.picked("to", "付け替える先") };
    return form.calling({ path: `${requestPath(params)}/reassignment`, body });
  },
};

const reopening: ScreenForm = {
  name: "reopening",
  does: "request.reopen",
  leads: "back",
  call: (fields, params) => {
    const form = readForm(fields);
    const body = { items: form.ticked("items", "照会項目"), reason: form.needed("reason", "再開の理由") };
    return form.calling({ path: `${requestPath(params)}/reopening`, body });
  },
};

export const againForms: readonly ScreenForm[] = [reassignment, reopening];
