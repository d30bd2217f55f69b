import { newRequests, surveyBusinessDays, unownedData, type NewRequest, type PlannedYear } from "./asking.ts";
import { addBusinessDays } from "./calendar.ts";
import { rungInstants } from "./ladder.ts";
import { followingReaders, openingReaders } from "./letters.ts";
import type { LetterKind, RequestKind } from "./plan.ts";
import { remembering } from "./remembering.ts";
import { leftAtClose, nextDeadline, passDeadline, type Request, type SurveyOpening } from "./request.ts";
import { addSeconds, at, dateOf, type Instant, type PlainDate } from "./time.ts";
import {
  plannedYear,
  makeReaders,
  type OpenRequest,
  type OpenSurvey,
  type PlannedMail,
  type Readers,
  type ReadersOf,
  type Standing,
  type StandingLadder,
} from "./forecast-standing.ts";

/** Whether the ministries answer everything on the day it is asked, or nothing ever. */
export type Who = "nobody" | "everybody";

/** What has happened: the year as it then stands, and the mails of it. */
export interface Event {
  readonly standing: Standing;
  readonly mails: readonly PlannedMail[];
}

interface Letter {
  readonly at: Instant;
  readonly letter: LetterKind;
  readonly to: Readers;
  readonly request?: string;
  readonly items?: readonly string[];
}

/** The letter to each of its readers. */
export const lettersTo = (
  readersOf: ReadersOf,
  { at: when, letter, to, request, items = [] }: Letter,
): readonly PlannedMail[] =>
  readersOf(to).map(({ id: contact, organisation }) => ({
    at: when,
    contact,
    organisation,
    letter,
    rung: null,
    request: request ?? null,
    items,
  }));

type Chased = Pick<StandingLadder, "request" | "kind" | "dueAt">;

/** The plan's ladders for them, as they are put up at an instant. Many have one due date: theirs is counted once. */
export const laddersOf = (
  standing: Standing,
  chased: readonly Chased[],
  openedAt: Instant,
): readonly StandingLadder[] => {
  const { ladders, sendWindow } = standing.plan;
  const { calendar } = plannedYear(standing).rules;
  const once = remembering<StandingLadder["rungs"]>();
  return chased.map(({ request, kind, dueAt }) => {
    const terms = { ladder: ladders[kind], sendWindow, dueAt, calendar, openedAt };
    return { request, kind, dueAt, rungs: once(`${kind} ${dueAt}`, () => rungInstants(terms)) };
  });
};

/** Items by id, as rows are read. Where everybody has answered nothing in it can be chased or pass its close. */
const opened = (
  { id, kind, organisation, dueAt, closeAt, sentAt, items }: NewRequest,
  who: Who,
): OpenRequest => {
  const states = who === "everybody" ? [] : items.map((item) => [item.id, item.state] as const);
  const byId = states.toSorted(([one], [other]) => (one < other ? -1 : 1));
  const asked = { items: Object.fromEntries(byId), asked: null, paused: null, surveys: 0 };
  return { sentAt, request: { id, kind, organisation, dueAt, closeAt, ...asked } };
};

/** Requests of the kinds are sent; where everybody answers, their answers come and are receipted at once. */
export const sendRequests = (
  standing: Standing,
  { kinds, now, who }: { readonly kinds: readonly RequestKind[]; readonly now: Instant; readonly who: Who },
): Event => {
  const year = plannedYear(standing);
  const readersOf = makeReaders(standing);
  const sent = kinds.flatMap((kind) => newRequests(year, { kind, now, consulted: null }));
  const mails = sent.flatMap(({ id: request, kind, organisation: of, items }) => {
    const about = { at: now, request, items: items.map((item) => item.id) };
    const letter = kind === "consultation" ? "consultation" : "inquiry";
    return [
      ...lettersTo(readersOf, { ...about, letter, to: { of, contact: openingReaders } }),
      ...(who === "everybody"
        ? lettersTo(readersOf, { ...about, letter: "receipt", to: { of, contact: followingReaders } })
        : []),
    ];
  });
  const chased = sent.map(({ id: request, kind, dueAt }) => ({ request, kind, dueAt }));
  const asked = {
    ...standing,
    requests: [...standing.requests, ...sent.map((request) => opened(request, who))],
    ladders: [...standing.ladders, ...laddersOf(standing, chased, now)],
  };
  const unowned = kinds.includes("data") ? surveyUnowned(asked, now) : { standing: asked, mails: [] };
  return { standing: unowned.standing, mails: [...mails, ...unowned.mails] };
};

/** What nobody can be asked for is surveyed from the first day on, whoever answers what else. */
const surveyUnowned = (standing: Standing, now: Instant): Event => {
  const year = plannedYear(standing);
  const unowned = unownedData(year, now);
  if (unowned === undefined) return { standing, mails: [] };
  const { request, opening } = unowned;
  const open = { ...opened(request, "nobody"), sentAt: now };
  const survey = makeSurveys(year)({ open, opening, now });
  const due = {
    kind: "survey",
    request: survey.survey,
    dueAt: at(survey.dueOn, year.rules.closingTime),
  } as const;
  const own = { request: request.id, kind: request.kind, dueAt: request.dueAt };
  return {
    standing: {
      ...standing,
      requests: [...standing.requests, open],
      surveys: [...standing.surveys, survey],
      ladders: [...standing.ladders, ...laddersOf(standing, [own, due], now)],
    },
    mails: lettersTo(makeReaders(standing), {
      at: now,
      letter: "notice",
      to: { staff: "preparer" },
      request: request.id,
      items: opening.items,
    }),
  };
};

/** The first instant after `after` at which silence has consequences; undefined when it has none any more. */
export const nextClose = ({ requests }: Standing, after: Instant): Instant | undefined =>
  requests
    .flatMap(({ request }) => {
      // The last instant at which an answer is taken is not yet silence.
      const deadline = nextDeadline(request, addSeconds(after, -1));
      return deadline === undefined ? [] : [addSeconds(deadline, 1)];
    })
    .toSorted()[0];

interface Opening {
  readonly open: OpenRequest;
  readonly opening: SurveyOpening;
  readonly now: Instant;
}

const makeSurveys = (year: PlannedYear) => {
  const once = remembering<PlainDate>();
  return ({ open: { request, sentAt }, opening, now }: Opening): OpenSurvey => {
    const dueOn = once(sentAt, () =>
      addBusinessDays(dateOf(now), surveyBusinessDays(year, sentAt), year.rules.calendar),
    );
    const { id, organisation } = request;
    return { survey: opening.survey, request: id, organisation, dueOn, openedAt: now };
  };
};

const surveyMails = (
  readersOf: ReadersOf,
  { open: { request }, opening, now }: Opening,
): readonly PlannedMail[] => {
  const about = { at: now, request: request.id, items: opening.items };
  const to = { of: request.organisation, contact: followingReaders };
  return [
    ...lettersTo(readersOf, { ...about, letter: "survey", to }),
    ...lettersTo(readersOf, { ...about, letter: "notice", to: { staff: "preparer" } }),
  ];
};

/** The secretariat is told of what is still open after its close and can only be decided by a person. */
const missingMails = (readersOf: ReadersOf, request: Request, now: Instant) => {
  const items = leftAtClose(request, now);
  if (items.length === 0) return [];
  const to = { staff: "preparer" } as const;
  return lettersTo(readersOf, { at: now, letter: "notice", to, request: request.id, items });
};

const isDue = ({ request }: OpenRequest, now: Instant): boolean =>
  nextDeadline(request, addSeconds(now, -2)) === addSeconds(now, -1);

/** What silence means for whatever was wanted by the instant before. */
export const passSilence = (standing: Standing, now: Instant): Event => {
  const year = plannedYear(standing);
  const readersOf = makeReaders(standing);
  const surveyOf = makeSurveys(year);
  const steps = standing.requests.map((open) => {
    if (!isDue(open, now)) return { open, surveys: [], mails: [] };
    const { request, opens } = passDeadline(open.request, now);
    const openings = opens.map((opening) => ({ open, opening, now }));
    return {
      open: { ...open, request },
      surveys: openings.map(surveyOf),
      mails: [
        ...openings.flatMap((one) => surveyMails(readersOf, one)),
        ...missingMails(readersOf, request, now),
      ],
    };
  });
  const surveys = steps.flatMap((step) => step.surveys);
  const chased = surveys.map(({ survey: request, dueOn }) => {
    return { request, kind: "survey", dueAt: at(dueOn, year.rules.closingTime) } as const;
  });
  return {
    standing: {
      ...standing,
      requests: steps.map(({ open }) => open),
      surveys: [...standing.surveys, ...surveys],
      ladders: [...standing.ladders, ...laddersOf(standing, chased, now)],
    },
    mails: steps.flatMap((step) => step.mails),
  };
};
