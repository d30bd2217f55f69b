import { z } from "zod";
import { access, knownCycle, refusals, type Route } from "../acting.ts";
import { ProblemError } from "../problems.ts";
import { evaluationKind, id, inCycle, listOf, on, outcome, sha } from "../schemas.ts";
import { foundYears, throughYears } from "../years-view.ts";

const decidedYear = z
  .object({
    cycle: z.string(),
    year: z.int(),
    title: z.string(),
    version: sha.meta({ description: "決定され、公表された版" }),
    decision: z
      .object({
        outcome,
        meeting: z.string(),
        number: z.int().nullable(),
        heldOn: on,
        body: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: "DecidedYear", description: "決定された過去の年度" });

const listYears: Route = (app, desk) => {
  app.get(
    "/cycles/:cycle/years",
    {
      config: access("years", "cycle"),
      schema: {
        summary: "決定された過去の年度（新しい順）",
        params: inCycle,
        response: { 200: z.object({ years: listOf(decidedYear) }), ...refusals },
      },
    },
    async (request) => {
      const { cycle: of, year } = await knownCycle(desk, request.params.cycle);
      return { years: await foundYears(desk.db, { cycle: of, year }) };
    },
  );
};

export const earlierJudgement = z
  .object({
    cycle: z.string(),
    year: z.int(),
    keys: listOf(z.string()),
    judged: listOf(
      z.object({
        key: z.string(),
        rating: z.string().nullable(),
        ratingLabel: z.string().nullable(),
        words: z.string().nullable(),
      }),
    ),
    comparable: z.boolean().meta({ description: "false は比較不可。定義の変更を differences に示す" }),
    differences: listOf(z.string()),
  })
  .meta({ id: "EarlierJudgement", description: "過去の年度の、決定された評価" });

const shownThroughYears = z
  .object({
    kind: evaluationKind,
    key: z.string(),
    name: z.string(),
    year: z.int(),
    rating: z.string().nullable().meta({ description: "今年度の承認された評価。まだないときは null" }),
    words: z.string().nullable(),
    earlier: listOf(earlierJudgement),
  })
  .meta({ id: "ThroughYears", description: "施策又は分野の、年度を通じた評価" });

const showThroughYears: Route = (app, { db }) => {
  app.get(
    "/cycles/:cycle/years/comparison",
    {
      config: access("years", "cycle"),
      schema: {
        summary: "施策（output）又は分野（outcome）の、戦略の期間を通じた比較",
        params: inCycle,
        querystring: z.strictObject({ kind: evaluationKind, key: id }),
        response: { 200: shownThroughYears, ...refusals },
      },
    },
    async (request) => {
      const { kind, key } = request.query;
      const found = await throughYears(db, { ...request.params, kind, key });
      if (found === undefined) throw new ProblemError("not-found");
      const { given, ...shown } = found;
      return { kind, key, ...shown, rating: given?.rating ?? null, words: given?.text ?? null };
    },
  );
};

/** 過去の年度: readable as they were decided, and held against this one by lineage. */
export const yearRoutes: readonly Route[] = [listYears, showThroughYears];
