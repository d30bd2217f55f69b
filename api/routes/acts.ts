import { z } from "zod";
import { actById, type StoredAct } from "../../db/queries/acts.ts";
import { access, refusals, type Route } from "../acting.ts";
import { ProblemError, problemOf } from "../problems.ts";
import { at, sha } from "../schemas.ts";

const shown = z
  .object({
    act: z.string(),
    name: z.string(),
    cycle: z.string().nullable(),
    storedAt: at,
    state: z.enum(["stored", "done", "refused"]),
    sequence: z.int().exactOptional(),
    hash: sha.nullable().exactOptional(),
    code: z.string().exactOptional(),
    title: z.string().exactOptional(),
    detail: z.string().exactOptional(),
  })
  .meta({ id: "Act", description: "操作。refused のとき code・title・detail が理由を示す" });

const inWords = ({ id, name, cycle, storedAt, standing }: StoredAct): z.output<typeof shown> => {
  const about = { act: id, name, cycle, storedAt, state: standing.is };
  switch (standing.is) {
    case "stored":
      return about;
    case "done":
      return { ...about, sequence: standing.sequence, hash: standing.hash };
    case "refused": {
      const { code, title, detail } = problemOf(standing.refusal);
      return { ...about, code, title, detail };
    }
  }
};

const showAct: Route = (app, { db }) => {
  app.get(
    "/acts/:id",
    {
      config: access("act", "act"),
      schema: {
        summary: "操作の結果",
        params: z.object({ id: z.uuid() }),
        response: { 200: shown, ...refusals },
      },
    },
    async (request) => {
      const act = await actById(db, request.params.id);
      if (act === undefined) throw new ProblemError("not-found");
      return inWords(act);
    },
  );
};

/** Where a 202 leads: whether the act has been done meanwhile. */
export const actRoutes: readonly Route[] = [showAct];
