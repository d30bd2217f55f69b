import type { OwedReminder } from "../db/queries/chase.ts";
import type { Digest, DigestRequest } from "../domain/digest.ts";
import { addressedTo, dueOf, nameOn, type WritingDesk } from "./addressing.ts";
import type { DigestEntry } from "./letters/facts.ts";
import { letterOf } from "./letters/letter.ts";
import { requestName } from "./letters/request-names.ts";
import type { NewMail } from "./outbox.ts";

/** A digest holds at least one item of at least one request. */
const someOf = <Value>([value, ...others]: readonly Value[]): readonly [Value, ...Value[]] => {
  if (value === undefined) throw new RangeError("a digest of nothing");
  return [value, ...others];
};

const pathOf = ({ isSurvey, request }: OwedReminder): string =>
  isSurvey ? `/surveys/${request}` : `/requests/${request}`;

const entryOf = (desk: WritingDesk, part: DigestRequest, owed: readonly OwedReminder[]): DigestEntry => {
  const about = owed.filter(({ chased }) => chased === part.request);
  const [one] = someOf(about);
  return {
    name: nameOf(one),
    organisation: nameOn(desk, part.organisation),
    label: part.label,
    due:
      one.ladder === "inner" ? { at: part.dueAt, why: [] } : dueOf(desk.cycle, { ...one, dueAt: part.dueAt }),
    closeAt: someOf(about.map(({ closeAt }) => closeAt).toSorted())[0],
    items: part.items.map(({ text }) => text),
    link: `${desk.letterhead.publicUrl}${pathOf(one)}`,
  };
};

/** What is owed inside an organisation says so. */
const nameOf = ({ kind, ladder }: OwedReminder): string =>
  ladder === "inner" ? `${requestName(kind)}（組織内の期限）` : requestName(kind);

/** A digest of one request continues that request's thread; of several it stands for itself. */
const threadOf = (owed: readonly OwedReminder[]): string | null => {
  const [only, ...others] = new Set(owed.map(({ request }) => request));
  return only === undefined || others.length > 0 ? null : only;
};

/** What makes this digest this one: who is told what, when. */
const occurrenceOf = ({ now }: WritingDesk, { requests }: Digest): string =>
  [now, ...requests.flatMap(({ items }) => items.map(({ item, rung }) => `${item} ${rung.name}`))].join("\n");

/** The digest as a mail to its contact. @param owed what he is owed, never empty */
export const digestMail = (desk: WritingDesk, digest: Digest, owed: readonly OwedReminder[]): NewMail => {
  const [{ person, name, address, works: organisation }] = someOf(owed);
  const { subject, text } = letterOf({
    ...addressedTo(desk, { name, organisation }, "/"),
    kind: "digest",
    label: digest.label,
    requests: someOf(digest.requests.map((part) => entryOf(desk, part, owed))),
    now: desk.now,
  });
  const items = someOf(digest.requests.flatMap((part) => part.items));
  return {
    cycle: desk.cycle.cycle,
    letter: "digest",
    person,
    occurrence: occurrenceOf(desk, digest),
    name,
    address,
    organisation,
    request: threadOf(owed),
    rung: items[0].rung.name,
    items: items.map(({ item }) => item),
    subject,
    text,
    ics: null,
    at: desk.now,
  };
};
