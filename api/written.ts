import { z } from "zod";
import { listOf, on, sha } from "./schemas.ts";

const limits = {
  confidentiality: z.literal([1, 2]),
  handling: listOf(z.string()).exactOptional(),
};
/** What was written, as its hash covers it: an answer's text, or the opinions of a consultation. */
export const written = z.union([
  z.object({
    number: z.number().nullable(),
    unit: z.string().nullable(),
    text: z.string(),
    date: on.exactOptional(),
    choice: z.string().exactOptional(),
    table: z.record(z.string(), z.record(z.string(), z.number())).readonly().exactOptional(),
    availableOn: on.exactOptional(),
    owner: z.string().exactOptional(),
    explained: z.object({ checks: listOf(z.string()), text: z.string() }).exactOptional(),
    labels: z
      .object({ ...limits, embargoed: z.literal(true).exactOptional() })
      .exactOptional()
      .meta({ description: "格付け・取扱制限・公表前。ないときは機密性２" }),
    files: listOf(
      z.object({ id: z.string(), name: z.string(), version: z.int(), size: z.int(), hash: sha, ...limits }),
    )
      .exactOptional()
      .meta({ description: "添付" }),
  }),
  z.object({
    opinions: listOf(
      z.object({ section: z.string().nullable(), text: z.string(), proposal: z.string().nullable() }),
    ),
  }),
]);
