import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordKeepingIn } from "../../activities/keep-record.ts";

/** A key and a witness of one's own. */
export const scratchRecordKeeping = (): ReturnType<typeof recordKeepingIn> =>
  recordKeepingIn({
    stateDir: mkdtempSync(join(tmpdir(), "nenrin-record-")),
    publicUrl: "https://nenrin.example",
  });
