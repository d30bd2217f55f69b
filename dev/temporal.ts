import { Connection } from "@temporalio/client";
import { untilReady, type Processes, type Running } from "./processes.ts";

/** A Temporal server that answers and knows the search attributes. */
export interface Temporal {
  /** `host:port` */
  readonly address: string;
  readonly namespace: string;
  /** null if there is none or it is not known. */
  readonly uiUrl: string | null;
  /** null if somebody else runs it. */
  readonly running: Running | null;
  readonly stop: () => Promise<void>;
}

/** What workflows can be searched by, each a Keyword. */
export const SEARCH_ATTRIBUTES = ["CycleYear", "Organisation", "RequestKind", "Stage"];
/** `INDEXED_VALUE_TYPE_KEYWORD` of Temporal's API. */
const KEYWORD = 2;
const CONNECT_LIMIT_MS = 2_000;
const READY_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 2_500;

const connected = async <Result>(
  address: string,
  ask: (connection: Connection) => Promise<Result>,
): Promise<Result> => {
  const connection = await Connection.connect({ address, connectTimeout: CONNECT_LIMIT_MS });
  try {
    return await ask(connection);
  } finally {
    await connection.close();
  }
};

const missingAttributes = async (connection: Connection, namespace: string): Promise<readonly string[]> => {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return SEARCH_ATTRIBUTES.filter((name) => customAttributes[name] === undefined);
};

/**
 * Starts the Temporal CLI's development server with the namespace `default`. Its workflows last as long as the file
 * `database`, or as it itself where that is null. Throws an Error with its own last lines if it does not get ready.
 */
export const startTemporal = async ({
  database,
  port,
  uiPort,
  codec = null,
  processes,
}: {
  readonly database: string | null;
  readonly port: number;
  /** null for no Web UI. */
  readonly uiPort: number | null;
  /** Where the Web UI has payloads decrypted. */
  readonly codec?: string | null;
  readonly processes: Processes;
}): Promise<Temporal> => {
  const namespace = "default";
  const address = `127.0.0.1:${port}`;
  const running = await processes.start({
    name: "temporal",
    command: "temporal",
    args: [
      "server",
      "start-dev",
      "--ip",
      "127.0.0.1",
      "--port",
      String(port),
      ...(uiPort === null ? ["--headless"] : ["--ui-port", String(uiPort)]),
      ...(codec === null ? [] : ["--ui-codec-endpoint", codec]),
      ...(database === null ? [] : ["--db-filename", database]),
      ...SEARCH_ATTRIBUTES.flatMap((name) => ["--search-attribute", `${name}=Keyword`]),
    ],
  });
  await untilReady(running, {
    isReady: () =>
      connected(address, (connection) => missingAttributes(connection, namespace)).then(
        (missing) => missing.length === 0,
        () => false,
      ),
    withinMs: READY_LIMIT_MS,
  });
  return {
    address,
    namespace,
    uiUrl: uiPort === null ? null : `http://127.0.0.1:${uiPort}`,
    running,
    stop: () => running.stop({ withinMs: STOP_LIMIT_MS }),
  };
};

/**
 * Uses the server that somebody else runs, and registers the search attributes it lacks. Throws an Error that says what
 * to check if it does not answer.
 */
export const useTemporal = async ({
  address,
  namespace,
  uiUrl,
}: {
  readonly address: string;
  readonly namespace: string;
  readonly uiUrl: string | null;
}): Promise<Temporal> => {
  try {
    await connected(address, async (connection) => {
      const missing = await missingAttributes(connection, namespace);
      if (missing.length === 0) return;
      const searchAttributes = Object.fromEntries(missing.map((name) => [name, KEYWORD] as const));
      await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
    });
  } catch (error) {
    throw new Error(
      `The Temporal server of TEMPORAL_ADDRESS=${address} can't be used with the namespace "${namespace}". ` +
        `Check that it runs and has the namespace, or unset TEMPORAL_ADDRESS to have one started here.`,
      { cause: error },
    );
  }
  return { address, namespace, uiUrl, running: null, stop: () => Promise.resolve() };
};
