import { join } from "node:path";
import { migrate } from "../db/migrate.ts";
import type { Plan } from "../domain/plan.ts";
import { startIdentity, type Identity } from "./identity.ts";
import { startMailbox, type Mailbox } from "./mailbox.ts";
import { startPostgres, type Postgres } from "./postgres.ts";
import type { Processes } from "./processes.ts";
import { allOf, type Stopping } from "./stopping.ts";
import { startTemporal, useTemporal, type Temporal } from "./temporal.ts";

/** Ports on loopback, all free when the engines start. */
export interface EnginePorts {
  readonly postgres: number;
  readonly temporal: number;
  readonly temporalUi: number;
  readonly smtp: number;
  readonly mail: number;
  readonly identity: number;
}

/** What the service runs on. */
export interface Engines {
  readonly postgres: Postgres;
  /** `postgres://…` of the migrated database. */
  readonly databaseUrl: string;
  readonly temporal: Temporal;
  readonly mailbox: Mailbox;
  readonly identity: Identity;
}

export interface EngineOptions {
  /** Absolute path of the folder where all data live. */
  readonly state: string;
  readonly ports: EnginePorts;
  readonly processes: Processes;
  readonly stopping: Stopping;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where the API will listen; no slash at the end. */
  readonly web: string;
  /** Whose people sign in. */
  readonly plan: Plan;
  readonly client: { readonly id: string; readonly secret: string; readonly redirectUri: string };
}

const DATABASE = "nenrin";

/** The one of TEMPORAL_ADDRESS if that is set, else one of our own. */
const temporalOf = ({ state, ports, processes, environment, web }: EngineOptions): Promise<Temporal> => {
  const address = environment["TEMPORAL_ADDRESS"] ?? "";
  return address === ""
    ? startTemporal({
        database: join(state, "temporal.sqlite"),
        port: ports.temporal,
        uiPort: ports.temporalUi,
        codec: `${web}/codec`,
        processes,
      })
    : useTemporal({
        address,
        namespace: environment["TEMPORAL_NAMESPACE"] ?? "default",
        uiUrl: environment["TEMPORAL_UI_URL"] ?? null,
      });
};

/**
 * Starts all engines side by side and migrates the database. What has started is in `stopping`, also when another
 * part fails and this throws.
 */
export const startEngines = async (options: EngineOptions): Promise<Engines> => {
  const { state, ports, processes, stopping, environment, plan, client } = options;
  const started = async <Part extends { readonly stop: () => Promise<void> }>(
    part: Promise<Part>,
  ): Promise<Part> => {
    const fill = stopping.place();
    await fill((await part).stop);
    return part;
  };
  const mailbox = started(
    startMailbox({ folder: join(state, "mail"), smtpPort: ports.smtp, pagePort: ports.mail }),
  );
  const identity = started(startIdentity({ plan, port: ports.identity, client, environment }));
  const postgres = started(startPostgres({ state, port: ports.postgres, database: DATABASE, processes }));
  const temporal = started(temporalOf(options));
  const migrated = postgres.then(async ({ url }) => {
    await migrate(url(DATABASE));
    return url(DATABASE);
  });
  const [databaseUrl] = await allOf([migrated, postgres, temporal, mailbox, identity]);
  return {
    databaseUrl,
    postgres: await postgres,
    temporal: await temporal,
    mailbox: await mailbox,
    identity: await identity,
  };
};
