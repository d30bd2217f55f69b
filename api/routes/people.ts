import { z } from "zod";
import { doDeskAct } from "../../db/acts.ts";
import { createToken, revokeToken } from "../../db/people-acts.ts";
import { personNamed } from "../../db/queries/directory.ts";
import { tokensOf } from "../../db/queries/tokens.ts";
import { organisationId, type OrganisationId } from "../../domain/ids.ts";
import { actions, isInPerson, judge, seesOnlyItsOwn } from "../../domain/policy.ts";
import { addSeconds } from "../../domain/time.ts";
import type { Actor } from "../../domain/acts.ts";
import { access, keyHeader, once, refusals, type Route } from "../acting.ts";
import { actorOf } from "../plugins/actor.ts";
import { ProblemError } from "../problems.ts";
import { hashOfSecret, newSecret } from "../secrets.ts";
import { at, cycle, hash, line, listOf, sha } from "../schemas.ts";

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

/** What may be left to a token of the actor's post: nothing that is for a person alone, nothing the post does not do. */
const delegable = z
  .enum(actions)
  .refine((action) => !isInPerson(action), "承認・決定・付与に当たる操作はトークンでは行えません");

const tokenBody = z.strictObject({
  label: line,
  actions: z
    .array(delegable)
    .min(1)
    .max(actions.length)
    .meta({ description: "このトークンで行える操作。職務で行えるものに限る" }),
  organisation: z
    .string()
    .transform(organisationId)
    .nullable()
    .meta({ description: "対象とする府省庁。null は職務の範囲の全て" }),
  cycle: cycle.nullable().meta({ description: "対象とする年次サイクル。null は全て" }),
});

const scopeFor = (
  { role, organisation }: Actor,
  wanted: z.output<typeof tokenBody>,
): Pick<z.output<typeof tokenBody>, "actions" | "cycle"> & {
  readonly organisation: OrganisationId | null;
} => {
  const beyond = wanted.actions.filter((action) => judge(role, action, "own", "token") !== "allowed");
  if (beyond.length > 0)
    throw new ProblemError("invalid-body", {
      errors: beyond.map((action) => ({
        pointer: `/actions/${wanted.actions.indexOf(action)}`,
        message: `${action} は、この職務ではトークンに許せません。`,
      })),
    });
  // A ministry's token is its ministry's, whatever is asked for.
  return { ...wanted, organisation: seesOnlyItsOwn(role) ? organisation : wanted.organisation };
};

const newToken: Route = (app, desk) => {
  const { db, clock } = desk;
  app.post(
    "/tokens",
    {
      config: access("token.create", "nothing"),
      schema: {
        summary: "自分の利用者トークンを作る（90日間有効）",
        headers: keyHeader,
        body: tokenBody,
        response: {
          200: z.object({
            act: z.string(),
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
      const { label } = request.body;
      const { actions: reach, organisation, cycle: year } = scopeFor(actor, request.body);
      const scope = { actions: [...new Set(reach)], organisation, cycle: year };
      const token = { hash: hashOfSecret(secret), label, createdAt: now, ...scope };
      const expiresAt = addSeconds(now, TOKEN_DAYS * 86_400);
      const act = {
        name: "token.create" as const,
        actor,
        object: `token ${token.hash}`,
        hash: token.hash,
        now,
        said: { reason: null, result: { label, ...scope } },
      };
      const { person, role } = actor;
      const done = await once(desk, request, (identity) =>
        doDeskAct(db, { ...act, ...identity }, (tx) =>
          createToken(tx, { ...token, person, role, expiresAt }),
        ),
      );
      return { act: done.act, token: done.again ? null : secret, hash: done.hash, expiresAt };
    },
  );
};

const listTokens: Route = (app, { db }) => {
  app.get(
    "/tokens",
    {
      config: access("tokens", "nothing"),
      schema: {
        summary: "自分の利用者トークンの一覧（新しい順）",
        response: {
          200: z.object({
            tokens: listOf(
              z.object({
                hash: sha,
                label: z.string(),
                role: z.string(),
                actions: listOf(z.string()).nullable(),
                organisation: z.string().nullable(),
                cycle: z.string().nullable(),
                createdAt: at,
                expiresAt: at,
                revokedAt: at.nullable(),
              }),
            ),
          }),
          ...refusals,
        },
      },
    },
    async (request) => ({ tokens: await tokensOf(db, actorOf(request).person) }),
  );
};

const dropToken =
  (method: "DELETE" | "POST", url: string): Route =>
  (app, desk) => {
    const { db, clock } = desk;
    app.route({
      method,
      url,
      config: access("token.revoke", "token"),
      schema: {
        summary: "利用者トークンを無効にする",
        params: z.object({ hash }),
        headers: keyHeader,
        response: { 200: z.object({ act: z.string(), sequence: z.int() }), ...refusals },
      },
      handler: async (request) => {
        const [now, actor, of] = [clock(), actorOf(request), request.params.hash];
        const act = { name: "token.revoke" as const, actor, object: `token ${of}`, hash: of, now };
        return once(desk, request, (identity) =>
          doDeskAct(db, { ...act, ...identity }, (tx) => revokeToken(tx, { hash: of, now })),
        );
      },
    });
  };

/** Whoever speaks to the API, and the tokens he speaks with. The second way to revoke one is a form's, without script. */
export const peopleRoutes: readonly Route[] = [
  me,
  listTokens,
  newToken,
  dropToken("DELETE", "/tokens/:hash"),
  dropToken("POST", "/tokens/:hash/revocation"),
];
