import formbody from "@fastify/formbody";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import { dropDraft, saveDraft, type WhichDraft } from "../../db/content.ts";
import { warekiTime } from "../../domain/wareki.ts";
import { fieldsOf, type Fields } from "../form-fields.ts";
import { wantedPage } from "../item-pages.ts";
import { readMultipart } from "../multipart.ts";
import { openScreens, pageAccess, seatOf, type ScreenDeps } from "../screens.ts";

/** Whose draft of what. */
const whichOf = (request: FastifyRequest): WhichDraft => {
  const { params } = request;
  const id = typeof params === "object" && params !== null && "id" in params ? String(params.id) : "";
  return { person: seatOf(request).reader.person, request: id };
};

/** The page that was asked for, else the one the form was on. */
const back = ({ request }: WhichDraft, fields: Fields = {}): string => {
  const page = wantedPage((fields["to"] ?? fields["page"])?.[0]);
  return `/requests/${encodeURIComponent(request)}${page === 1 ? "" : `?page=${page}`}`;
};

/** 下書き of a request's form, by its button or by the script that presses it. No act. */
export const draftScreen =
  (deps: ScreenDeps): FastifyPluginAsync =>
  async (app) => {
    await app.register(formbody);
    readMultipart(app);
    openScreens(app, deps);
    const keeping = { config: pageAccess("draft.keep", "request") };
    const shown = { config: pageAccess("request", "request") };
    app.post("/requests/:id/draft", keeping, async (request, reply) => {
      const which = whichOf(request);
      const savedAt = deps.clock();
      const fields = fieldsOf(request.body);
      await saveDraft(deps.db, which, { fields, savedAt });
      if (request.headers.accept === "application/json") return { savedAt: warekiTime(savedAt) };
      return reply.redirect(back(which, fields), 303);
    });
    app.post("/requests/:id/draft/discard", keeping, async (request, reply) => {
      const which = whichOf(request);
      await dropDraft(deps.db, which);
      return reply.redirect(back(which), 303);
    });
    // Where a refused form was shown, its address stands in the browser.
    for (const url of ["/requests/:id/draft", "/requests/:id/draft/discard"])
      app.get<{ Params: { id: string } }>(url, shown, ({ params: { id } }, reply) =>
        reply.redirect(`/requests/${encodeURIComponent(id)}`, 303),
      );
  };
