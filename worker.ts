import { join as pathOf } from "node:path";
import { Client } from "@temporalio/client";
import { NativeConnection, Worker } from "@temporalio/worker";
import { createActivities } from "./activities/index.ts";
import { recordKeepingIn } from "./activities/keep-record.ts";
import { mailSettingsOf } from "./activities/mail-settings.ts";
import { makeOutbox } from "./activities/outbox.ts";
import { makeSmtp } from "./activities/smtp.ts";
import { payloadKeys } from "./codec/keys.ts";
import { makePayloadCodec } from "./codec/payload-codec.ts";
import { readConfig } from "./config.ts";
import { closeDb, makeDb, SERVICE_ROLE } from "./db/client.ts";
import { makeObjectStorage } from "./db/object-storage.ts";
import { instantOfEpochMs, type Instant } from "./domain/time.ts";
import { japaneseHolidays } from "./plans/holidays.ts";
import { join } from "./worker/joining.ts";
import { replayOpen } from "./worker/open-histories.ts";
import { deploymentOf } from "./worker/release.ts";
import { startCourier } from "./worker/standing-workflows.ts";
import { installLogger, tellingFailures } from "./worker/telling.ts";
import { bundleOf, failureConverterPath, releaseHere } from "./worker/workflow-bundle.ts";

const config = readConfig();
const { mode, taskQueue, temporalNamespace: namespace } = config;
const clock = (): Instant => instantOfEpochMs(Date.now());
const logger = installLogger(config.logLevel);
const db = makeDb({ url: config.databaseUrl, applicationName: "nenrin-worker", role: SERVICE_ROLE });
// On loopback and in one data centre compressing costs more than it saves.
const connection = await NativeConnection.connect({
  address: config.temporalAddress,
  grpcCompression: { codec: "none" },
});
const payloadCodecs = [makePayloadCodec(payloadKeys(config.payloadKeys))];
const dataConverter = { payloadCodecs, failureConverterPath };
const client = new Client({ connection, namespace, dataConverter });
const mail = mailSettingsOf(config);
const release = releaseHere();
const bundle = await bundleOf(config.workflowBundle, logger);
const replay = () => replayOpen({ client, bundle, dataConverter });
const takeTasks = await join({ client, release, isAlone: mode === "embedded", replay, logger });

const worker = await Worker.create({
  connection,
  namespace,
  taskQueue,
  dataConverter,
  workflowBundle: bundle,
  workerDeploymentOptions: deploymentOf(release),
  activities: createActivities({
    db,
    client,
    taskQueue,
    clock,
    ...recordKeepingIn(config),
    warn: (what) => logger.warn(what),
    outbox: makeOutbox({ ...mail.identity, clock, relay: mode === "production" ? "outbound" : "capture" }),
    objects: config.filesUrl === null ? null : makeObjectStorage(config.filesUrl),
    smtp: makeSmtp(mail.smtp),
    bounceFolder: pathOf(config.stateDir, "bounces"),
    holidays: japaneseHolidays(),
    publicUrl: config.publicUrl,
    sender: mail.identity.from.name,
  }),
  interceptors: { activity: [tellingFailures] },
  maxCachedWorkflows: 1_000,
  // The courier is told at once and settles what is under way; whatever else runs may take until then.
  shutdownForceTime: "20 seconds",
});
await Promise.all([worker.run(), takeTasks().then(() => startCourier({ client, taskQueue }))]);
await connection.close();
await closeDb(db);
