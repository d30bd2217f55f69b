import { z } from "zod";
import { stages } from "../../domain/cycle.ts";
import { moment } from "../../rehearsals/wire.ts";

/** `timeline.json` as it is promised: these members, no others. */
export const timelineFile = z.strictObject({
  seed: z.int(),
  mails: z.array(
    z.strictObject({
      at: moment,
      contact: z.string(),
      organisation: z.string(),
      kind: z.string(),
      rung: z.string().nullable(),
      items: z.array(z.string()),
    }),
  ),
  acts: z.array(
    z.strictObject({
      at: moment,
      actor: z.string(),
      role: z.string(),
      action: z.string(),
      object: z.string(),
    }),
  ),
  stages: z.array(z.strictObject({ stage: z.enum(stages), enteredAt: moment })),
  indicators: z.record(z.string(), z.enum(["value", "nil", "not-applicable", "surveyed", "uncollected"])),
});
