import { z } from "zod";
import { createToken, doDeskAct, revokeToken } from "../../db/acts.ts";
import { personNamed } from "../../db/queries/directory.ts";
import { addSeconds } from "../../domain/time.ts";
import { access, keyHeader, once, refusals, type Route } from "../acting.ts";
import { actorOf } from "../plugins/actor.ts";
import { hashOfSecret, newSecret } from "../secrets.ts";
import { at, hash, line, sha } from "../schemas.ts";

const TOKEN_DAYS = 90;

const me: Route = (app, { db }) => {
  app.get(
    "/me",
    {
      config: access("me", "nothing"),
      schema: {
        summary: "サインインしている人と役職",
        response: {
          200: z.object({
            person: z.string(),
            name: z.string(),
            role: z.string(),
            organisation: z.string(),
          }),
          ...refusals,
        },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      return { ...actor, name: (await personNamed(db, actor.person))?.name ?? actor.person };
    },
  );
};

const newToken: Route = (app, desk) => {
  const { db, clock } = desk;
  app.post(
    "/tokens",
    {
      config: access("token.create", "nothing"),
      schema: {
        summary: "自分の利用者トークンを作る",
        headers: keyHeader,
        body: z.strictObject({ label: line }),
        response: {
          200: z.object({
            token: z
              .string()
              .nullable()
              .meta({ description: "この応答でだけ示す。同じ Idempotency-Key で再度送ると null" }),
            hash: sha.nullable(),
            expiresAt: at,
          }),
          ...refusals,
        },
      },
    },
    async (request) => {
      const [secret, now, actor] = [newSecret(), clock(), actorOf(request)];
      const token = { hash: hashOfSecret(secret), label: request.body.label, createdAt: now };
      const expiresAt = addSeconds(now, TOKEN_DAYS * 86_400);
      const act = {
        name: "token.create" as const,
        actor,
        object: `token ${token.hash}`,
        hash: token.hash,
        now,
      };
      const { person, role } = actor;
      const done = await once(desk, request, (identity) =>
        doDeskAct(db, { ...act, ...identity }, (tx) =>
          createToken(tx, { ...token, person, role, expiresAt }),
        ),
      );
      return { token: done.again ? null : secret, hash: done.hash, expiresAt };
    },
  );
};

const dropToken: Route = (app, desk) => {
  const { db, clock } = desk;
  app.delete(
    "/tokens/:hash",
    {
      config: access("token.revoke", "token"),
      schema: {
        summary: "利用者トークンを無効にする",
        params: z.object({ hash }),
        headers: keyHeader,
        response: { 200: z.object({ act: z.string(), sequence: z.int() }), ...refusals },
      },
    },
    async (request) => {
      const [now, actor, of] = [clock(), actorOf(request), request.params.hash];
      const act = { name: "token.revoke" as const, actor, object: `token ${of}`, hash: of, now };
      return once(desk, request, (identity) =>
        doDeskAct(db, { ...act, ...identity }, (tx) => revokeToken(tx, { hash: of, now })),
      );
    },
  );
};

/** Whoever speaks to the API, and the tokens he speaks with. */
export const peopleRoutes: readonly Route[] = [me, newToken, dropToken];
