import { actRoute } from "../act-route.ts";
import type { Route } from "../acting.ts";
import { correctedAnswer, correctionBody } from "../correcting.ts";
import { filesNamedBy } from "../submission.ts";

/** 訂正: what was settled is settled anew, and whatever was judged by it is judged anew. Nothing else moves. */
export const correctionRoute: Route = actRoute({
  url: "/cycles/:cycle/corrections",
  name: "cycle.correct",
  summary: "確定した回答を訂正する",
  body: correctionBody,
  given: async (correction, { cycle, desk }) => {
    const { item, says, was, reason } = correction;
    const content = await correctedAnswer(desk.db, cycle, correction);
    const embargoed = content.body.labels?.embargoed === true;
    return {
      args: {
        answer: {
          item,
          says,
          content: content.ref,
          why: null,
          ...(embargoed && { embargoed }),
          ...filesNamedBy(content),
        },
        was,
      },
      reason,
      contents: [content],
    };
  },
});
