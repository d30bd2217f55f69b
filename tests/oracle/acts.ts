import {
  countFrom,
  dayOf,
  instantOf,
  isOpen,
  laterOf,
  moved,
  recount,
  settled,
  type Asked,
  type Item,
  type Survey,
} from "./asked.ts";
import type { Deed } from "./deed.ts";
import { grouped } from "./grouped.ts";
import { happenInside } from "./inside.ts";
import { ask, askQuestions, namesOf, openSurvey, send, surveyUnowned, tell, type World } from "./world.ts";

/** What becomes of the year by each thing that people do. */

/** Days to correct an answer that was returned. */
const CORRECTION_DAYS = 5;
/** Data returned as often is not to be had from the ministry. */
const LAST_RETURN = 2;

const unknown = (deed: Deed): never => {
  throw new RangeError(`the oracle does not know ${deed.action} of ${deed.object}`);
};

const chosen = (request: Asked, keys: readonly string[]): readonly Item[] =>
  request.items.filter(({ datum }) => keys.includes(datum));

const submit = (world: World, request: Asked, { at, action, answers }: Deed): void => {
  for (const { item, says, failing } of answers)
    for (const one of chosen(request, [item])) {
      one.says = says;
      one.inside = null;
      if (request.kind === "consultation" || request.kind === "survey")
        one.is = says === "nil" ? "nil" : "value";
      // What comes too late stands beside its survey until somebody chooses.
      else if (one.is !== "surveying" || at <= one.until)
        one.is = failing ? "failing" : says === "provisional" ? "provisional" : "submitted";
    }
  const kind = action === "request.enter" ? "entered" : "receipt";
  tell(world, request, { at, kind, items: answers.map(({ item }) => item) });
  // Items one ministry can't measure for one reason share a survey.
  const hard = answers.filter(({ says }) => says === "unmeasurable");
  for (const group of grouped(hard, ({ why }) => why ?? "").values())
    openSurvey(
      world,
      request,
      chosen(
        request,
        group.map(({ item }) => item),
      ),
      at,
    );
};

/** A value that the plan says can't be compared is surveyed beside its acceptance. */
const takeOver = (world: World, request: Asked, { at, items }: Deed): void => {
  accept(request, items);
  const redefined = chosen(request, items).filter(
    ({ datum, is, wasCompared }) =>
      is === "value" &&
      wasCompared !== true &&
      world.year.data.some(({ key, isRedefined }) => isRedefined && key === datum),
  );
  for (const item of redefined) item.wasCompared = true;
  openSurvey(world, request, redefined, at);
};

const accept = (request: Asked, items: readonly string[]): void => {
  for (const item of chosen(request, items))
    item.is = settled.find((state) => state === item.says) ?? "value";
};

const giveBack = (world: World, request: Asked, { at, items }: Deed): void => {
  const returned = chosen(request, items);
  for (const item of returned) {
    item.is = "returned";
    item.returns += 1;
    item.until = laterOf(item.until, moved(world.year, at, CORRECTION_DAYS));
  }
  const twice = returned.filter(({ returns }) => request.kind === "data" && returns >= LAST_RETURN);
  openSurvey(world, request, twice, at);
  const once = returned.filter((item) => !twice.includes(item));
  if (once.length > 0) tell(world, request, { at, kind: "returned", items: namesOf(once) });
};

/** Days that whoever is asked instead of another has at least. */
const HANDED_ON_DAYS = 10;

/** 所管外 is agreed to: another is asked, by the same day or ten open days from now, and closed as long after. */
const handOn = (world: World, request: Asked, { at, items, to }: Deed): void => {
  for (const item of chosen(request, items)) item.is = "not-applicable";
  const { year } = world;
  const least = moved(year, at, HANDED_ON_DAYS);
  const due = laterOf(least, request.due);
  const close = moved(year, due, year.days.between(dayOf(request.due), dayOf(request.close)));
  const organisation = to ?? "?";
  request.handedOn = (request.handedOn ?? 0) + 1;
  ask(world, {
    kind: "data",
    name: `data-${organisation}-from-${request.organisation}-${request.handedOn}`,
    organisation,
    data: items,
    term: { due, close },
    at,
  });
};

/** 期限 and 締切 move together; what is open closes with its request, or on the day it was given if that is later. */
const moveTo = ({ year }: World, request: Asked, dueOn: string): void => {
  const by = year.days.between(dayOf(request.due), dueOn);
  const closed = request.close;
  request.due = instantOf(dueOn, year.closingTime);
  request.close = moved(year, closed, by);
  for (const item of request.items)
    item.until = item.until === closed ? request.close : laterOf(item.until, request.close);
};

/** As many open days are left as there were: the days between do not count. */
const resume = ({ year }: World, request: Asked, now: string): void => {
  const days = year.days.between(dayOf(request.pausedAt ?? now), dayOf(now));
  request.pausedAt = null;
  request.due = moved(year, request.due, days);
  request.close = moved(year, request.close, days);
  for (const item of request.items) item.until = moved(year, item.until, days);
};

const halt = (world: World, request: Asked, at: string): void => {
  tell(world, request, { at, kind: "halted", items: namesOf(request.items.filter(isOpen)) });
};

const toRequest = (world: World, request: Asked, deed: Deed): void => {
  const { at, dueOn } = deed;
  const tellOfTerm = (): void => tell(world, request, { at, kind: "extension", items: [] });
  switch (deed.action) {
    case "request.submit":
    case "request.enter":
      return submit(world, request, deed);
    case "request.accept":
      return takeOver(world, request, deed);
    case "request.take-late":
      return accept(request, deed.items);
    case "request.leave-late":
      return;
    case "request.reassign":
      return handOn(world, request, deed);
    case "request.return":
      return giveBack(world, request, deed);
    case "request.give-up":
      for (const item of chosen(request, deed.items)) item.is = "uncollected";
      return;
    case "request.ask-extension":
      request.asks = dueOn;
      return;
    case "request.grant-extension":
      moveTo(world, request, request.asks ?? unknown(deed));
      request.asks = null;
      return tellOfTerm();
    case "request.refuse-extension":
      request.asks = null;
      return tellOfTerm();
    case "request.shorten":
      moveTo(world, request, dueOn ?? unknown(deed));
      return tellOfTerm();
    case "request.pause":
      request.pausedAt = at;
      return halt(world, request, at);
    case "request.resume":
      resume(world, request, at);
      return tellOfTerm();
    case "request.withdraw":
      halt(world, request, at);
      for (const item of request.items.filter(isOpen)) item.is = "uncollected";
      return;
    default:
      return happenInside(world, request, deed) ? undefined : unknown(deed);
  }
};

/** The survey has come to its next step, or to its result. */
const stepOn = ({ year }: World, survey: Survey, at: string): void => {
  const [next] = survey.steps;
  const due = next === undefined ? survey.resultOn : moved(year, at, next.days);
  countFrom(survey, due, at);
};

const plan = (world: World, survey: Survey, deed: Deed): void => {
  const { year } = world;
  const { at, asks } = deed;
  const method = year.methods.find(({ key }) => key === deed.method);
  survey.isPlanned = method !== undefined;
  survey.resultOn = instantOf(deed.dueOn ?? unknown(deed), year.closingTime);
  survey.steps = (method?.steps ?? []).map(({ key, by, dueBusinessDays: days, needs }) => {
    return { key, by, days, waits: needs === "replies" };
  });
  stepOn(world, survey, at);
  const waiting = survey.steps.findIndex(({ waits }) => waits);
  const days = survey.steps.slice(0, waiting + 1).reduce((sum, step) => sum + step.days, 0);
  if (asks !== null) askQuestions(world, survey, { ...asks, due: moved(year, at, days), at });
};

/** Whoever was asked need not answer any more. */
const end = (world: World, survey: Survey, at: string): void => {
  survey.isOver = true;
  for (const request of survey.asked) {
    const open = request.items.filter(isOpen);
    if (open.length > 0) halt(world, request, at);
    for (const item of open) item.is = "uncollected";
  }
};

const toSurvey = (world: World, survey: Survey, deed: Deed): void => {
  const { at } = deed;
  switch (deed.action) {
    case "survey.plan":
      return plan(world, survey, deed);
    case "survey.step":
      survey.steps = survey.steps.slice(1);
      return stepOn(world, survey, at);
    case "survey.conclude":
      for (const item of survey.items.filter(({ is }) => is === "surveying"))
        item.is = deed.outcome === "found" ? "surveyed" : "uncollected";
      return end(world, survey, at);
    default:
      return unknown(deed);
  }
};

/** What follows for surveys from what others have done or left undone. */
export const followUp = (world: World, at: string): void => {
  for (const survey of world.surveys.filter(({ isOver }) => !isOver)) {
    if (survey.items.every((item) => !isOpen(item))) end(world, survey, at);
    const isAnswered = survey.asked.every(({ items }) => items.every((item) => !isOpen(item)));
    if (survey.isOver || survey.steps[0]?.waits !== true || !isAnswered) continue;
    survey.steps = survey.steps.slice(1);
    stepOn(world, survey, at);
  }
};

export const happen = (world: World, deed: Deed): void => {
  const { at, action, object } = deed;
  const [what, name] = object.split(" ");
  if (action === "cycle.open-requests")
    for (const kind of ["data", "chapter"] as const) {
      send(world, { kind, round: 1, at });
      if (kind === "data") surveyUnowned(world, at);
    }
  if (action === "report.consult") {
    const rounds = world.requests.flatMap(({ name: of }) => /^consultation\d*/.exec(of)?.slice(0, 1) ?? []);
    const round = new Set(rounds).size + 1;
    send(world, { kind: "consultation", round, at });
  }
  const request = world.requests.find((one) => what === "request" && one.name === name);
  const survey = world.surveys.find((one) => what === "survey" && one.name === name);
  if (request !== undefined) {
    toRequest(world, request, deed);
    recount(request, at);
  } else if (survey !== undefined) toSurvey(world, survey, deed);
  else if (what === "request" || what === "survey") unknown(deed);
  followUp(world, at);
};
