import { fill, placesIn, type Placeholder } from "../../domain/letters.ts";
import type { Instant } from "../../domain/time.ts";
import { fiscalYearLabel, warekiTime, warekiWithWeekday } from "../../domain/wareki.ts";
import type { Letter, LetterFacts } from "./facts.ts";
import { digestLines, dueMark, dueText, itemLines, oneLine, shortTime } from "./phrases.ts";

type Values = Readonly<Partial<Record<Placeholder, string>>>;

/** What a kind of letter fills in besides what all do. */
const ownValues = (facts: LetterFacts): Values => {
  switch (facts.kind) {
    case "inquiry":
    case "reminder":
      return { items: itemLines(facts.items), due: dueText(facts.due), close: warekiTime(facts.closeAt) };
    case "digest":
      return { label: facts.label, items: digestLines(facts.requests, facts.now) };
    case "receipt":
      return { items: itemLines(facts.items) };
    case "entered":
      return { items: itemLines(facts.items), detail: facts.detail, reason: facts.reason };
    case "inner":
      return {
        items: itemLines(facts.items),
        detail: facts.detail,
        reason: facts.reason,
        due: dueText(facts.due),
      };
    case "returned":
    case "survey":
      return { items: itemLines(facts.items), reason: facts.reason, due: dueText(facts.due) };
    case "extension":
    case "consultation":
      return { detail: facts.detail, due: dueText(facts.due), close: warekiTime(facts.closeAt) };
    case "halted":
      return { detail: facts.detail, items: itemLines(facts.items), reason: facts.reason };
    case "disposition":
    case "approval-turn":
      return { detail: facts.detail };
    case "approval-returned":
      return { detail: facts.detail, reason: facts.reason };
    case "decided":
      return { detail: facts.detail, meeting: `${warekiWithWeekday(facts.heldOn)}　${facts.meeting}` };
    case "published":
      return {};
    case "notice":
      return { detail: facts.detail, items: itemLines(facts.items) };
  }
};

/** The date by which the recipient has to do something. */
const dueOf = (facts: LetterFacts): Instant | undefined => {
  switch (facts.kind) {
    case "inquiry":
    case "reminder":
    case "returned":
    case "extension":
    case "survey":
    case "consultation":
    case "inner":
      return facts.due.at;
    case "digest":
      return facts.requests[0].due.at;
    case "receipt":
    case "entered":
    case "halted":
    case "disposition":
    case "approval-turn":
    case "approval-returned":
    case "decided":
    case "published":
    case "notice":
      return undefined;
  }
};

const itemCount = (facts: LetterFacts): number => {
  if (facts.kind === "digest") return facts.requests.reduce((count, { items }) => count + items.length, 0);
  return "items" in facts ? facts.items.length : 0;
};

/** Dates, items and what it is about in the few characters a list of mails shows. */
const shortValues = (facts: LetterFacts, due: Instant | undefined): Values => ({
  items: `${itemCount(facts)}件`,
  ...(due === undefined ? {} : { due: shortTime(due) }),
  ...("closeAt" in facts ? { close: shortTime(facts.closeAt) } : {}),
  // What comes below its first line, reasons and lists, is for who opens the mail.
  ...("detail" in facts ? { detail: facts.detail.replace(/\n.*$/s, "") } : {}),
});

const subjectOf = (facts: LetterFacts, values: Values): string => {
  const text = facts.texts[facts.kind].subject;
  const due = dueOf(facts);
  const subject = oneLine(fill(text, { ...values, ...shortValues(facts, due) }));
  if (due === undefined || placesIn(text).includes("due")) return subject;
  // Behind 【照会】, where a list of mails still shows it.
  return subject.replace(/^(?:【[^】]*】)?/, (head) => `${head}${dueMark(due)}`);
};

/**
 * The letter in the plan's words: dates in 和暦 with weekday and why, and the due date marked in the subject
 * unless the plan's subject names it itself.
 *
 * @throws RangeError for a text with a place its kind can't fill; lint lets no such plan through
 */
export const letterOf = (facts: LetterFacts): Letter => {
  const { organisation, contact, title, sender, link } = facts;
  const year = fiscalYearLabel(facts.year);
  const values: Values = { organisation, contact, title, year, sender, link, ...ownValues(facts) };
  const text = fill(facts.texts[facts.kind].body, values);
  // An empty list leaves its line empty.
  return { subject: subjectOf(facts, values), text: `${text.trimEnd().replaceAll(/\n{3,}/g, "\n\n")}\n` };
};
