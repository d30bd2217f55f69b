import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Db } from "../db/client.ts";
import type { CycleStanding } from "../db/queries/cycles.ts";
import type { Actor } from "../domain/acts.ts";
import { judgeAny, type Action, type Situation } from "../domain/policy.ts";
import type { Instant } from "../domain/time.ts";
import { frameOf, type Reader } from "./frame.ts";
import { sendPage } from "./html.ts";
import { messagePage } from "./pages/message.tsx";
import { barredBy, paramsOf, type About, type Situations } from "./plugins/access.ts";
import { isReading, type ActorOf } from "./plugins/actor.ts";
import { ProblemError, problemOf, type Problem } from "./problems.ts";

/** What a screen shows or a form does, as the authorisation table calls it, and to what. */
interface PageAccess {
  /** More than one where the form itself says which. */
  readonly actions: readonly Action[];
  readonly about: About;
}
declare module "fastify" {
  interface FastifyContextConfig {
    readonly page?: PageAccess;
  }
}
/** A page's line in the authorisation table, or its lines. */
export const pageAccess = (
  does: Action | readonly Action[],
  about: About,
): { readonly page: PageAccess } => ({
  page: { actions: [does].flat(), about },
});

/** What every screen gets. */
export interface ScreenDeps {
  readonly db: Db;
  /** Wall clock. */
  readonly clock: () => Instant;
  /** Who is signed in; null for nobody. @throws ProblemError `cross-site`, `form-expired` for a form that is not ours */
  readonly actorOf: ActorOf;
  readonly situations: Situations;
  /** Whether one may look without having signed in: on loopback, where everybody could be anybody. */
  readonly openToAll: boolean;
}

/** Says on a screen of its own why something is not to be had, and what to do. */
export const sendMessage = async (
  { db, clock }: ScreenDeps,
  {
    reply,
    reader,
    cycle = null,
    problem,
  }: {
    readonly reply: FastifyReply;
    readonly reader: Reader;
    readonly cycle?: CycleStanding | null;
    readonly problem: Pick<Problem, "title" | "detail" | "status">;
  },
): Promise<FastifyReply> =>
  sendPage(
    reply,
    messagePage({
      frame: await frameOf(db, { reader, cycle, wall: clock() }),
      title: problem.title,
      text: problem.detail,
      way:
        reader === null
          ? { href: "/sign-in", name: "サインイン" }
          : { href: cycle === null ? "/" : `/?cycle=${cycle.cycle}`, name: "年次サイクルへ戻る" },
    }),
    problem.status,
  );

/** Whoever has taken his seat before a screen, and how he stands to what it is about. */
interface Seat {
  readonly reader: Actor;
  readonly situation: Situation;
}
const SEAT = "seat";

/** Null is anybody on loopback. */
export const readerOf = (request: FastifyRequest): Reader =>
  request.getDecorator<Seat | null>(SEAT)?.reader ?? null;
/** @throws ProblemError `not-signed-in` */
export const seatOf = (request: FastifyRequest): Seat => {
  const seat = request.getDecorator<Seat | null>(SEAT);
  if (seat === null) throw new ProblemError("not-signed-in");
  return seat;
};

/** Sign-in leads back to the very screen; what was typed into a form cannot be kept for so long. */
const sendToSignIn = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  if (!isReading(request)) throw new ProblemError("not-signed-in");
  return reply.redirect(`/sign-in?to=${encodeURIComponent(request.url)}`, 303);
};

/**
 * The same table as the API's, asked for the same thing. What is barred as it stands is not shown, but its form is
 * taken: the API refuses it, and everything that was typed is shown again.
 * @throws ProblemError `not-found` for what does not exist or is not to be known of, `forbidden`
 */
const situationFor = async (
  { situations }: ScreenDeps,
  request: FastifyRequest,
  reader: Actor,
): Promise<Situation> => {
  const { page } = request.routeOptions.config;
  const situation = page && (await situations[page.about](paramsOf(request.params), reader));
  if (page === undefined || situation === undefined) throw new ProblemError("not-found");
  switch (judgeAny(reader.role, page.actions, situation)) {
    case "hidden":
      throw new ProblemError("not-found");
    case "forbidden":
      throw new ProblemError("forbidden");
    case "barred":
      if (isReading(request)) throw new ProblemError(barredBy(situation));
      return situation;
    case "allowed":
      return situation;
  }
};

/**
 * In this scope every page says what it shows or does, or the service does not start; nobody gets further than the
 * authorisation table lets him; and what goes wrong is said on a screen, and nothing of the inside.
 */
export const openScreens = (app: FastifyInstance, deps: ScreenDeps): void => {
  app.addHook("onRoute", ({ url, method, config }) => {
    if (config?.page === undefined) throw new Error(`${String(method)} ${url} says not what it shows`);
  });
  app.decorateRequest(SEAT, null);
  // A form brings its token in the body, which must have been read.
  app.addHook("preHandler", async (request, reply) => {
    const reader = await deps.actorOf(request);
    if (reader === null) return deps.openToAll ? undefined : sendToSignIn(request, reply);
    const situation = await situationFor(deps, request, reader);
    request.setDecorator<Seat>(SEAT, { reader, situation });
    return undefined;
  });
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const problem = error instanceof ProblemError ? error.problem : problemOf("internal");
    if (problem.status >= 500) request.log.error({ err: error }, problem.code);
    const reader = await deps.actorOf(request).catch(() => null);
    return sendMessage(deps, { reply, reader, problem });
  });
};
