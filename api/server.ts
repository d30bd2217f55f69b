import { Client, Connection } from "@temporalio/client";
import { decodedPayloads } from "../codec/json-payloads.ts";
import { payloadKeys } from "../codec/keys.ts";
import { makePayloadCodec } from "../codec/payload-codec.ts";
import { readConfig } from "../config.ts";
import { closeDb, makeDb, SERVICE_ROLE } from "../db/client.ts";
import { makeObjectStorage } from "../db/object-storage.ts";
import { mailHealth } from "../db/queries/mail.ts";
import { tellable } from "../db/tellable.ts";
import { instantOfEpochMs, type Instant } from "../domain/time.ts";
import { buildApp } from "./app.ts";
import { makeSessions } from "./plugins/session.ts";
import { checksOf } from "./readiness.ts";
import { assetRoutes } from "./routes/assets.ts";
import { codecRoutes } from "./routes/codec.ts";
import { healthRoutes } from "./routes/health.ts";
import { historyScreens } from "./routes/history-screens.ts";
import { homeRoutes } from "./routes/home.ts";
import { signInRoutes } from "./routes/sign-in.ts";
import { yearScreens } from "./routes/year-screens.ts";

const config = readConfig();
const clock = (): Instant => instantOfEpochMs(Date.now());
const db = makeDb({ url: config.databaseUrl, applicationName: "nenrin-api", role: SERVICE_ROLE });
// Connects when first needed: without its engine the API still shows what is and keeps what people do.
const connection = Connection.lazy({ address: config.temporalAddress });
const codec = makePayloadCodec(payloadKeys(config.payloadKeys));
const client = new Client({
  connection,
  namespace: config.temporalNamespace,
  dataConverter: { payloadCodecs: [codec] },
});

/** Without what people have written. */
const loggedError = (error: unknown): { type: string; message: string; stack: string } => {
  const told = tellable(error);
  return told instanceof Error
    ? { type: told.name, message: told.message, stack: told.stack ?? "" }
    : { type: typeof told, message: String(told), stack: "" };
};

const { publicUrl, taskQueue, temporalUiUrl } = config;
const histories = temporalUiUrl && `${temporalUiUrl}/namespaces/${config.temporalNamespace}`;
const sessions = makeSessions({ db, publicUrl, clock });
const objects = config.filesUrl === null ? null : makeObjectStorage(config.filesUrl);
const app = await buildApp({
  db,
  objects,
  client,
  taskQueue,
  publicUrl,
  clock,
  logger: { level: config.logLevel, serializers: { err: loggedError } },
  sessionOf: sessions.of,
  beside: ({ desk, actorOf, situations }) => {
    const openToAll = config.mode === "embedded";
    const screens = { db, clock, actorOf, situations, openToAll };
    return [
      healthRoutes({ checks: checksOf({ db, client, taskQueue }), mail: () => mailHealth(db, clock()) }),
      signInRoutes({
        db,
        sessions,
        clock,
        actorOf,
        settings: {
          issuer: config.oidcIssuer,
          clientId: config.oidcClientId,
          clientSecret: config.oidcClientSecret,
          publicUrl,
          sessionSecret: config.sessionSecret,
        },
      }),
      assetRoutes,
      codecRoutes({
        decode: (payloads) => decodedPayloads([codec], payloads),
        sessionOf: sessions.of,
        uiOrigin: temporalUiUrl,
        openToAll,
      }),
      homeRoutes({ ...screens, stepping: desk.stepping, histories, mailbox: config.mailUiUrl }),
      yearScreens(screens),
      historyScreens({ ...screens, readHistories: desk.readHistories, histories }),
    ];
  },
});

/** Answers what has been asked, takes nothing new, and goes. What still tries to reach the engine ends with it. */
const close = async (): Promise<void> => {
  await app.close();
  await closeDb(db);
  process.exit();
};
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void close());
await app.listen({ host: config.host, port: config.port });
