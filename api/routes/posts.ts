import { z } from "zod";
import { answerAskedPost, askForPost, revokePost } from "../../db/people-acts.ts";
import { askedPostsOf, everybody } from "../../db/queries/asked-posts.ts";
import { personId } from "../../domain/ids.ts";
import { access, doneSchema, keyHeader, once, refusals, type Route } from "../acting.ts";
import { actorOf } from "../plugins/actor.ts";
import { at, id, listOf, reason } from "../schemas.ts";

const post = z.enum(["preparer", "approver", "recorder", "auditor", "admin"]);
const why = reason.regex(/\S/, "理由を書いてください");
const ofPerson = z.object({ person: z.string().transform(personId) });
const replies = { 200: doneSchema, ...refusals };
/** Far more than are ever open at once. */
const SHOWN = 200;

const list: Route = (app, { db }) => {
  app.get(
    "/people",
    {
      config: access("people", "nothing"),
      schema: {
        summary: "名簿と職務、付与の申請",
        response: {
          200: z.object({
            people: listOf(
              z.object({
                person: z.string(),
                name: z.string(),
                title: z.string(),
                organisation: z.string(),
                contact: listOf(z.string()),
                staff: listOf(z.string()),
              }),
            ),
            asked: listOf(
              z.object({
                id: z.string(),
                person: z.string(),
                post,
                is: z.enum(["asked", "given", "refused"]),
                reason: z.string(),
                askedBy: z.string(),
                askedAt: at,
                endedBy: z.string().nullable(),
                endedAt: at.nullable(),
              }),
            ),
          }),
          ...refusals,
        },
      },
    },
    async () => ({ people: await everybody(db), asked: await askedPostsOf(db, SHOWN) }),
  );
};

const ask: Route = (app, desk) => {
  app.post(
    "/people/:person/posts",
    {
      config: access("post.ask", "person"),
      schema: {
        summary: "職務の付与を申請する（別のシステム管理者が確認して付与される）",
        params: ofPerson,
        headers: keyHeader,
        body: z.strictObject({ post, reason: why }),
        response: replies,
      },
    },
    async (request) => {
      const { person } = request.params;
      const act = { actor: actorOf(request), now: desk.clock(), person, ...request.body };
      const { again: _again, ...done } = await once(desk, request, (identity) =>
        askForPost(desk.db, { ...act, ...identity }),
      );
      return done;
    },
  );
};

const answer =
  (how: "confirmation" | "refusal"): Route =>
  (app, desk) => {
    app.post(
      `/asked-posts/:id/${how}`,
      {
        config: access(how === "confirmation" ? "post.confirm" : "post.refuse", "asked-post"),
        schema: {
          summary: how === "confirmation" ? "職務の付与を確認する" : "職務の付与の申請を取り下げる",
          params: z.object({ id }),
          headers: keyHeader,
          body: z.strictObject({ reason: why }),
          response: replies,
        },
      },
      async (request) => {
        const act = { actor: actorOf(request), now: desk.clock(), id: request.params.id, ...request.body };
        const { again: _again, ...done } = await once(desk, request, (identity) =>
          answerAskedPost(desk.db, { ...act, ...identity, give: how === "confirmation" }),
        );
        return done;
      },
    );
  };

const revoke: Route = (app, desk) => {
  app.post(
    "/people/:person/posts/revocation",
    {
      config: access("post.revoke", "person"),
      schema: {
        summary: "職務を解く（一人で行え、直ちに効く）",
        params: ofPerson,
        headers: keyHeader,
        body: z.strictObject({ post, reason: why }),
        response: replies,
      },
    },
    async (request) => {
      const { person } = request.params;
      const act = { actor: actorOf(request), now: desk.clock(), person, ...request.body };
      const { again: _again, ...done } = await once(desk, request, (identity) =>
        revokePost(desk.db, { ...act, ...identity }),
      );
      return done;
    },
  );
};

/** 職務: given by two admins, taken by one. */
export const postRoutes: readonly Route[] = [list, ask, answer("confirmation"), answer("refusal"), revoke];
