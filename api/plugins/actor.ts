import { timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Db } from "../../db/client.ts";
import { tokenActor } from "../../db/queries/tokens.ts";
import type { Actor } from "../../domain/acts.ts";
import type { Instant } from "../../domain/time.ts";
import { ProblemError } from "../problems.ts";
import { hashOfSecret } from "../secrets.ts";

/** A browser's session: whose it is, and what every form of its pages brings along. */
export interface Session {
  readonly actor: Actor;
  readonly formToken: string;
}
/** Whose session the request's cookie is; null without one or after its end. */
export type SessionOf = (request: FastifyRequest) => Promise<Session | null>;

/** Who asks; null for nobody. @throws ProblemError `cross-site`, `form-expired` */
export type ActorOf = (request: FastifyRequest) => Promise<Actor | null>;

export interface ActorDeps {
  readonly db: Db;
  /** Wall clock. */
  readonly clock: () => Instant;
  readonly publicUrl: string;
  readonly sessionOf: SessionOf;
}

const BEARER = /^Bearer ([\w-]{20,200})$/i;
const ACTOR = "actor";
const FORM_TOKEN = "formToken";

/** A form's field with the token of the session whose page it stood on. */
export const FORM_FIELD = "form-token";
/** The same for whoever speaks to the API with a session's cookie, where a body has no such field. */
export const FORM_HEADER = "x-form-token";

/**
 * A browser sends its cookie along whoever made the page, so that a change by session must come from our own pages:
 * `Sec-Fetch-Site` says so, or `Origin` where a browser does not send it. An `Origin` that is another's never passes;
 * that of a form on a page without referrer is `null` (Fetch Standard, "append a request Origin header").
 */
export const isOurOwnPage = ({ headers }: Pick<FastifyRequest, "headers">, publicUrl: string): boolean => {
  const [site, origin] = [headers["sec-fetch-site"], headers.origin];
  const own = new URL(publicUrl).origin;
  return site === undefined
    ? origin === own
    : site === "same-origin" && [undefined, "null", own].includes(origin);
};

const isReading = ({ method }: FastifyRequest): boolean => method === "GET" || method === "HEAD";

const fieldIn = (body: unknown): unknown =>
  typeof body === "object" && body !== null && FORM_FIELD in body ? body[FORM_FIELD] : undefined;

/** What a request says its form's token is: in the form, or in a header. */
export const sentFormToken = ({ headers, body }: Pick<FastifyRequest, "headers" | "body">): string => {
  const sent = headers[FORM_HEADER] ?? fieldIn(body);
  return typeof sent === "string" ? sent : "";
};

/** Takes the same time however much of it is right. */
export const isSameToken = (sent: string, expected: string): boolean => {
  const [a, b] = [Buffer.from(sent), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
};

const requireOwnForm = (request: FastifyRequest, { formToken }: Session, publicUrl: string): void => {
  if (isReading(request)) return;
  if (!isOurOwnPage(request, publicUrl)) throw new ProblemError("cross-site");
  if (!isSameToken(sentFormToken(request), formToken)) throw new ProblemError("form-expired");
};

/** A token, where one is sent, and only else the session. */
export const makeActorOf =
  ({ db, clock, publicUrl, sessionOf }: ActorDeps): ActorOf =>
  async (request) => {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const secret = BEARER.exec(authorization)?.[1];
      return secret === undefined ? null : tokenActor(db, { hash: hashOfSecret(secret), now: clock() });
    }
    const session = await sessionOf(request);
    if (session === null) return null;
    request.setDecorator(FORM_TOKEN, session.formToken);
    requireOwnForm(request, session, publicUrl);
    return session.actor;
  };

/** Requests remember what the pages they are answered with need. */
export const rememberForms = (app: FastifyInstance): void => {
  app.decorateRequest(FORM_TOKEN, null);
};
/** For the forms of the page that answers the request; null where nobody is signed in by session. */
export const formTokenFor = (request: FastifyRequest): string | null =>
  request.getDecorator<string | null>(FORM_TOKEN);

/** In this scope every request has a person behind it, whom `actorOf` names. */
export const requireActor = (app: FastifyInstance, who: ActorOf): void => {
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
