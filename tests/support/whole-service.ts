import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Client } from "@temporalio/client";
import type { FastifyContextConfig, FastifyInstance, HTTPMethods } from "fastify";
import { buildApp, type Doors } from "../../api/app.ts";
import type { SessionOf } from "../../api/plugins/actor.ts";
import { makeSessions } from "../../api/plugins/session.ts";
import { assetRoutes } from "../../api/routes/assets.ts";
import { codecRoutes } from "../../api/routes/codec.ts";
import { healthRoutes } from "../../api/routes/health.ts";
import { historyScreens } from "../../api/routes/history-screens.ts";
import { homeRoutes } from "../../api/routes/home.ts";
import { signInRoutes } from "../../api/routes/sign-in.ts";
import { yearScreens } from "../../api/routes/year-screens.ts";
import type { Db } from "../../db/client.ts";
import type { Instant } from "../../domain/time.ts";

/** A route as the running service itself announces it. */
export interface Announced {
  readonly method: HTTPMethods;
  readonly url: string;
  readonly config: FastifyContextConfig;
}
export interface WholeService {
  readonly app: FastifyInstance;
  readonly desk: Doors["desk"];
  readonly routes: readonly Announced[];
}
interface Parts {
  readonly db: Db;
  readonly client: Client;
  readonly publicUrl: string;
  readonly clock: () => Instant;
  readonly sessionOf: SessionOf;
}

type Screens = ReturnType<typeof screensOf>;
const screensOf = ({ db, clock }: Parts, { actorOf, situations }: Doors) => ({
  db,
  clock,
  actorOf,
  situations,
  openToAll: false,
});

const signInOf = ({ db, clock, publicUrl }: Parts, { actorOf }: Screens) =>
  signInRoutes({
    db,
    sessions: makeSessions({ db, publicUrl, clock }),
    clock,
    actorOf,
    settings: {
      issuer: "http://127.0.0.1:1",
      clientId: "nenrin",
      clientSecret: "none",
      publicUrl,
      sessionSecret: "a secret of this test and of nobody else",
    },
  });

/** What api/server.ts puts beside the API. */
const beside = (parts: Parts, doors: Doors) => {
  const screens = screensOf(parts, doors);
  const { stepping, readHistories } = doors.desk;
  return [
    healthRoutes({ checks: {}, mail: async () => ({ oldestDueAt: null, stuck: 0, counts: {} as never }) }),
    signInOf(parts, screens),
    assetRoutes,
    codecRoutes({
      decode: async (payloads) => payloads,
      sessionOf: parts.sessionOf,
      uiOrigin: null,
      openToAll: false,
    }),
    homeRoutes({ ...screens, stepping, histories: null, mailbox: null }),
    yearScreens(screens),
    historyScreens({ ...screens, readHistories, histories: null }),
  ];
};

/** The whole service as api/server.ts puts it together, with every address it announces. Its engine is silent. */
export const buildWholeService = async (parts: Parts): Promise<WholeService> => {
  const routes: Announced[] = [];
  const desks: Doors["desk"][] = [];
  const announce = (message: unknown): void => {
    const made = (message as { readonly fastify: FastifyInstance }).fastify;
    made.addHook("onRoute", ({ method, url, config = {} }) => {
      for (const one of [method].flat()) routes.push({ method: one, url, config });
    });
  };
  subscribe("fastify.initialization", announce);
  const app = await buildApp({
    ...parts,
    taskQueue: "none",
    logger: false,
    beside: (doors) => {
      desks.push(doors.desk);
      return beside(parts, doors);
    },
  });
  unsubscribe("fastify.initialization", announce);
  const [desk] = desks;
  if (desk === undefined) throw new Error("the service has no desk");
  return { app, desk, routes };
};
