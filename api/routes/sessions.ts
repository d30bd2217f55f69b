import { z } from "zod";
import { endAllSessions, endOneSession } from "../../db/people-acts.ts";
import { sessionsOf } from "../../db/queries/sessions.ts";
import { personId } from "../../domain/ids.ts";
import { sessionEndsAt } from "../../domain/session.ts";
import { access, doneSchema, keyHeader, once, refusals, type Route } from "../acting.ts";
import { actorOf } from "../plugins/actor.ts";
import { at, hash, listOf, sha } from "../schemas.ts";

const replies = { 200: doneSchema, ...refusals };
const nothing = z.strictObject({});

const list: Route = (app, { db, clock }) => {
  app.get(
    "/sessions",
    {
      config: access("sessions", "nothing"),
      schema: {
        summary: "自分のセッションの一覧（最近使った順）",
        response: {
          200: z.object({
            sessions: listOf(
              z.object({ hash: sha, role: z.string(), createdAt: at, usedAt: at, endsAt: at }),
            ),
          }),
          ...refusals,
        },
      },
    },
    async (request) => {
      const now = clock();
      const open = (await sessionsOf(db, actorOf(request).person)).map((session) => ({
        ...session,
        endsAt: sessionEndsAt(session),
      }));
      return { sessions: open.filter(({ endsAt }) => endsAt > now) };
    },
  );
};

const endOne: Route = (app, desk) => {
  app.post(
    "/sessions/:hash/revocation",
    {
      config: access("session.revoke", "session"),
      schema: {
        summary: "セッションを終える",
        params: z.object({ hash }),
        headers: keyHeader,
        body: nothing,
        response: replies,
      },
    },
    async (request) => {
      const act = { actor: actorOf(request), now: desk.clock(), hash: request.params.hash };
      const { again: _again, ...done } = await once(desk, request, (identity) =>
        endOneSession(desk.db, { ...act, ...identity }),
      );
      return done;
    },
  );
};

/** 全ての端末から: of oneself, and by an admin of anybody. */
const endAll: Route = (app, desk) => {
  app.post(
    "/people/:person/sessions/revocation",
    {
      config: access("session.revoke", "self"),
      schema: {
        summary: "その人の全てのセッションを終える",
        params: z.object({ person: z.string().transform(personId) }),
        headers: keyHeader,
        body: nothing,
        response: replies,
      },
    },
    async (request) => {
      const act = { actor: actorOf(request), now: desk.clock(), person: request.params.person };
      const { again: _again, ...done } = await once(desk, request, (identity) =>
        endAllSessions(desk.db, { ...act, ...identity }),
      );
      return done;
    },
  );
};

/** Browsers in which somebody is signed in, and how he or an admin ends that. */
export const sessionRoutes: readonly Route[] = [list, endOne, endAll];
