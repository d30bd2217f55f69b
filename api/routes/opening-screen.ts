import { requestCounts } from "../../db/queries/cycles.ts";
import { chaptersOf, contactsOf, itemsOf } from "../../domain/catalogue.ts";
import type { Plan, RequestTerm } from "../../domain/plan.ts";
import type { Instant } from "../../domain/time.ts";
import { cyclePath } from "../approval-forms.ts";
import { aroundCycle } from "../around.ts";
import type { Screen } from "../form-screens.ts";
import { nameOf } from "../frame.ts";
import { sendPage } from "../html.ts";
import { openingPage, type AskingRow, type OpeningView } from "../pages/opening.tsx";

const dueOf = (term: RequestTerm): AskingRow["dueOn"] => (term.is === "fixed" ? term.dueOn : null);

const rowsOf = (plan: Plan, now: Instant): readonly AskingRow[] =>
  plan.organisations.flatMap(({ id }) => {
    const of = {
      organisation: nameOf(plan, id, now),
      contacts: contactsOf(plan, id, "window").map(({ name }) => name),
    };
    const asked = [
      { kind: "data" as const, items: itemsOf(plan, id).length },
      { kind: "chapter" as const, items: chaptersOf(plan, id).length },
    ];
    return asked
      .filter(({ items }) => items > 0)
      .map(({ kind, items }) => ({ ...of, kind, items, dueOn: dueOf(plan.dates.requests[kind]) }));
  });

const show: Screen["show"] = async (deps, exchange, tried) => {
  const around = await aroundCycle(deps, { exchange, tried });
  const { standing, plan, now, may, frame, forms } = around;
  const { data, chapter } = await requestCounts(deps.db, { cycle: standing.cycle });
  const opened = [data, chapter].some(({ open, settled }) => open + settled > 0);
  const why: OpeningView["why"] = opened ? "opened" : standing.stage === "collection" ? null : "not-yet";
  const page = openingPage({
    frame,
    forms,
    cycle: standing.cycle,
    rows: may("cycle-plan") ? rowsOf(plan, now) : [],
    mayOpen: why === null && may("cycle.open-requests"),
    why,
  });
  return sendPage(exchange.reply, page, tried?.status ?? 200);
};

/** /cycles/{cycle}/opening: one act that opens all requests of the year. */
export const openingScreen: Screen = {
  url: "/cycles/:cycle/opening",
  view: "requests",
  about: "cycle",
  show,
  forms: [
    {
      name: "requests",
      does: "cycle.open-requests",
      leads: "back",
      call: (_fields, params) => ({ path: `${cyclePath(params)}/requests`, body: {} }),
    },
  ],
};
