import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Db } from "../../db/client.ts";
import { tokenActor } from "../../db/queries/tokens.ts";
import type { Actor } from "../../domain/acts.ts";
import type { Instant } from "../../domain/time.ts";
import { ProblemError } from "../problems.ts";
import { hashOfSecret } from "../secrets.ts";

/** Who asks, by what a browser brings along; null if it brings nothing that is valid. */
export type SessionOf = (request: FastifyRequest) => Promise<Actor | null>;

export interface ActorDeps {
  readonly db: Db;
  /** Wall clock. */
  readonly clock: () => Instant;
  readonly publicUrl: string;
  readonly sessionOf: SessionOf;
}

const BEARER = /^Bearer ([\w-]{20,200})$/i;
const ACTOR = "actor";

/**
 * A browser sends its cookie along whoever made the page, so that a change by session must come from our own pages:
 * `Sec-Fetch-Site` says so, or `Origin` where a browser does not send it.
 */
const isOurOwnPage = ({ headers }: FastifyRequest, publicUrl: string): boolean => {
  const site = headers["sec-fetch-site"];
  return site === undefined ? headers.origin === new URL(publicUrl).origin : site === "same-origin";
};

const isReading = ({ method }: FastifyRequest): boolean => method === "GET" || method === "HEAD";

/** A token, where one is sent, and only else the session. @throws ProblemError `cross-site` */
export const makeActorOf =
  ({ db, clock, publicUrl, sessionOf }: ActorDeps): SessionOf =>
  async (request) => {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const secret = BEARER.exec(authorization)?.[1];
      return secret === undefined ? null : tokenActor(db, { hash: hashOfSecret(secret), now: clock() });
    }
    const actor = await sessionOf(request);
    if (actor !== null && !isReading(request) && !isOurOwnPage(request, publicUrl))
      throw new ProblemError("cross-site");
    return actor;
  };

/** In this scope every request has a person behind it, whom `actorOf` names. */
export const requireActor = (app: FastifyInstance, who: SessionOf): void => {
  app.decorateRequest(ACTOR, null);
  app.addHook("onRequest", async (request, reply) => {
    const actor = await who(request);
    if (actor === null) {
      reply.header("www-authenticate", 'Bearer realm="nenrin"');
      throw new ProblemError("not-signed-in");
    }
    request.setDecorator(ACTOR, actor);
  });
};

export const actorOf = (request: FastifyRequest): Actor => {
  const actor = request.getDecorator<Actor | null>(ACTOR);
  if (actor === null) throw new ProblemError("not-signed-in");
  return actor;
};
