import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Db } from "../db/client.ts";
import type { CycleStanding } from "../db/queries/cycles.ts";
import type { Instant } from "../domain/time.ts";
import { frameOf, type Reader } from "./frame.ts";
import { sendPage } from "./html.ts";
import { messagePage } from "./pages/message.tsx";
import type { ActorOf } from "./plugins/actor.ts";
import { ProblemError, problemOf, type Problem } from "./problems.ts";

/** What every screen gets. */
export interface ScreenDeps {
  readonly db: Db;
  /** Wall clock. */
  readonly clock: () => Instant;
  /** Who is signed in; null for nobody. @throws ProblemError `cross-site`, `form-expired` for a form that is not ours */
  readonly actorOf: ActorOf;
  /** Whether one may look without having signed in: on loopback, where everybody could be anybody. */
  readonly openToAll: boolean;
}

/** Where sign-in leads back to: the very screen. */
const signInPath = ({ url }: FastifyRequest): string => `/sign-in?to=${encodeURIComponent(url)}`;

/** The reader, or undefined once he was sent to sign in. */
export const readerOf = async (
  { actorOf, openToAll }: ScreenDeps,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): Promise<Reader | undefined> => {
  const actor = await actorOf(request);
  if (actor !== null || openToAll) return actor;
  await reply.redirect(signInPath(request), 303);
  return undefined;
};

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

/** In this scope what goes wrong is said on a screen, and nothing of the inside. */
export const answerOnScreen = (app: FastifyInstance, deps: ScreenDeps): void => {
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const problem = error instanceof ProblemError ? error.problem : problemOf("internal");
    if (problem.status >= 500) request.log.error({ err: error }, problem.code);
    const reader = await deps.actorOf(request).catch(() => null);
    return sendMessage(deps, { reply, reader, problem });
  });
};
