import { z } from "zod";
import { postsOf } from "../../db/queries/directory.ts";
import { requestById, type StoredRequest } from "../../db/queries/requests.ts";
import type { Actor } from "../../domain/acts.ts";
import { postFor } from "../../domain/chain.ts";
import { aroundOf } from "../around.ts";
import type { Screen, ScreenForm } from "../form-screens.ts";
import { nameOf } from "../frame.ts";
import { sendPage } from "../html.ts";
import { workbookPage, type WorkbookView } from "../pages/workbook.tsx";
import { ProblemError } from "../problems.ts";
import type { ScreenDeps } from "../screens.ts";

const Params = z.object({ id: z.string() });

/** Where answers go from hand to hand, only 担当者 brings one back, and it goes on to 確認者. */
const broughtBy = async (
  { db }: Pick<ScreenDeps, "db">,
  { person }: Pick<Actor, "person">,
  { chain, organisation }: StoredRequest,
): Promise<WorkbookView["brought"]> => {
  if (chain === null) return "submitted";
  return (await postsOf(db, { person, organisation })).includes(postFor["request.prepare"])
    ? "prepared"
    : null;
};

const showWorkbook: Screen["show"] = async (deps, exchange, tried) => {
  const { request, reply } = exchange;
  const asked = await requestById(deps.db, Params.parse(request.params).id);
  if (asked === undefined) throw new ProblemError("not-found");
  const { id, cycle, organisation, kind, dueAt } = asked;
  if (kind === "consultation") throw new ProblemError("no-form");
  const { reader, plan, now, frame, forms, may } = await aroundOf(deps, {
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
    brought: asked.is === "open" && may("request.submit") ? await broughtBy(deps, reader, asked) : null,
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
