import { isOwed } from "./answer.ts";
import { newRequests, surveyBusinessDays, type NewRequest } from "./asking.ts";
import { addBusinessDays } from "./calendar.ts";
import { rungInstants } from "./ladder.ts";
import { followingReaders, openingReaders } from "./letters.ts";
import type { LetterKind, RequestKind } from "./plan.ts";
import { nextDeadline, passDeadline, type Request, type SurveyOpening } from "./request.ts";
import { addSeconds, at, dateOf, type Instant } from "./time.ts";
import {
  plannedYear,
  readersOf,
  type OpenRequest,
  type OpenSurvey,
  type PlannedMail,
  type Readers,
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
  standing: Standing,
  { at: when, letter, to, request, items = [] }: Letter,
): readonly PlannedMail[] =>
  readersOf(standing, to).map(({ id: contact, organisation }) => ({
    at: when,
    contact,
    organisation,
    letter,
    rung: null,
    request: request ?? null,
    items,
  }));

/** The plan's ladder for it, as it is put up at an instant. */
export const ladderOf = (
  standing: Standing,
  chased: { readonly request: string; readonly kind: RequestKind; readonly dueAt: Instant },
  openedAt: Instant,
): StandingLadder => {
  const { plan } = standing;
  const { kind, dueAt } = chased;
  const { calendar } = plannedYear(standing).rules;
  const rungs = rungInstants({
    ladder: plan.ladders[kind],
    sendWindow: plan.sendWindow,
    dueAt,
    calendar,
    openedAt,
  });
  return { ...chased, rungs };
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
  const sent = kinds.flatMap((kind) => newRequests(year, { kind, now, consulted: null }));
  const mails = sent.flatMap(({ id: request, kind, organisation: of, items }) => {
    const about = { at: now, request, items: items.map((item) => item.id) };
    const letter = kind === "consultation" ? "consultation" : "inquiry";
    return [
      ...lettersTo(standing, { ...about, letter, to: { of, contact: openingReaders } }),
      ...(who === "everybody"
        ? lettersTo(standing, { ...about, letter: "receipt", to: { of, contact: followingReaders } })
        : []),
    ];
  });
  const ladders = sent.map(({ id: request, kind, dueAt }) =>
    ladderOf(standing, { request, kind, dueAt }, now),
  );
  return {
    standing: {
      ...standing,
      requests: [...standing.requests, ...sent.map((request) => opened(request, who))],
      ladders: [...standing.ladders, ...ladders],
    },
    mails,
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

const surveyFor = (
  standing: Standing,
  { request, sentAt }: OpenRequest,
  { opening, now }: { readonly opening: SurveyOpening; readonly now: Instant },
): OpenSurvey => {
  const year = plannedYear(standing);
  const days = surveyBusinessDays(year, sentAt);
  return {
    survey: opening.survey,
    request: request.id,
    organisation: request.organisation,
    dueOn: addBusinessDays(dateOf(now), days, year.rules.calendar),
    openedAt: now,
  };
};

const surveyMails = (
  standing: Standing,
  { request }: OpenRequest,
  { opening, now }: { readonly opening: SurveyOpening; readonly now: Instant },
): readonly PlannedMail[] => {
  const about = { at: now, request: request.id, items: opening.items };
  const to = { of: request.organisation, contact: followingReaders };
  return [
    ...lettersTo(standing, { ...about, letter: "survey", to }),
    ...lettersTo(standing, { ...about, letter: "notice", to: { staff: "preparer" } }),
  ];
};

/** The secretariat is told of what is still owed after its close and can only be settled by a person. */
const missingMails = (standing: Standing, { kind, id, items }: Request, now: Instant) => {
  const missing = Object.entries(items).flatMap(([item, state]) => (isOwed(state) ? [item] : []));
  if (kind !== "chapter" || missing.length === 0) return [];
  return lettersTo(standing, {
    at: now,
    letter: "notice",
    to: { staff: "preparer" },
    request: id,
    items: missing,
  });
};

const isDue = ({ request }: OpenRequest, now: Instant): boolean =>
  nextDeadline(request, addSeconds(now, -2)) === addSeconds(now, -1);

/** What silence means for whatever was wanted by the instant before. */
export const passSilence = (standing: Standing, now: Instant): Event => {
  const { closingTime } = plannedYear(standing).rules;
  const steps = standing.requests.map((open) => {
    if (!isDue(open, now)) return { open, surveys: [], mails: [] };
    const { request, opens } = passDeadline(open.request, now);
    return {
      open: { ...open, request },
      surveys: opens.map((opening) => surveyFor(standing, open, { opening, now })),
      mails: [
        ...opens.flatMap((opening) => surveyMails(standing, open, { opening, now })),
        ...missingMails(standing, request, now),
      ],
    };
  });
  const surveys = steps.flatMap((step) => step.surveys);
  const ladders = surveys.map(({ survey: request, dueOn }) =>
    ladderOf(standing, { request, kind: "survey", dueAt: at(dueOn, closingTime) }, now),
  );
  return {
    standing: {
      ...standing,
      requests: steps.map(({ open }) => open),
      surveys: [...standing.surveys, ...surveys],
      ladders: [...standing.ladders, ...ladders],
    },
    mails: steps.flatMap((step) => step.mails),
  };
};
