import { Client, Connection } from "@temporalio/client";
import type { FastifyInstance } from "fastify";
import { buildApp } from "../../api/app.ts";
import type { Ahead, StepWish } from "../../api/stepping.ts";
import type { RefusalCode } from "../../domain/refusal.ts";
import { assetRoutes } from "../../api/routes/assets.ts";
import { historyScreens } from "../../api/routes/history-screens.ts";
import { homeRoutes, type HomeDeps } from "../../api/routes/home.ts";
import { yearScreens } from "../../api/routes/year-screens.ts";
import { closeDb, makeDb, type Db } from "../../db/client.ts";
import type { Actor } from "../../domain/acts.ts";
import { organisationId, personId } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import { instant } from "../../domain/time.ts";
import { asBrowsersDo } from "./form-posting.ts";
import { freePort, startScratchDatabase } from "./scratch-database.ts";
import { fy2014 } from "./scene.ts";
import { now, storeScreensYear } from "./screens-year.ts";

/** The screens over real rows. Only the engine is not there: where the clock goes next is told here. */
export interface ScreensService {
  readonly app: FastifyInstance;
  readonly db: Db;
  readonly web: string;
  readonly settings: Settings;
  /** Every step that was asked for, by its key. */
  readonly steps: StepWish[];
  readonly stop: () => Promise<void>;
}
/** What a test turns. */
interface Settings {
  reader: Actor | null;
  openToAll: boolean;
  ahead: Ahead;
  refusal: RefusalCode | null;
}

export const actor = (person: string, role: Actor["role"], organisation: string): Actor => ({
  person: personId(person),
  role,
  organisation: organisationId(organisation),
});
export const asPreparer = actor("nisc-preparer-1", "preparer", "nisc");
export const asMeti = actor("meti-officer", "contact", "meti");

const usual = (): Settings => ({
  reader: null,
  openToAll: true,
  ahead: { is: "ready", to: instant("2015-04-28T09:00:00+09:00"), workflows: ["chase-2014-r1"] },
  refusal: null,
});

/** @param store the rows there are */
export const startScreens = async (
  change: (plan: Plan) => Plan = (plan) => plan,
  store = storeScreensYear,
): Promise<ScreensService> => {
  const database = await startScratchDatabase();
  const db = makeDb({ url: database.url, applicationName: "screens-test" });
  await store(db, change(await fy2014()));
  const settings = usual();
  const steps: StepWish[] = [];
  const port = await freePort();
  const web = `http://127.0.0.1:${port}`;
  const connection = Connection.lazy({ address: "127.0.0.1:1" });
  const app = await buildApp({
    db,
    client: new Client({ connection }),
    taskQueue: "none",
    publicUrl: web,
    clock: () => now,
    logger: false,
    sessionOf: async () => settings.reader && { actor: settings.reader, formToken: "of this test" },
    beside: ({ desk, actorOf, situations }) => {
      const deps: HomeDeps = {
        db,
        clock: () => now,
        actorOf,
        situations,
        get openToAll() {
          return settings.openToAll;
        },
        histories: "http://127.0.0.1:8233/namespaces/default",
        mailbox: null,
        stepping: {
          aheadOf: async () => settings.ahead,
          step: async (wish) => {
            steps.push(wish);
            const of = { act: "an act", cycle: wish.cycle };
            return settings.refusal === null
              ? { ...of, is: "done", sequence: 1, hash: null }
              : { ...of, is: "refused", refusal: settings.refusal };
          },
        },
      };
      return [
        assetRoutes,
        homeRoutes(deps),
        yearScreens(deps),
        historyScreens({ ...deps, readHistories: desk.readHistories }),
      ];
    },
  });
  return {
    app: asBrowsersDo(app),
    db,
    web,
    settings,
    steps,
    stop: async () => {
      await app.close();
      await connection.close();
      await closeDb(db);
      await database.stop();
    },
  };
};
export const resetScreens = ({ settings, steps }: ScreensService): void => {
  Object.assign(settings, usual());
  steps.length = 0;
};
