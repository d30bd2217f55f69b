/** One day is no days: phrases are written for many, and of one their noun and verb are put right. */

const singular: Readonly<Record<string, string>> = {
  answers: "answer",
  comments: "comment",
  consultations: "consultation",
  days: "day",
  domains: "domain",
  evaluations: "evaluation",
  events: "event",
  findings: "finding",
  indicators: "indicator",
  items: "item",
  mails: "mail",
  measures: "measure",
  organisations: "organisation",
  people: "person",
  places: "place",
  requests: "request",
  surveys: "survey",
  wait: "waits",
  differ: "differs",
  have: "has",
  are: "is",
};
const NOUN =
  "answers|comments|consultations|days|domains|evaluations|events|findings|indicators|items|mails|measures|organisations|people|places|requests|surveys";
const ONE = new RegExp(
  `(?<![\\d.,:-])1 ((?:[a-z-]+ ){0,2}?)(${NOUN})\\b(?: (wait|differ|have|are)\\b)?`,
  "g",
);

export const wellNumbered = (english: string): string =>
  english.replaceAll(ONE, (_, between: string, noun: string, verb: string | undefined) => {
    const one = `1 ${between}${singular[noun] ?? noun}`;
    return verb === undefined ? one : `${one} ${singular[verb] ?? verb}`;
  });
