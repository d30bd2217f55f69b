import { z } from "zod";
import { domainsOf } from "../../domain/catalogue.ts";
import { aroundCycle } from "../around.ts";
import type { Screen } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import { throughYearsPage } from "../pages/through-years.tsx";
import { yearsPage } from "../pages/years.tsx";
import { ProblemError } from "../problems.ts";
import { evaluationKind } from "../schemas.ts";
import { foundYears, throughYears } from "../years-view.ts";

const showYears: Screen["show"] = async (deps, exchange, tried) => {
  const around = await aroundCycle(deps, { exchange, tried });
  const { standing, plan, frame } = around;
  const { cycle, year } = standing;
  const years = await foundYears(deps.db, { cycle, year });
  const judged = [
    ...domainsOf(plan).map(({ key, name }) => ({ kind: "outcome" as const, key, name })),
    ...plan.measures.map(({ key, name }) => ({ kind: "output" as const, key, name })),
  ];
  return sendPage(exchange.reply, yearsPage({ frame, cycle, years, judged }), 200);
};

const Params = z.object({ kind: evaluationKind, key: z.string() });

const showThroughYears: Screen["show"] = async (deps, exchange, tried) => {
  const around = await aroundCycle(deps, { exchange, tried });
  const wanted = Params.safeParse(exchange.request.params);
  if (!wanted.success) throw new ProblemError("not-found");
  const { cycle } = around.standing;
  const { kind, key } = wanted.data;
  const found = await throughYears(deps.db, { cycle, kind, key });
  if (found === undefined) throw new ProblemError("not-found");
  const { given, ...shown } = found;
  const now = given === null ? null : { rating: given.ratingLabel, words: given.text };
  const page = throughYearsPage({ frame: around.frame, cycle, kind, key, ...shown, now });
  return sendPage(exchange.reply, page, 200);
};

/** /cycles/{cycle}/years: earlier years as they were decided. */
export const yearsScreen: Screen = {
  url: "/cycles/:cycle/years",
  view: "years",
  about: "cycle",
  show: showYears,
  forms: [],
};
/** /cycles/{cycle}/years/{kind}/{key}: one judgement through the years. */
export const throughYearsScreen: Screen = {
  url: "/cycles/:cycle/years/:kind/:key",
  view: "years",
  about: "cycle",
  show: showThroughYears,
  forms: [],
};
