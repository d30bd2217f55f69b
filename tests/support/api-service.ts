import { Client, Connection } from "@temporalio/client";
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import type { Desk } from "../../api/acting.ts";
import { hashOfSecret, newSecret } from "../../api/secrets.ts";
import { createToken } from "../../db/people-acts.ts";
import { closeDb, makeDb, type Db } from "../../db/client.ts";
import type { ActingRole, Actor } from "../../domain/acts.ts";
import { organisationId, personId } from "../../domain/ids.ts";
import { addSeconds, instant, type Instant } from "../../domain/time.ts";
import { startScratchDatabase } from "./scratch-database.ts";
import { fy2014 } from "./scene.ts";
import { storeScreensYear } from "./screens-year.ts";
import { buildWholeService, type Announced } from "./whole-service.ts";

/** Who speaks to the API in a test; `mic` is a ministry that has nothing to do with `meti`'s. */
export const cast = {
  preparer: ["nisc-preparer-1", "preparer"],
  approver: ["nisc-director", "approver"],
  recorder: ["nisc-recorder", "recorder"],
  meti: ["meti-officer", "contact"],
  mic: ["mic-officer", "contact"],
  machine: ["meti-officer", "machine"],
  auditor: ["nisc-auditor", "auditor"],
  admin: ["nisc-admin-1", "admin"],
} as const satisfies Readonly<Record<string, readonly [string, ActingRole]>>;
export type Who = keyof typeof cast;

/** The API over the rows of a year in mid-collection. Its engine is silent: no act ever reaches a workflow. */
export interface ApiService {
  readonly app: FastifyInstance;
  readonly db: Db;
  readonly desk: Desk;
  readonly routes: readonly Announced[];
  readonly time: { now: Instant };
  /** Whose the browser's cookie is; null for nobody's. */
  readonly session: { actor: Actor | null };
  readonly tokens: Readonly<Record<Who, string>>;
  /** By a browser's session, but for the machine, which has none. */
  readonly ask: (who: Who | null, request: InjectOptions) => Promise<LightMyRequestResponse>;
  readonly askByToken: (who: Who, request: InjectOptions) => Promise<LightMyRequestResponse>;
  readonly stop: () => Promise<void>;
}

export const START = instant("2026-11-25T10:00:00+09:00");
export const WEB = "http://127.0.0.1:8080";
/** What the forms of whoever has signed in by browser bring along. */
export const FORM_TOKEN = "form-token-of-a-test";

export const tokenFor = async (db: Db, who: Who, expiresAt = addSeconds(START, 86_400)): Promise<string> => {
  const [person, role] = cast[who];
  const token = newSecret();
  const label = `${who} of a test`;
  const of = { hash: hashOfSecret(token), person: personId(person), role, label };
  await createToken(db, { ...of, createdAt: START, expiresAt });
  return token;
};

const tokensOf = async (db: Db): Promise<ApiService["tokens"]> => ({
  preparer: await tokenFor(db, "preparer"),
  approver: await tokenFor(db, "approver"),
  recorder: await tokenFor(db, "recorder"),
  meti: await tokenFor(db, "meti"),
  mic: await tokenFor(db, "mic"),
  machine: await tokenFor(db, "machine"),
  auditor: await tokenFor(db, "auditor"),
  admin: await tokenFor(db, "admin"),
});

const COOKIE = "signed-in-as";
const isWho = (name: string | undefined): name is Who => name !== undefined && name in cast;

/** Whose cookie it is: signing in is not these tests' affair (sign-in.test.ts). */
const castActor = (name: string | undefined): Actor | null => {
  if (!isWho(name)) return null;
  const [person, role] = cast[name];
  return {
    person: personId(person),
    role,
    organisation: organisationId(person.slice(0, person.indexOf("-"))),
  };
};
const sentBy = (who: Who, tokens: ApiService["tokens"]) =>
  who === "machine"
    ? { authorization: `Bearer ${tokens.machine}` }
    : { cookie: `${COOKIE}=${who}`, "sec-fetch-site": "same-origin", "x-form-token": FORM_TOKEN };

export const startApiService = async (): Promise<ApiService> => {
  const database = await startScratchDatabase();
  const db = makeDb({ url: database.url, applicationName: "api-test" });
  await storeScreensYear(db, await fy2014());
  const tokens = await tokensOf(db);
  const time = { now: START };
  const session: ApiService["session"] = { actor: null };
  const connection = Connection.lazy({ address: "127.0.0.1:1" });
  const { app, desk, routes } = await buildWholeService({
    db,
    client: new Client({ connection }),
    publicUrl: WEB,
    clock: () => time.now,
    sessionOf: async ({ cookies }) => {
      const actor = session.actor ?? castActor(cookies[COOKIE]);
      return actor && { actor, formToken: FORM_TOKEN };
    },
  });
  return {
    app,
    db,
    desk,
    routes,
    time,
    session,
    tokens,
    ask: (who, { headers = {}, ...request }) =>
      app.inject({ ...request, headers: { ...(who !== null && sentBy(who, tokens)), ...headers } }),
    askByToken: (who, { headers = {}, ...request }) =>
      app.inject({ ...request, headers: { authorization: `Bearer ${tokens[who]}`, ...headers } }),
    stop: async () => {
      await app.close();
      await connection.close();
      await closeDb(db);
      await database.stop();
    },
  };
};
