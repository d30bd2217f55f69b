/**
 * Dates and instants as fixed-width strings, so that `<` compares them and an auditor can read them in the
 * Temporal UI. Everything is Asia/Tokyo, which has had the fixed offset +09:00 since 1951.
 */

declare const brand: unique symbol;

/** A civil date, `YYYY-MM-DD`. */
export type PlainDate = string & { readonly [brand]: "PlainDate" };
/** A civil time of day in Asia/Tokyo, `HH:MM`. */
export type PlainTime = string & { readonly [brand]: "PlainTime" };
/** An instant to the second, always written as `YYYY-MM-DDTHH:MM:SS+09:00`. */
export type Instant = string & { readonly [brand]: "Instant" };

const DAY_MS = 86_400_000;
const TOKYO_MS = 9 * 3_600_000;

/** @throws RangeError for a date that does not exist, e.g. `2015-02-29` */
export const plainDate = (raw: string): PlainDate => {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(raw) ? Date.parse(`${raw}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== raw)
    throw new RangeError(`not a date: ${JSON.stringify(raw)}`);
  return raw as PlainDate;
};

export const plainTime = (raw: string): PlainTime => {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(raw))
    throw new RangeError(`not a time of day: ${JSON.stringify(raw)}`);
  return raw as PlainTime;
};

/** Milliseconds since 1970-01-01T00:00Z → instant; a part of a second is cut off, never rounded up. */
export const instantOfEpochMs = (ms: number): Instant =>
  `${new Date(ms + TOKYO_MS).toISOString().slice(0, 19)}+09:00` as Instant;

/** Any ISO 8601 date-time with an offset. @throws RangeError for anything else */
export const instant = (raw: string): Instant => {
  const ms = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(raw)
    ? Date.parse(raw)
    : Number.NaN;
  if (Number.isNaN(ms)) throw new RangeError(`not an instant with an offset: ${JSON.stringify(raw)}`);
  return instantOfEpochMs(ms);
};

export const epochMs = (at: Instant): number => Date.parse(at);
export const at = (date: PlainDate, time: PlainTime): Instant => `${date}T${time}:00+09:00` as Instant;
export const dateOf = (at: Instant): PlainDate => at.slice(0, 10) as PlainDate;
export const addSeconds = (from: Instant, seconds: number): Instant =>
  instantOfEpochMs(epochMs(from) + seconds * 1000);

const dateOfDayNumber = (day: number): PlainDate =>
  new Date(day * DAY_MS).toISOString().slice(0, 10) as PlainDate;

/** Days since 1970-01-01. */
const dayNumber = (date: PlainDate): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
export const addDays = (date: PlainDate, days: number): PlainDate => dateOfDayNumber(dayNumber(date) + days);
/** 0 is Sunday, 6 is Saturday. */
export const weekday = (date: PlainDate): number => (((dayNumber(date) + 4) % 7) + 7) % 7;
