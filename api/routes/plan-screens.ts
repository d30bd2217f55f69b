import { z } from "zod";
import { unreachablePeople } from "../../db/queries/directory.ts";
import { calendarOf } from "../../domain/calendar.ts";
import { dataOfIndicator, domainsOf, indicatorsOf, measuresOfDomain } from "../../domain/catalogue.ts";
import type { IndicatorKey } from "../../domain/ids.ts";
import { lintPlan } from "../../domain/lint.ts";
import type { Plan } from "../../domain/plan.ts";
import { monthsBetween, plannedDays, type PlannedDay } from "../../domain/plan-days.ts";
import { dateOf } from "../../domain/time.ts";
import { aroundCycle, type Around } from "../around.ts";
import type { Screen } from "../form-screens.ts";
import type { ScreenDeps } from "../screens.ts";
import { nameOf } from "../frame.ts";
import { sendPage } from "../html.ts";
import { calendarPage } from "../pages/plan-calendar.tsx";
import { cataloguePage, type AskedFor } from "../pages/plan-catalogue.tsx";
import { contactsPage } from "../pages/plan-contacts.tsx";
import { planPage } from "../pages/plan.tsx";
import { kindNames } from "../pages/words.ts";
import { ProblemError } from "../problems.ts";

const PLAN = "/cycles/:cycle/plan";
const CatalogueQuery = z.object({ domain: z.string().optional() });

/** A screen about the plan in force, for whoever may read it. */
const planOfCycle =
  (
    page: (around: Around, query: unknown, deps: ScreenDeps) => Promise<Parameters<typeof sendPage>[1]>,
  ): Screen["show"] =>
  async (deps, exchange) => {
    const around = await aroundCycle(deps, { exchange, tried: null });
    return sendPage(exchange.reply, await page(around, exchange.request.query, deps));
  };

const daysOf = (plan: Plan): readonly PlannedDay[] => {
  const { closingTime, closedDays } = plan.dates;
  return plannedDays(plan, { calendar: calendarOf(plan.holidays), closingTime, closedDays });
};

const showPlan = planOfCycle(async ({ frame, plan, standing }) => {
  const { measures, data, organisations, people, title } = plan;
  const indicators = indicatorsOf(plan).length;
  return planPage({
    frame,
    cycle: standing.cycle,
    title,
    hash: standing.plan,
    counts: {
      measures: measures.length,
      indicators,
      data: data.length,
      organisations: organisations.length,
      people: people.length,
    },
    days: daysOf(plan),
    findings: lintPlan(plan),
  });
});

const askedFor = ({ plan, now }: Around, indicator: IndicatorKey): readonly AskedFor[] =>
  dataOfIndicator(plan, indicator).map(({ text, owners }) => ({
    text,
    owners: owners.map(({ organisation, basis }) => ({
      name: nameOf(plan, organisation, now),
      inferred: basis === "inferred",
    })),
  }));

const showCatalogue = planOfCycle(async (around, query) => {
  const { frame, plan, standing } = around;
  const domains = domainsOf(plan);
  const wanted = CatalogueQuery.parse(query).domain;
  const shown = wanted === undefined ? domains[0] : domains.find(({ key }) => key === wanted);
  if (shown === undefined) throw new ProblemError("not-found");
  const measures = measuresOfDomain(plan, shown.key);
  const asked = new Map<string, readonly AskedFor[]>(
    measures.flatMap(({ indicators }) => indicators.map(({ key }) => [key, askedFor(around, key)])),
  );
  return cataloguePage({
    frame,
    cycle: standing.cycle,
    domains,
    shown,
    measures,
    askedFor: (key) => asked.get(key) ?? [],
  });
});

const showContacts = planOfCycle(async ({ frame, plan, standing, now }, _query, { db }) => {
  const unreachable = await unreachablePeople(db);
  return contactsPage({
    frame,
    cycle: standing.cycle,
    rows: plan.people.map(({ id, organisation, name, title, email, reachable, contact, staff }) => ({
      id,
      organisation: nameOf(plan, organisation, now),
      name,
      title,
      email,
      reachable: reachable && !unreachable.has(id),
      contact,
      staff,
    })),
  });
});

const markNames = {
  opens: "開始",
  "policy-decision": "方針決定",
  collection: "照会開始",
  "report-decision": "本部決定",
} as const;

const marksOf = (days: readonly PlannedDay[]): ReadonlyMap<string, readonly string[]> => {
  const marks = new Map<string, readonly string[]>();
  const mark = (on: string, text: string) => marks.set(on, [...(marks.get(on) ?? []), text]);
  for (const day of days)
    if (day.of === "term") {
      mark(dateOf(day.term.dueAt), `${kindNames[day.kind]}期限`);
      mark(dateOf(day.term.closeAt), `${kindNames[day.kind]}締切`);
    } else mark(day.on, markNames[day.of]);
  return marks;
};

const showCalendar = planOfCycle(async ({ frame, plan, standing }) => {
  const { opensOn, reportDecisionOn } = plan.dates;
  return calendarPage({
    frame,
    cycle: standing.cycle,
    months: monthsBetween(opensOn, reportDecisionOn, calendarOf(plan.holidays)),
    marks: marksOf(daysOf(plan)),
  });
});

/** /cycles/{cycle}/plan and below: the plan in force, to look at; it is changed by amendments alone. */
export const planScreens: readonly Screen[] = [
  { url: PLAN, show: showPlan },
  { url: `${PLAN}/catalogue`, show: showCatalogue },
  { url: `${PLAN}/contacts`, show: showContacts },
  { url: `${PLAN}/calendar`, show: showCalendar },
].map((screen) => ({ ...screen, view: "cycle-plan", about: "cycle", forms: [] }));
