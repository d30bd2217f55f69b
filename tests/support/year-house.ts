import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { ApplicationFailure, WorkflowUpdateFailedError, type Client } from "@temporalio/client";
import {
  bundleWorkflowCode,
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
  type WorkflowBundle,
} from "@temporalio/worker";
import { and, eq } from "drizzle-orm";
import type { Activities } from "../../activities/contract.ts";
import { createActivities } from "../../activities/index.ts";
import { makeOutbox } from "../../activities/outbox.ts";
import { makeSmtp } from "../../activities/smtp.ts";
import { storeAct } from "../../db/acts.ts";
import { sha256Of } from "../../db/chain.ts";
import { closeDb, makeDb, type Db } from "../../db/client.ts";
import { upsertPeople } from "../../db/commands/people.ts";
import { storeContent, type ContentBodies, type ContentKind } from "../../db/content.ts";
import { cycles, processes, stageEntries } from "../../db/schema/cycle.ts";
import type { Act, ActArgs, ActName, ContentRef } from "../../domain/acts.ts";
import { cycleKey, personId, type CycleKey } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import { isRefusalCode } from "../../domain/refusal.ts";
import { instantOfEpochMs, type Instant } from "../../domain/time.ts";
import { japaneseHolidays } from "../../plans/holidays.ts";
import { deploymentOf } from "../../worker/release.ts";
import {
  actUpdate,
  advance,
  cycleInputOf,
  cycleWorkflowId,
  resting,
  type ActResult,
  type Resting,
} from "../../workflows/contract.ts";
import { actOf, type Circumstances } from "./given-acts.ts";
import { expectHistoriesToAgree } from "./histories-agree.ts";
import { scratchRecordKeeping } from "./record-keeping.ts";
import { startScratchDatabase, type ScratchDatabase } from "./scratch-database.ts";
import { startScratchTemporal } from "./scratch-temporal.ts";

/** The real workflows and activities on real engines; what the API does, this does by hand. */
export interface YearHouse {
  readonly db: Db;
  readonly database: ScratchDatabase;
  readonly client: Client;
  readonly taskQueue: string;
  readonly store: <Kind extends ContentKind>(kind: Kind, body: ContentBodies[Kind]) => Promise<ContentRef>;
  /** Stores the plan and opens its cycle as a rehearsal. */
  readonly openYear: (key: string, plan: Plan) => Promise<CycleKey>;
  /** Stores the act, then sends it as its Update. @returns its result, or the refusal's code */
  readonly act: <Name extends ActName>(
    workflow: string,
    name: Name,
    args: ActArgs[Name],
    more?: Circumstances & { readonly id?: string },
  ) => Promise<ActResult | string>;
  readonly send: (workflow: string, act: Act) => Promise<ActResult | string>;
  /** The workflow's standing once it is idle. */
  readonly rest: (workflow: string) => Promise<Resting>;
  /** The workflow has done all that was due by then. */
  readonly step: (workflow: string, to: Instant) => Promise<void>;
  readonly stagesOf: (cycle: CycleKey) => Promise<readonly string[]>;
  readonly openProcesses: (cycle: CycleKey) => Promise<readonly string[]>;
  /** One worker more. It is given tasks once its release is current, and at once where it is of none. */
  readonly employ: (bundle: WorkflowBundle, release: string | null) => Promise<Employed>;
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/** A worker at work. */
export interface Employed {
  readonly stop: () => Promise<void>;
}

const TASK_QUEUE = "nenrin";
const clock = (): Instant => instantOfEpochMs(Date.now());

/** The code of a refused act; anything else that goes wrong is thrown. */
const refusalOf = (error: unknown): string => {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  if (cause instanceof ApplicationFailure && isRefusalCode(cause.type ?? "")) return cause.message;
  throw error;
};

const actingOn = ({ db, client }: { readonly db: Db; readonly client: Client }) => {
  const send: YearHouse["send"] = (workflow, act) =>
    client.workflow
      .getHandle(workflow)
      .executeUpdate(actUpdate(act.name), { updateId: act.id, args: [act] })
      .catch(refusalOf);
  const act: YearHouse["act"] = async (workflow, name, args, { id = randomUUID(), ...more } = {}) => {
    const cycle = cycleKey(/\d{4}(-r\d+)?/.exec(workflow)?.[0] ?? "");
    const [row] = await db.select({ now: cycles.now }).from(cycles).where(eq(cycles.key, cycle));
    const made: Act = { ...actOf(name, args, { ...(row && { at: row.now }), ...more }), id };
    const identity = { key: id, fingerprint: sha256Of(id) };
    await storeAct(db, { act: made, cycle, workflow, contents: [], storedAt: clock(), ...identity });
    return send(workflow, made);
  };
  return { send, act };
};

const steppingOf = (client: Client): Pick<YearHouse, "rest" | "step"> => ({
  rest: async (workflow) => {
    for (;;) {
      const standing = await client.workflow.getHandle(workflow).query(resting);
      if (standing.idle) return standing;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  },
  step: async (workflow, to) => {
    await client.workflow.getHandle(workflow).executeUpdate(advance, { args: [{ to }] });
  },
});

const bundled = () =>
  bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL("../../workflows", import.meta.url)),
    logger: new DefaultLogger("WARN"),
  });

/**
 * @param smtpPort of the relay; nothing is sent where no courier runs
 * @param rowsByHand the test writes rows or starts workflows by itself: histories alone do not make what is there
 * @param instead replaces activities, to see what a workflow does when the world fails it
 * @param isManned has a worker of today's code, of no release; else none but those it is told to employ
 */
export const startYearHouse = async ({
  smtpPort = 1,
  instead = (real) => real,
  rowsByHand = false,
  isManned = true,
}: {
  readonly smtpPort?: number;
  readonly instead?: (real: Activities) => Activities;
  readonly rowsByHand?: boolean;
  readonly isManned?: boolean;
} = {}): Promise<YearHouse> => {
  Runtime.install({ logger: new DefaultLogger("ERROR") });
  const [database, temporal, today] = await Promise.all([
    startScratchDatabase(),
    startScratchTemporal(),
    isManned ? bundled() : null,
  ]);
  const db = makeDb({ url: database.url, applicationName: "year-house" });
  const connection = await NativeConnection.connect({ address: temporal.address });
  const { client } = temporal;
  const employed = new Set<Employed>();
  const employ: YearHouse["employ"] = async (workflowBundle, release) => {
    const worker = await Worker.create({
      connection,
      taskQueue: TASK_QUEUE,
      workflowBundle,
      activities: instead(activitiesOf({ db, client, smtpPort })),
      shutdownForceTime: "5 seconds",
      ...(release !== null && { workerDeploymentOptions: deploymentOf(release) }),
    });
    const running = worker.run();
    const one: Employed = {
      stop: async () => {
        employed.delete(one);
        worker.shutdown();
        await running;
      },
    };
    employed.add(one);
    return one;
  };
  if (today !== null) await employ(today, null);
  const store: YearHouse["store"] = (kind, body) =>
    storeContent(db, { kind, body, storedBy: personId("nisc-preparer-1"), storedAt: clock() });
  const acting = actingOn({ db, client });
  return {
    db,
    database,
    client,
    taskQueue: TASK_QUEUE,
    address: temporal.address,
    employ,
    store,
    ...acting,
    ...steppingOf(client),
    openYear: async (key, plan) => {
      const cycle = cycleKey(key);
      const { hash } = await store("plan", plan);
      await db.transaction((tx) => upsertPeople(tx, plan.people));
      const input = cycleInputOf({ cycle, plan, hash, stepped: true });
      const workflowId = cycleWorkflowId(cycle);
      await client.workflow.start("cycle", { workflowId, taskQueue: TASK_QUEUE, args: [input] });
      const at = input.clock.is === "stepped" ? input.clock.now : clock();
      await acting.act(workflowId, "cycle.open", { plan: hash, stepped: true }, { at });
      return cycle;
    },
    stagesOf: async (cycle) =>
      (
        await db
          .select({ stage: stageEntries.stage })
          .from(stageEntries)
          .where(eq(stageEntries.cycle, cycle))
          .orderBy(stageEntries.id)
      ).map(({ stage }) => stage),
    openProcesses: async (cycle) =>
      (
        await db
          .select({ workflow: processes.workflow })
          .from(processes)
          .where(and(eq(processes.cycle, cycle), eq(processes.isOpen, true)))
          .orderBy(processes.workflow)
      ).map(({ workflow }) => workflow),
    stop: async () => {
      const played = rowsByHand ? [] : await db.select({ key: cycles.key }).from(cycles);
      for (const { key } of played) await expectHistoriesToAgree({ db, client }, key);
      await Promise.all([...employed].map((one) => one.stop()));
      await connection.close();
      await closeDb(db);
      await Promise.all([temporal.stop(), database.stop()]);
    },
  };
};

const activitiesOf = ({
  db,
  client,
  smtpPort,
}: {
  readonly db: Db;
  readonly client: Client;
  readonly smtpPort: number;
}): Activities => {
  const from = { name: "内閣官房 NISC", address: "nenrin@nisc.example" };
  return createActivities({
    db,
    client,
    taskQueue: TASK_QUEUE,
    clock,
    ...scratchRecordKeeping(),
    outbox: makeOutbox({ clock, from, domain: "nisc.example", relay: "capture" }),
    smtp: makeSmtp({
      host: "127.0.0.1",
      port: smtpPort,
      tls: "none",
      credentials: null,
      ehloName: "nenrin.example",
      bounceAddress: from.address,
      connections: 2,
      connectTimeoutMs: 2_000,
      silenceTimeoutMs: 5_000,
    }),
    bounceFolder: null,
    holidays: japaneseHolidays(),
    publicUrl: "https://nenrin.example",
    sender: from.name,
  });
};
