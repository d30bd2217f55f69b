import { z } from "zod";
import { stagesOf } from "../../db/queries/cycles.ts";
import { reportStanding } from "../../db/queries/report-standing.ts";
import { versionsOf } from "../../db/queries/versions.ts";
import { yearRequests } from "../../db/queries/year-requests.ts";
import { progressOf } from "../../domain/progress.ts";
import { at, type Instant } from "../../domain/time.ts";
import { aroundCycle, type Around } from "../around.ts";
import { factWays } from "../causes.ts";
import type { Screen } from "../form-screens.ts";
import { nameOf } from "../frame.ts";
import { sendPage } from "../html.ts";
import { pastPage, type PastView } from "../pages/past.tsx";
import { readAsOf } from "../past.ts";
import { ProblemError } from "../problems.ts";
import { date, time } from "../schemas.ts";
import type { ScreenDeps } from "../screens.ts";

const PastQuery = z.object({ on: date.optional(), time: time.default(time.parse("17:00")) });

const stateAt = (
  { db }: ScreenDeps,
  { standing, plan, reader }: Around,
  then: Instant,
): Promise<PastView["state"]> =>
  readAsOf(db, { cycle: standing.cycle, asOf: then }, async (from) => {
    const { cycle } = standing;
    const stages = await stagesOf(from, cycle);
    const of = { cycle, reader, until: then };
    const [ways, entered] = [await factWays(from, "request", of), await factWays(from, "stage", of)];
    const requests = await yearRequests(from, { cycle, now: then });
    return {
      moment: then,
      stages: stages.map((one, n) => ({
        ...one,
        caused: entered.state(
          one.stage,
          stages.slice(0, n).filter(({ stage }) => stage === one.stage).length,
        ),
      })),
      requests: requests.map(({ id, kind, round, is, dueAt, organisation, counts, overdue, ...more }) => ({
        id,
        kind,
        round,
        is,
        dueAt,
        organisation: nameOf(plan, organisation, then),
        overdue: overdue > 0,
        extensionAsked: more.askedDueOn !== null,
        paused: more.pausedAt !== null,
        ...progressOf(counts),
        caused: { state: ways.state(id), due: ways.dated(id) },
        readable: true,
      })),
      report: { ...(await reportStanding(from, cycle)), versions: await versionsOf(from, cycle) },
    };
  });

/** /cycles/{cycle}/past: what the screens showed at an instant, from the record alone. */
export const pastScreen: Screen = {
  url: "/cycles/:cycle/past",
  view: "past",
  about: "cycle",
  forms: [],
  show: async (deps, exchange) => {
    const around = await aroundCycle(deps, { exchange, tried: null });
    const query = PastQuery.safeParse(exchange.request.query);
    if (!query.success) throw new ProblemError("invalid-query");
    const { on, time: hour } = query.data;
    const { frame, forms, standing } = around;
    const state = on === undefined ? null : await stateAt(deps, around, at(on, hour));
    const page = pastPage({
      frame,
      forms,
      cycle: standing.cycle,
      asked: { on: on ?? "", time: hour },
      state,
    });
    return sendPage(exchange.reply, page);
  },
};
