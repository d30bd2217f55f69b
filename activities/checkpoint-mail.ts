import type { Tx } from "../db/client.ts";
import type { Checkpoint } from "../db/queries/checkpoints.ts";
import { newestRealCycle } from "../db/queries/cycle-row.ts";
import { markText, recordMark } from "../domain/checkpoint.ts";
import type { CheckpointDeps } from "./checkpoints.ts";
import { deskOf, queueNotice, type TroubleDeps } from "./mail-trouble.ts";

/**
 * Every signed head also goes to the auditors' addresses, whole, so that they hold what nobody here can change. The
 * record is one for all years: the letter is the newest year's. While there are only rehearsals nobody is written to.
 */
export const auditorsMail = (deps: TroubleDeps): Pick<CheckpointDeps, "tellAuditors"> => ({
  tellAuditors: async (tx: Tx, checkpoint: Checkpoint) => {
    const cycle = await newestRealCycle(tx);
    if (cycle === undefined) return;
    const mark = recordMark(checkpoint);
    const desk = { ...(await deskOf(deps, tx, cycle)), now: checkpoint.at };
    await queueNotice(deps, tx, {
      desk,
      notice: {
        detail: `監査記録の控えに署名しました（${markText(mark)}）。照合のため、このメールを保管してください`,
        items: checkpoint.note.split("\n").filter((line) => line !== ""),
        occurrence: `checkpoint ${checkpoint.size}`,
        path: `/cycles/${cycle}/audit`,
        to: "auditor",
      },
    });
  },
});
