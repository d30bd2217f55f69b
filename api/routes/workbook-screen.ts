import { z } from "zod";
import { requestById } from "../../db/queries/requests.ts";
import { aroundOf } from "../around.ts";
import type { Screen, ScreenForm } from "../form-screens.ts";
import { nameOf } from "../frame.ts";
import { sendPage } from "../html.ts";
import { workbookPage } from "../pages/workbook.tsx";
import { ProblemError } from "../problems.ts";

const Params = z.object({ id: z.string() });

const showWorkbook: Screen["show"] = async (deps, exchange, tried) => {
  const { request, reply } = exchange;
  const asked = await requestById(deps.db, Params.parse(request.params).id);
  if (asked === undefined) throw new ProblemError("not-found");
  const { id, cycle, organisation, kind, dueAt } = asked;
  if (kind === "consultation") throw new ProblemError("no-form");
  const { plan, now, frame, forms, may } = await aroundOf(deps, {
    cycle,
    exchange,
    tried,
  });
  const page = workbookPage({
    frame,
    forms,
    id,
    cycle,
    organisation: nameOf(plan, organisation, now),
    kind,
    dueAt,
    submitting: asked.is === "open" && may("request.submit"),
  });
  return sendPage(reply, page, tried?.status ?? 200);
};

const sending: ScreenForm = {
  name: "form",
  does: "request.submit",
  brings: "form",
  leads: "to-receipt",
  call: (_fields, { id = "" }, file) =>
    file === undefined
      ? { mistakes: [{ field: "file", message: "提出する調査票を選んでください。" }] }
      : { path: `/requests/${encodeURIComponent(id)}/workbook`, body: { file } },
  // Every cell that is wrong stands in the file.
  fieldOf: () => "file",
};

/** /requests/{id}/workbook: 調査票 to take, and to bring back filled. */
export const workbookScreen: Screen = {
  url: "/requests/:id/workbook",
  view: "request",
  about: "request",
  show: showWorkbook,
  forms: [sending],
};
