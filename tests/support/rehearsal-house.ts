import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client as EngineClient, Connection } from "@temporalio/client";
import { closeDb, makeDb } from "../../db/client.ts";
import { removePostgresHome } from "../../dev/postgres-home.ts";
import { dataConverterIn } from "../../dev/payload-keys.ts";
import { startService, type Service } from "../../dev/service.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import { makeClient, type Client } from "../../rehearsals/client.ts";
import { openRehearsal, rehearse, type Rehearsed } from "../../rehearsals/rehearsal.ts";
import { rehearsedPlan } from "../../rehearsals/rehearsed-plan.ts";
import type { Script } from "../../rehearsals/script.ts";
import type { View } from "../../rehearsals/view.ts";
import { expectHistoriesToAgree } from "./histories-agree.ts";

/** A whole service of one's own, on which years are rehearsed. */
export interface RehearsalHouse {
  readonly service: Service;
  /** Its state folder. */
  readonly state: string;
  readonly client: Client;
  readonly play: (year: Played) => Promise<Rehearsed & { readonly cycle: CycleKey }>;
  readonly stop: () => Promise<void>;
}
interface Played {
  readonly plan: Plan;
  readonly script: Script;
  readonly seed: number;
  readonly onLook?: (view: View) => void | Promise<void>;
}

/** A year that has come to its end: its histories alone make what the database says. */
const compareYear = async ({ addresses }: Service, state: string, cycle: CycleKey): Promise<void> => {
  const db = makeDb({ url: addresses.postgres, applicationName: "compare", max: 1 });
  const connection = await Connection.connect({ address: addresses.temporal });
  const client = new EngineClient({ connection, dataConverter: dataConverterIn(state) });
  try {
    await expectHistoriesToAgree({ db, client }, cycle);
  } finally {
    await connection.close();
    await closeDb(db);
  }
};

export const startRehearsalHouse = async (): Promise<RehearsalHouse> => {
  const state = mkdtempSync(join(tmpdir(), "nenrin-year-"));
  const service = await startService({ state });
  const client = makeClient({ api: service.addresses.api, tokens: service.tokens });
  return {
    service,
    state,
    client,
    play: async ({ plan: given, script, seed, onLook = () => {} }) => {
      const plan = rehearsedPlan(given, script);
      const cycle = await openRehearsal(client, plan);
      const { signal } = new AbortController();
      const played = await rehearse({ client, cycle, plan, script, seed, onLook, signal });
      if (played === undefined) throw new Error(`${cycle} did not come to its end`);
      await compareYear(service, state, cycle);
      return { ...played, cycle };
    },
    stop: async () => {
      await service.stop();
      removePostgresHome(state);
      rmSync(state, { recursive: true, force: true });
    },
  };
};
