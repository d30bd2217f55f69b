import { randomUUID } from "node:crypto";
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import { buildApp } from "../../api/app.ts";
import { makeSessions } from "../../api/plugins/session.ts";
import { historyScreens } from "../../api/routes/history-screens.ts";
import { yearScreens } from "../../api/routes/year-screens.ts";
import { formTokenOf, hashOfSecret, newSecret } from "../../api/secrets.ts";
import { openSession } from "../../db/content.ts";
import { upsertPeople } from "../../db/commands/people.ts";
import { personId } from "../../domain/ids.ts";
import { roles } from "../../domain/policy.ts";
import { createToken } from "../../db/people-acts.ts";
import { postsOf } from "../../domain/session.ts";
import type { Plan } from "../../domain/plan.ts";
import { addSeconds, instant, type Instant } from "../../domain/time.ts";
import { fy2014 } from "./scene.ts";
import { smallYear } from "./small-year.ts";
import { startYearHouse, type YearHouse } from "./year-house.ts";

/** The API before real workflows on real engines. Everybody of the plan has signed in, in each of his posts. */
export interface ApiYear {
  readonly house: YearHouse;
  readonly app: FastifyInstance;
  readonly plan: Plan;
  readonly time: { now: Instant };
  readonly get: (post: string, path: string) => Promise<LightMyRequestResponse>;
  /** A screen. */
  readonly look: (post: string, path: string) => Promise<LightMyRequestResponse>;
  /** Without a key it is an act of its own. */
  readonly post: (post: string, path: string, body: object, more?: Sent) => Promise<LightMyRequestResponse>;
  readonly remove: (post: string, path: string) => Promise<LightMyRequestResponse>;
  /** A file of the media type. */
  readonly send: (
    post: string,
    path: string,
    file: Buffer,
    as: { readonly key: string; readonly type: string },
  ) => Promise<LightMyRequestResponse>;
  readonly stop: () => Promise<void>;
}
interface Sent {
  readonly key?: string;
  readonly ifMatch?: string;
}

export const WALL = instant("2026-11-25T10:00:00+09:00");

/** `nisc-preparer-1 preparer`: a person in one of his posts, as his browser's cookie has him. */
const cookieOf = (post: string): string => `session-for-tests-${Buffer.from(post).toString("base64url")}`;
const WEB = "http://127.0.0.1:8080";
/** What his browser sends along. */
const signedInAs = (post: string) => ({
  cookie: `nenrin-session=${cookieOf(post)}`,
  "sec-fetch-site": "same-origin",
  "x-form-token": formTokenOf(cookieOf(post)),
});

export const startApiYear = async (change: (plan: Plan) => Plan = (plan) => plan): Promise<ApiYear> => {
  const [house, year] = await Promise.all([startYearHouse(), fy2014()]);
  const plan = change(smallYear(year));
  const { db, client, taskQueue } = house;
  await db.transaction((tx) => upsertPeople(tx, plan.people));
  for (const person of plan.people)
    for (const role of postsOf(person)) {
      const hash = hashOfSecret(cookieOf(`${person.id} ${role}`));
      await openSession(db, { hash, person: person.id, role, now: WALL });
    }
  const time = { now: WALL };
  const app = await buildApp({
    db,
    client,
    taskQueue,
    publicUrl: WEB,
    clock: () => time.now,
    logger: false,
    sessionOf: makeSessions({ db, publicUrl: WEB, clock: () => WALL }).of,
    beside: ({ desk: { readHistories }, actorOf, situations }) => {
      const screens = { db, clock: () => time.now, actorOf, situations, openToAll: false };
      return [yearScreens(screens), historyScreens({ ...screens, readHistories, histories: null })];
    },
  });
  const ask = (post: string, { headers = {}, ...request }: InjectOptions) =>
    app.inject({ ...request, headers: { ...signedInAs(post), ...headers } });
  return {
    house,
    app,
    plan,
    time,
    get: (post, path) => ask(post, { url: `/api/v1${path}` }),
    look: (post, url) => ask(post, { url }),
    post: (post, path, body, { key = randomUUID(), ifMatch } = {}) =>
      ask(post, {
        method: "POST",
        url: `/api/v1${path}`,
        headers: { "idempotency-key": key, ...(ifMatch !== undefined && { "if-match": ifMatch }) },
        payload: body,
      }),
    remove: (post, path) =>
      ask(post, {
        method: "DELETE",
        url: `/api/v1${path}`,
        headers: { "idempotency-key": randomUUID() },
      }),
    send: (post, path, payload, { key, type }) =>
      ask(post, {
        method: "POST",
        url: `/api/v1${path}`,
        headers: { "idempotency-key": key, "content-type": type },
        payload,
      }),
    stop: async () => {
      await app.close();
      await house.stop();
    },
  };
};

/** What the command line speaks with. */
export const tokenFor = async ({ house }: ApiYear, post: string): Promise<string> => {
  const [person = "", role = ""] = post.split(" ");
  const held = roles.find((one) => one === role);
  if (held === undefined) throw new Error(`no post: ${post}`);
  const token = newSecret();
  const of = { hash: hashOfSecret(token), person: personId(person), role: held, label: "test" };
  await createToken(house.db, { ...of, createdAt: WALL, expiresAt: addSeconds(WALL, 86_400) });
  return token;
};
