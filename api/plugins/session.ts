import "@fastify/cookie";
import type { FastifyReply, FastifyRequest } from "fastify";
import { endSession, openSession, useSession } from "../../db/content.ts";
import type { Db } from "../../db/client.ts";
import { sessionOf, type StoredSession } from "../../db/queries/sessions.ts";
import type { ActingRole } from "../../domain/acts.ts";
import type { PersonId } from "../../domain/ids.ts";
import { SESSION_LIMIT_SECONDS, sessionEndsAt } from "../../domain/session.ts";
import { addSeconds, type Instant } from "../../domain/time.ts";
import { formTokenOf, hashOfSecret, newSecret } from "../secrets.ts";
import type { SessionOf } from "./actor.ts";

/** Sessions of browsers: a random cookie, a row with its hash. The app has @fastify/cookie registered. */
export interface Sessions {
  /** Counts as a use. */
  readonly of: SessionOf;
  /** A new session under a new secret; what the browser had before is over. */
  readonly begin: (
    exchange: { readonly request: FastifyRequest; readonly reply: FastifyReply },
    who: { readonly person: PersonId; readonly role: ActingRole },
  ) => Promise<void>;
  readonly end: (exchange: {
    readonly request: FastifyRequest;
    readonly reply: FastifyReply;
  }) => Promise<void>;
}

/** Attributes of every cookie of ours. Lax: coming back from the sign-in is a navigation from another site. */
export const cookieAttributes = (publicUrl: string) =>
  ({ path: "/", httpOnly: true, sameSite: "lax", secure: isSecure(publicUrl) }) as const;

/** Over https no other host and no page without TLS can have set it (RFC 6265bis, `__Host-`). */
export const cookieName = (publicUrl: string, name: string): string =>
  isSecure(publicUrl) ? `__Host-${name}` : name;

const isSecure = (publicUrl: string): boolean => publicUrl.startsWith("https:");

/** A use is written down at most this often, so that reading pages stays reading. */
const USE_SECONDS = 60;

export const makeSessions = ({
  db,
  publicUrl,
  clock,
}: {
  readonly db: Db;
  readonly publicUrl: string;
  /** Wall clock. */
  readonly clock: () => Instant;
}): Sessions => {
  const name = cookieName(publicUrl, "nenrin-session");
  const attributes = cookieAttributes(publicUrl);

  const use = async (secret: string, { usedAt }: StoredSession): Promise<void> => {
    const now = clock();
    if (addSeconds(usedAt, USE_SECONDS) <= now) await useSession(db, { hash: hashOfSecret(secret), now });
  };
  const endOf = async (request: FastifyRequest): Promise<void> => {
    const secret = request.cookies[name];
    if (secret !== undefined) await endSession(db, { hash: hashOfSecret(secret), now: clock() });
  };
  return {
    of: async (request) => {
      const secret = request.cookies[name];
      if (secret === undefined) return null;
      const session = await sessionOf(db, hashOfSecret(secret));
      if (session === undefined || sessionEndsAt(session) <= clock()) return null;
      await use(secret, session);
      return { actor: session.actor, formToken: formTokenOf(secret) };
    },
    begin: async ({ request, reply }, who) => {
      await endOf(request);
      const secret = newSecret();
      await openSession(db, { ...who, hash: hashOfSecret(secret), now: clock() });
      reply.setCookie(name, secret, { ...attributes, maxAge: SESSION_LIMIT_SECONDS });
    },
    end: async ({ request, reply }) => {
      await endOf(request);
      reply.clearCookie(name, attributes);
    },
  };
};
