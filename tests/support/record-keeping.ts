import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordKeepingIn } from "../../activities/keep-record.ts";

/** A key and a witness of one's own. */
export const scratchRecordKeeping = () => ({
  ...recordKeepingIn({
    stateDir: mkdtempSync(join(tmpdir(), "nenrin-record-")),
    publicUrl: "https://nenrin.example",
    witnessUrl: null,
  }),
  warn: () => {},
});
