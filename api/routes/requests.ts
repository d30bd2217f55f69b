import { z } from "zod";
import type { WorkInside } from "../../db/queries/inner.ts";
import { requestHistory, type RequestHistory } from "../../db/queries/request-history.ts";
import { asksAlready, requestById, requestsOf, type StoredRequest } from "../../db/queries/requests.ts";
import type { ActArgs } from "../../domain/acts.ts";
import { contactsOf } from "../../domain/catalogue.ts";
import type { CycleKey } from "../../domain/ids.ts";
import { actRoute } from "../act-route.ts";
import { access, knownCycle, listedFor, planOf, refusals, type Desk, type Route } from "../acting.ts";
import { asOf, asOfQuery, readAsOf } from "../past.ts";
import { actorOf } from "../plugins/actor.ts";
import { insideFor } from "../posts.ts";
import { ProblemError } from "../problems.ts";
import {
  at,
  byId,
  hash,
  id,
  inCycle,
  listOf,
  on,
  organisation,
  page,
  pageOf,
  reason,
  requestKind,
  sha,
} from "../schemas.ts";
import { written } from "../written.ts";

const listed = z.object({
  id: z.string(),
  cycle: z.string(),
  kind: requestKind,
  organisation: z.string(),
  is: z.enum(["open", "settled"]),
  round: z.int(),
  version: sha.nullable(),
  sentAt: at,
  dueAt: at,
  closeAt: at,
  settledAt: at.nullable(),
  chain: z
    .enum(["signed-off"])
    .nullable()
    .meta({ description: "signed-off は、組織内の割当て・確認を経て提出する。null は一段階" }),
  asked: z.object({ dueOn: on, reason: z.string() }).nullable(),
  paused: z.object({ at, reason: z.string() }).nullable(),
  revision: z.int(),
});
const answer = z.object({
  version: z.int(),
  says: z.string(),
  why: z.string().nullable(),
  by: z.string(),
  onBehalfOf: z.string().nullable().meta({ description: "代理入力のとき、依頼した人" }),
  at,
  written: written.nullable(),
});
const item = z.object({
  id: z.string(),
  datum: z.string(),
  text: z.string(),
  indicators: listOf(z.string()),
  is: z.string(),
  state: z.looseObject({ is: z.string() }).meta({ description: "項目の状態。内容は is による" }),
  answers: listOf(answer).meta({ description: "新しい版から" }),
  inside: z
    .object({ work: z.looseObject({ is: z.string() }), written: written.nullable() })
    .nullable()
    .meta({ description: "組織内の手順の状態と回答案。その組織の人と監査担当だけに示す" }),
});
const shown = listed.extend({ items: listOf(item) }).meta({ id: "Request", description: "照会" });

const summary = ({
  askedDueOn,
  askedReason,
  pausedAt,
  pausedReason,
  ...request
}: StoredRequest): z.output<typeof listed> => ({
  ...request,
  asked: askedDueOn === null ? null : { dueOn: askedDueOn, reason: askedReason ?? "" },
  paused: pausedAt === null ? null : { at: pausedAt, reason: pausedReason ?? "" },
});
const insideIn = (
  works: readonly WorkInside[],
  item: string,
): z.output<typeof shown>["items"][number]["inside"] => {
  const found = works.find((work) => work.item === item);
  return found === undefined ? null : { work: { ...found.work }, written: found.written };
};
const inFull = (
  { request, items, answers }: RequestHistory,
  works: readonly WorkInside[],
): z.output<typeof shown> => ({
  ...summary(request),
  items: items.map((one) => ({
    ...one,
    is: one.state.is,
    state: { ...one.state },
    answers: answers.filter(({ item: of }) => of === one.id).map(({ item: _item, ...rest }) => rest),
    inside: insideIn(works, one.id),
  })),
});

const listRequests: Route = (app, { db }) => {
  app.get(
    "/cycles/:cycle/requests",
    {
      config: access("requests", "cycle"),
      schema: {
        summary: "照会の一覧",
        params: inCycle,
        querystring: z.strictObject({
          kind: requestKind.exactOptional(),
          organisation: organisation.exactOptional(),
          state: z.enum(["open", "settled"]).exactOptional(),
          cursor: id.exactOptional(),
          asOf,
          ...page(500),
        }),
        response: { 200: z.object({ requests: listOf(listed), next: z.string().nullable() }), ...refusals },
      },
    },
    async (request) => {
      const { kind, state, cursor, limit, asOf: then } = request.query;
      const whose = listedFor(actorOf(request), "requests", request.query.organisation);
      if (whose === "nobody") return { requests: [], next: null };
      const { cycle } = request.params;
      const filter = { cycle, kind, is: state, after: cursor, limit: limit + 1, ...whose };
      const found = await readAsOf(db, { cycle, asOf: then }, (from) => requestsOf(from, filter));
      const { rows, next } = pageOf(found, limit, (last) => last.id);
      return { requests: rows.map(summary), next };
    },
  );
};

const showRequest: Route = (app, desk) => {
  app.get(
    "/requests/:id",
    {
      config: access("request", "request"),
      schema: {
        summary: "照会とその項目",
        params: byId,
        querystring: asOfQuery,
        response: { 200: shown, ...refusals },
      },
    },
    async (request, reply) => {
      const { id: asked } = request.params;
      const now = await requestById(desk.db, asked);
      if (now === undefined) throw new ProblemError("not-found");
      const { cycle } = now;
      const said = await readAsOf(desk.db, { cycle, ...request.query }, async (from) => {
        const found = await requestHistory(from, asked);
        if (found === undefined) throw new ProblemError("not-found");
        const inside = await insideFor(from, actorOf(request), found.request);
        return { revision: found.request.revision, body: inFull(found, inside) };
      });
      return reply.header("etag", `"r${said.revision}"`).send(said.body);
    },
  );
};

const reviewed = z.strictObject({ item: id, hash });

/** Who is to own it can be asked, and is not asked already. @throws ProblemError `unknown-owner`, `already-asked` */
const checkOwner = async (
  desk: Desk,
  { cycle, items, to }: { readonly cycle: CycleKey } & ActArgs["request.reassign"],
): Promise<void> => {
  const { plan } = await knownCycle(desk, cycle);
  const { body } = await planOf(desk, plan);
  if (contactsOf(body, to, "window").length === 0) throw new ProblemError("unknown-owner");
  const asked = { cycle, organisation: to, items: items.map(({ item }) => item) };
  if (await asksAlready(desk.db, asked)) throw new ProblemError("already-asked");
};

/** Once everything is settled it is a 訂正 that opens what rests on an answer. @throws ProblemError `reopen-closed` */
const checkStillOpen = async ({ db }: Desk, of: string): Promise<void> => {
  if ((await requestById(db, of))?.is === "settled") throw new ProblemError("reopen-closed");
};

/** 照会: seen by the secretariat and by the one who is asked. Answering and its dates have files of their own. */
export const requestRoutes: readonly Route[] = [
  listRequests,
  showRequest,
  actRoute({
    url: "/requests/:id/acceptance",
    name: "request.accept",
    summary: "回答を受領する",
    body: z.strictObject({
      items: z.array(reviewed).max(1000),
      asFinal: z
        .literal(true)
        .exactOptional()
        .meta({ description: "暫定値を確定値として受領する。付けなければ、暫定値は受領できない" }),
    }),
    given: (args) => ({ args }),
  }),
  actRoute({
    url: "/requests/:id/return",
    name: "request.return",
    summary: "回答を差し戻す",
    body: z.strictObject({
      items: z.array(reviewed.extend({ reason: reason.exactOptional() })).max(1000),
      reason: reason.exactOptional().meta({ description: "項目ごとの理由のないものに用いる" }),
    }),
    given: ({ reason: why, ...args }) => ({ args, reason: why }),
  }),
  actRoute({
    url: "/requests/:id/reassignment",
    name: "request.reassign",
    summary: "所管外と回答された項目を、ほかの府省庁に付け替える",
    body: z.strictObject({ items: z.array(reviewed).max(1000), to: organisation }),
    given: async (args, { desk, cycle }) => {
      await checkOwner(desk, { cycle, ...args });
      return { args };
    },
  }),
  actRoute({
    url: "/requests/:id/reopening",
    name: "request.reopen",
    summary: "確定した項目を再開する",
    body: z.strictObject({ items: z.array(id).max(1000), reason }),
    given: async ({ reason: why, ...args }, { desk, id: of }) => {
      await checkStillOpen(desk, of);
      return { args, reason: why };
    },
  }),
  actRoute({
    url: "/requests/:id/give-up",
    name: "request.give-up",
    summary: "把握できないものとして扱う",
    body: z.strictObject({ items: z.array(id).max(1000), reason }),
    given: ({ reason: why, ...args }) => ({ args, reason: why }),
  }),
];
