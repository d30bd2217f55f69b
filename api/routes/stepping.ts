import { z } from "zod";
import { access, answerAct, identityOf, keyHeader, refusals, storedSchema, type Route } from "../acting.ts";
import { actorOf } from "../plugins/actor.ts";
import { at, inCycle, moment } from "../schemas.ts";

const rest = z
  .object({ now: at, wakesAt: at.nullable() })
  .meta({ id: "Rest", description: "wakesAt は次に自ら動く日時。null なら人の操作を待つ" });

const waitForRest: Route = (app, { stepping }) => {
  app.get(
    "/cycles/:cycle/rest",
    {
      config: access("rest", "cycle"),
      schema: {
        summary: "訓練のサイクルで動いているものが無くなるまで待つ",
        params: inCycle,
        response: { 200: rest, ...refusals },
      },
    },
    (request) => stepping.rest(request.params.cycle),
  );
};

const advance: Route = (app, { stepping }) => {
  app.post(
    "/cycles/:cycle/advance",
    {
      config: access("cycle.advance", "cycle"),
      schema: {
        summary: "訓練のサイクルの日時を次の期日へ進める",
        params: inCycle,
        headers: keyHeader,
        body: z.strictObject({
          to: moment.exactOptional().meta({ description: "次の期日がこれより後なら、ここまで進める" }),
        }),
        response: { 200: rest, 202: storedSchema, ...refusals },
      },
    },
    async (request, reply) => {
      const { cycle } = request.params;
      const wish = { cycle, actor: actorOf(request), to: request.body.to ?? null, ...identityOf(request) };
      const performed = await stepping.step(wish);
      return performed.is === "done"
        ? reply.code(200).send(await stepping.rest(cycle))
        : answerAct(reply, performed);
    },
  );
};

/** The stepped clock of a rehearsal. */
export const steppingRoutes: readonly Route[] = [waitForRest, advance];
