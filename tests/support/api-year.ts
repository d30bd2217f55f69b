import { randomUUID } from "node:crypto";
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import { buildApp } from "../../api/app.ts";
import { hashOfSecret } from "../../api/secrets.ts";
import { createToken } from "../../db/acts.ts";
import { upsertPeople } from "../../db/commands/people.ts";
import { postsOf } from "../../domain/session.ts";
import type { Plan } from "../../domain/plan.ts";
import { instant, type Instant } from "../../domain/time.ts";
import { fy2014 } from "./scene.ts";
import { smallYear } from "./small-year.ts";
import { startYearHouse, type YearHouse } from "./year-house.ts";

/** The API before real workflows on real engines. Everybody of the plan has a token for each post. */
export interface ApiYear {
  readonly house: YearHouse;
  readonly app: FastifyInstance;
  readonly plan: Plan;
  readonly time: { now: Instant };
  readonly get: (post: string, path: string) => Promise<LightMyRequestResponse>;
  /** Without a key it is an act of its own. */
  readonly post: (post: string, path: string, body: object, more?: Sent) => Promise<LightMyRequestResponse>;
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
const END = instant("2030-01-01T00:00:00+09:00");

/** `nisc-preparer-1 preparer`: a person in one of his posts. */
export const tokenOf = (post: string): string => `token-for-tests-${Buffer.from(post).toString("base64url")}`;

export const startApiYear = async (): Promise<ApiYear> => {
  const [house, year] = await Promise.all([startYearHouse(), fy2014()]);
  const plan = smallYear(year);
  const { db, client, taskQueue } = house;
  await db.transaction((tx) => upsertPeople(tx, plan.people));
  for (const person of plan.people)
    for (const role of postsOf(person)) {
      const hash = hashOfSecret(tokenOf(`${person.id} ${role}`));
      await createToken(db, {
        hash,
        person: person.id,
        role,
        label: "test",
        createdAt: WALL,
        expiresAt: END,
      });
    }
  const time = { now: WALL };
  const app = await buildApp({
    db,
    client,
    taskQueue,
    publicUrl: "http://127.0.0.1:8080",
    clock: () => time.now,
    logger: false,
  });
  const ask = (post: string, { headers = {}, ...request }: InjectOptions) =>
    app.inject({ ...request, headers: { authorization: `Bearer ${tokenOf(post)}`, ...headers } });
  return {
    house,
    app,
    plan,
    time,
    get: (post, path) => ask(post, { url: `/api/v1${path}` }),
    post: (post, path, body, { key = randomUUID(), ifMatch } = {}) =>
      ask(post, {
        method: "POST",
        url: `/api/v1${path}`,
        headers: { "idempotency-key": key, ...(ifMatch !== undefined && { "if-match": ifMatch }) },
        payload: body,
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
