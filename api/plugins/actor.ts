import { timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Db } from "../../db/client.ts";
import { tokenBearer } from "../../db/queries/tokens.ts";
import type { Actor } from "../../domain/acts.ts";
import type { Means } from "../../domain/policy.ts";
import type { Instant } from "../../domain/time.ts";
import type { TokenScope } from "../../domain/token.ts";
import { ProblemError } from "../problems.ts";
import { hashOfSecret } from "../secrets.ts";

/** A browser's session: whose it is, and what every form of its pages brings along. */
export interface Session {
  readonly actor: Actor;
  readonly formToken: string;
}
/** Whose session the request's cookie is; null without one or after its end. */
export type SessionOf = (request: FastifyRequest) => Promise<Session | null>;

/** Who asks, and by what: a browser's session, or a token that reaches so far. */
export interface Caller {
  readonly actor: Actor;
  readonly means: Means;
  /** Of a token; null for a session, which reaches as far as its person. */
  readonly scope: TokenScope | null;
}
/** Who asks; null for nobody. @throws ProblemError `cross-site`, `form-expired` */
export type CallerOf = (request: FastifyRequest) => Promise<Caller | null>;
/** Whoever sits before the screens. */
export type ActorOf = (request: FastifyRequest) => Promise<Actor | null>;

export interface ActorDeps {
  readonly db: Db;
  /** Wall clock. */
  readonly clock: () => Instant;
  readonly publicUrl: string;
  readonly sessionOf: SessionOf;
}

const BEARER = /^Bearer ([\w-]{20,200})$/i;
const CALLER = "caller";
const FORM_TOKEN = "formToken";

/** A form's field with the token of the session whose page it stood on. */
const FORM_FIELD = "form-token";
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

export const isReading = ({ method }: Pick<FastifyRequest, "method">): boolean =>
  method === "GET" || method === "HEAD";

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
export const makeCallerOf =
  ({ db, clock, publicUrl, sessionOf }: ActorDeps): CallerOf =>
  async (request) => {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const secret = BEARER.exec(authorization)?.[1];
      const bearer =
        secret === undefined ? null : await tokenBearer(db, { hash: hashOfSecret(secret), now: clock() });
      return bearer && { ...bearer, means: "token" };
    }
    const session = await sessionOf(request);
    if (session === null) return null;
    request.setDecorator(FORM_TOKEN, session.formToken);
    requireOwnForm(request, session, publicUrl);
    return { actor: session.actor, means: "session", scope: null };
  };

/** Screens are for sessions: a token speaks to the API alone. */
export const sittingAt =
  (callerOf: CallerOf): ActorOf =>
  async (request) => {
    const caller = await callerOf(request);
    return caller?.means === "session" ? caller.actor : null;
  };

/** Requests remember what the pages they are answered with need. */
export const rememberForms = (app: FastifyInstance): void => {
  app.decorateRequest(FORM_TOKEN, null);
};
/** For the forms of the page that answers the request; null where nobody is signed in by session. */
export const formTokenFor = (request: FastifyRequest): string | null =>
  request.getDecorator<string | null>(FORM_TOKEN);

/** In this scope every request has a person behind it, whom `actorOf` names. */
export const requireActor = (app: FastifyInstance, who: CallerOf): void => {
  app.decorateRequest(CALLER, null);
  app.addHook("onRequest", async (request, reply) => {
    const caller = await who(request);
    if (caller === null) {
      reply.header("www-authenticate", 'Bearer realm="nenrin"');
      throw new ProblemError("not-signed-in");
    }
    request.setDecorator(CALLER, caller);
  });
};

export const callerOf = (request: FastifyRequest): Caller => {
  const caller = request.getDecorator<Caller | null>(CALLER);
  if (caller === null) throw new ProblemError("not-signed-in");
  return caller;
};
export const actorOf = (request: FastifyRequest): Actor => callerOf(request).actor;
