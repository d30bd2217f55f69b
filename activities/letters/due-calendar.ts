import ical, { ICalCalendarMethod, ICalEventTransparency } from "ical-generator";
import { epochMs, type Instant } from "../../domain/time.ts";

/** RFC 5545 section 3.6.5; Japan has had no other offset since long before. */
const tokyo = [
  "BEGIN:VTIMEZONE",
  "TZID:Asia/Tokyo",
  "BEGIN:STANDARD",
  "DTSTART:19700101T000000",
  "TZOFFSETFROM:+0900",
  "TZOFFSETTO:+0900",
  "TZNAME:JST",
  "END:STANDARD",
  "END:VTIMEZONE",
].join("\r\n");

/**
 * iCalendar text (RFC 5545) with one entry at the due instant, Asia/Tokyo, which blocks nobody's time. The same
 * facts give the same text.
 */
export const dueCalendar = ({
  dueAt,
  title,
  link,
  uid,
  now,
}: {
  readonly dueAt: Instant;
  /** In a rehearsal it says so itself: a calendar shows nothing else of the mail. */
  readonly title: string;
  readonly link: string;
  /** The same for every mail about the same due date, so that a moved one replaces the earlier entry. */
  readonly uid: string;
  /** The cycle's now: of two entries with one uid the later written counts. */
  readonly now: Instant;
}): string => {
  const calendar = ical({
    prodId: { company: "Nenrin", product: "Nenrin", language: "JA" },
    method: ICalCalendarMethod.PUBLISH,
    // A zone of the whole calendar would make the library write DTSTAMP in the machine's own.
    timezone: { name: null, generator: () => tokyo },
  });
  calendar.createEvent({
    id: uid,
    stamp: now,
    sequence: Math.floor(epochMs(now) / 60_000),
    // Without its offset: the library writes a zoned time as it stands.
    start: dueAt.slice(0, 19),
    timezone: "Asia/Tokyo",
    summary: title,
    url: link,
    transparency: ICalEventTransparency.TRANSPARENT,
  });
  return `${calendar.toString().trimEnd()}\r\n`;
};
