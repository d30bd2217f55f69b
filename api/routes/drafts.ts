import { z } from "zod";
import { dropDraft, saveDraft } from "../../db/content.ts";
import { draftKept } from "../../db/queries/drafts.ts";
import { access, refusals, type Route } from "../acting.ts";
import { actorOf } from "../plugins/actor.ts";
import { at, byId } from "../schemas.ts";

const MOST_FIELDS = 20_000;
const fields = z
  .record(z.string().max(300), z.array(z.string().max(100_000)).max(1000))
  .refine((all) => Object.keys(all).length <= MOST_FIELDS);
const shown = z
  .object({ fields: z.record(z.string(), z.array(z.string()).readonly()), savedAt: at })
  .meta({ id: "Draft", description: "下書き。回答の画面の入力欄の名前ごとに値を持つ" });

const showDraft: Route = (app, { db }) => {
  app.get(
    "/requests/:id/draft",
    {
      config: access("draft.keep", "request"),
      schema: {
        summary: "自分の下書き",
        params: byId,
        response: { 200: z.object({ draft: shown.nullable() }), ...refusals },
      },
    },
    async (request) => {
      const which = { person: actorOf(request).person, request: request.params.id };
      const kept = await draftKept(db, which);
      return { draft: kept === undefined ? null : { ...kept, fields: { ...kept.fields } } };
    },
  );
};

/** No act: nothing of it is in the record, and it needs no key, being the same however often it is saved. */
const keepDraft: Route = (app, { db, clock }) => {
  app.post(
    "/requests/:id/draft",
    {
      config: access("draft.keep", "request"),
      schema: {
        summary:
          "下書きを保存する（提出ではない。記録に残らない）。送った項目のものを置き換え、ほかの項目のものは残す",
        params: byId,
        body: z.strictObject({ fields }),
        response: { 200: z.object({ savedAt: at }), ...refusals },
      },
    },
    async (request) => {
      const savedAt = clock();
      const which = { person: actorOf(request).person, request: request.params.id };
      await saveDraft(db, which, { fields: request.body.fields, savedAt });
      return { savedAt };
    },
  );
};

const discardDraft: Route = (app, { db }) => {
  app.delete(
    "/requests/:id/draft",
    {
      config: access("draft.keep", "request"),
      schema: {
        summary: "下書きを捨てる",
        params: byId,
        response: { 200: z.object({}), ...refusals },
      },
    },
    async (request) => {
      await dropDraft(db, { person: actorOf(request).person, request: request.params.id });
      return {};
    },
  );
};

/** 下書き: a person's own, of one request's form. */
export const draftRoutes: readonly Route[] = [showDraft, keepDraft, discardDraft];
