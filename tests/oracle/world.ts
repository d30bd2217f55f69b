import { instantOf, dayOf, moved, termOf, type Asked, type Item, type Survey } from "./asked.ts";
import { grouped } from "./grouped.ts";
import { lettersTo, type Letter, type Mail } from "./letters.ts";
import type { Kind, Year } from "./plan-folder.ts";

/** The year so far. */
export interface World {
  readonly year: Year;
  readonly requests: Asked[];
  readonly surveys: Survey[];
  readonly mails: Mail[];
}

export const namesOf = (items: readonly Item[]): readonly string[] => items.map(({ datum }) => datum);

/** Tells the organisation. */
export const tell = (
  { year, mails }: World,
  { organisation }: Asked,
  letter: { readonly at: string; readonly kind: Letter; readonly items: readonly string[] },
): void => {
  mails.push(...lettersTo(year, { organisation, ...letter }));
};

/** What a kind of request asks whom, one line each. */
const askedBy = ({ data, chapters }: Year, kind: Kind): readonly { owner: string; datum: string }[] => {
  const ofData = data.flatMap(({ key, owners }) => owners.map((owner) => ({ owner, datum: key })));
  const ofChapters = chapters.map(({ owner, key }) => ({ owner, datum: key }));
  if (kind === "data") return ofData;
  if (kind === "chapter") return ofChapters;
  const everybody = new Set([...ofData, ...ofChapters].map(({ owner }) => owner));
  return [...everybody].map((owner) => ({ owner, datum: "opinion" }));
};

/** Under which stands what the plan names nobody for. */
const UNOWNED = "data-unowned";

/** What nobody can be asked for is surveyed by the secretariat from the first day on. */
export const surveyUnowned = (world: World, at: string): void => {
  const { year } = world;
  const unowned = year.data.filter(({ owners, indicators }) => owners.length === 0 && indicators.length > 0);
  if (unowned.length === 0) return;
  const { due, close } = termOf(year, year.terms.data, dayOf(at));
  const items = unowned.map(({ key: datum }): Item => {
    return { datum, is: "owed", says: "", returns: 0, until: close, due, since: at, inside: null };
  });
  const ours = { organisation: year.secretariat, asks: null, pausedAt: null, surveys: 0 };
  const request: Asked = { name: UNOWNED, kind: "data", items, due, close, ...ours };
  world.requests.push(request);
  openSurvey(world, request, items, at);
};

interface Asking {
  readonly name: string;
  readonly kind: Kind;
  readonly organisation: string;
  readonly data: readonly string[];
  readonly term: { readonly due: string; readonly close: string };
  readonly at: string;
}
/** A request to one organisation, which its 窓口 hears of. */
export const ask = (world: World, { name, kind, organisation, data, term, at }: Asking): Asked => {
  const { due, close } = term;
  const items = data.map((datum): Item => {
    return { datum, is: "owed", says: "", returns: 0, until: close, due, since: at, inside: null };
  });
  const request = { name, kind, organisation, items, due, close, asks: null, pausedAt: null, surveys: 0 };
  world.requests.push(request);
  tell(world, request, { at, kind: kind === "consultation" ? kind : "inquiry", items: namesOf(items) });
  return request;
};

/** A survey's questions: one request to each respondent, due with the step that waits for it. */
export const askQuestions = (
  world: World,
  survey: Survey,
  asked: {
    readonly respondents: readonly string[];
    readonly questions: number;
    readonly due: string;
    readonly at: string;
  },
): void => {
  const { year } = world;
  const { due, at } = asked;
  const usual = termOf(year, year.terms.survey, dayOf(at));
  const close = moved(year, due, year.days.between(dayOf(usual.due), dayOf(usual.close)));
  for (const organisation of asked.respondents) {
    const data = Array.from({ length: asked.questions }, (_, n) => `q-${n + 1}`);
    const name = `${survey.name}-q1-${organisation}`;
    survey.asked.push(ask(world, { name, kind: "survey", organisation, data, term: { due, close }, at }));
  }
};

/** Sends all requests of a kind: one to each organisation, for everything asked of it. */
export const send = (
  world: World,
  { kind, round, at }: { readonly kind: Kind; readonly round: number; readonly at: string },
): void => {
  const { year } = world;
  const term = termOf(year, year.terms[kind], dayOf(at));
  for (const [organisation, asked] of grouped(askedBy(year, kind), ({ owner }) => owner)) {
    const name = `${kind}${round > 1 ? round : ""}-${organisation}`;
    ask(world, { name, kind, organisation, data: asked.map(({ datum }) => datum), term, at });
  }
};

/** 補完調査: takes the place of what can't be had, by a date of its own. */
export const openSurvey = (world: World, request: Asked, items: readonly Item[], now: string): void => {
  if (items.length === 0) return;
  const { year, surveys } = world;
  request.surveys += 1;
  for (const item of items) item.is = "surveying";
  const { due } = termOf(year, year.terms.survey, dayOf(now));
  const name = `${request.name.replace(/^data/, "survey")}-${request.surveys}`;
  const unplanned = { steps: [], isPlanned: false, resultOn: due, asked: [] };
  surveys.push({ name, request, items: [...items], due, since: now, isOver: false, ...unplanned });
  // Whom nobody was named for, nobody is told of.
  if (request.name !== UNOWNED) tell(world, request, { at: now, kind: "survey", items: namesOf(items) });
};

export const tickOn = ({ sendsFrom }: Year, day: string): string => instantOf(day, sendsFrom);
