import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, Connection } from "@temporalio/client";
import { makeProcesses } from "../../dev/processes.ts";
import { startTemporal } from "../../dev/temporal.ts";
import { freePort } from "./scratch-database.ts";

export interface ScratchTemporal {
  readonly address: string;
  readonly client: Client;
  readonly stop: () => Promise<void>;
}

/** A real Temporal server of one's own, gone after `stop`. */
export const startScratchTemporal = async (): Promise<ScratchTemporal> => {
  const folder = mkdtempSync(join(tmpdir(), "nenrin-temporal-"));
  const processes = makeProcesses({ logs: folder });
  const temporal = await startTemporal({ database: null, port: await freePort(), uiPort: null, processes });
  const connection = await Connection.connect({ address: temporal.address });
  return {
    address: temporal.address,
    client: new Client({ connection }),
    stop: async () => {
      await connection.close();
      await temporal.stop();
      await processes.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
