import { z } from "zod";
import { draftContent } from "../../db/content.ts";
import { actRoute } from "../act-route.ts";
import type { Route } from "../acting.ts";
import { hash, id, prose, reason } from "../schemas.ts";

/** 訂正: what was settled is settled anew, and whatever was judged by it is judged anew. Nothing else moves. */
export const correctionRoute: Route = actRoute({
  url: "/cycles/:cycle/corrections",
  name: "cycle.correct",
  summary: "確定した回答を訂正する",
  body: z.strictObject({
    item: id,
    says: z.enum(["value", "nil", "not-applicable"]),
    number: z.number().nullable(),
    unit: z.string().max(100).nullable(),
    text: prose,
    was: hash.nullable().meta({ description: "訂正前の回答のSHA-256。未把握・補完調査のときは null" }),
    reason: reason.meta({ description: "訂正の理由。府省庁等からの申出によるときは、その旨も書く" }),
  }),
  given: ({ item, says, was, reason: why, ...body }) => {
    const content = draftContent("answer", body);
    return {
      args: { answer: { item, says, content: content.ref, why: null }, was },
      reason: why,
      contents: [content],
    };
  },
});
