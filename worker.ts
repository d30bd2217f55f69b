import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "@temporalio/client";
import {
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
  type ActivityInterceptorsFactory,
} from "@temporalio/worker";
import { createActivities } from "./activities/index.ts";
import { recordKeepingIn } from "./activities/keep-record.ts";
import { mailSettingsOf } from "./activities/mail-settings.ts";
import { makeOutbox } from "./activities/outbox.ts";
import { makeSmtp } from "./activities/smtp.ts";
import { payloadKeys } from "./codec/keys.ts";
import { makePayloadCodec } from "./codec/payload-codec.ts";
import { readConfig, type Config } from "./config.ts";
import { closeDb, makeDb, SERVICE_ROLE } from "./db/client.ts";
import { tellable } from "./db/tellable.ts";
import { makeObjectStorage } from "./db/object-storage.ts";
import { instantOfEpochMs, type Instant } from "./domain/time.ts";
import { japaneseHolidays } from "./plans/holidays.ts";
import { COURIER_WORKFLOW_ID } from "./workflows/contract.ts";

/** Temporal's names of our log levels. */
const LOG_LEVELS = {
  fatal: "ERROR",
  error: "ERROR",
  warn: "WARN",
  info: "INFO",
  debug: "DEBUG",
  trace: "TRACE",
} as const;

const workflowsOf = ({ workflowBundle }: Config) =>
  workflowBundle === null
    ? { workflowsPath: fileURLToPath(new URL("./workflows", import.meta.url)) }
    : { workflowBundle: { code: readFileSync(workflowBundle, "utf8") } };

const config = readConfig();
const clock = (): Instant => instantOfEpochMs(Date.now());
const logger = new DefaultLogger(LOG_LEVELS[config.logLevel]);
Runtime.install({ logger });

/** What an activity fails with is logged, without what people have written. */
const tellingFailures: ActivityInterceptorsFactory = () => ({
  inbound: {
    execute: (input, next) =>
      next(input).catch((error: unknown) => {
        throw tellable(error);
      }),
  },
});

const db = makeDb({ url: config.databaseUrl, applicationName: "nenrin-worker", role: SERVICE_ROLE });
const connection = await NativeConnection.connect({
  address: config.temporalAddress,
  // On loopback and in one data centre compressing costs more than it saves.
  grpcCompression: { codec: "none" },
});
const { taskQueue, temporalNamespace: namespace } = config;
const dataConverter = {
  payloadCodecs: [makePayloadCodec(payloadKeys(config.payloadKeys))],
  failureConverterPath: fileURLToPath(new URL("./workflows/failure-converter.ts", import.meta.url)),
};
const client = new Client({ connection, namespace, dataConverter });
const mail = mailSettingsOf(config);

const worker = await Worker.create({
  connection,
  namespace,
  taskQueue,
  dataConverter,
  ...workflowsOf(config),
  activities: createActivities({
    db,
    client,
    taskQueue,
    clock,
    ...recordKeepingIn(config),
    warn: (what) => logger.warn(what),
    outbox: makeOutbox({
      ...mail.identity,
      clock,
      relay: config.mode === "production" ? "outbound" : "capture",
    }),
    objects: config.filesUrl === null ? null : makeObjectStorage(config.filesUrl),
    smtp: makeSmtp(mail.smtp),
    bounceFolder: join(config.stateDir, "bounces"),
    holidays: japaneseHolidays(),
    publicUrl: config.publicUrl,
    sender: mail.identity.from.name,
  }),
  interceptors: { activity: [tellingFailures] },
  maxCachedWorkflows: 1_000,
  // The courier is told at once and settles what is under way; whatever else runs may take until then.
  shutdownForceTime: "20 seconds",
});

await client.workflow.start("courier", {
  taskQueue,
  workflowId: COURIER_WORKFLOW_ID,
  workflowIdConflictPolicy: "USE_EXISTING",
  staticSummary: "発送：待っているメールを送り、待っている行為を届ける",
});
await worker.run();
await connection.close();
await closeDb(db);
