/** Identifiers, each branded once by its parse function; a wrong one is a `RangeError` that names it. */

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** `2014` for the real year, `2014-r3` for its third rehearsal. ASCII: it is a part of workflow ids. */
export type CycleKey = Branded<"CycleKey">;
/** Fiscal year: 2014 is 平成26年度, April 2014 to March 2015. */
export type FiscalYear = number & { readonly [brand]: "FiscalYear" };
/** Lower-case ASCII code of an organisation, e.g. `meti`, `jpcert-cc`. */
export type OrganisationId = Branded<"OrganisationId">;
/** Lower-case ASCII code of a person of the plan, e.g. `meti-window`. */
export type PersonId = Branded<"PersonId">;
/** `<area>-<domain or 0>-<section or 0>-<label>`, e.g. `1-1-1-ア` (seed 別添). */
export type MeasureKey = Branded<"MeasureKey">;
/** `<measure>/<n>`, the n-th bullet of a measure counted from 1, e.g. `1-4-0-ケ/2`. */
export type IndicatorKey = Branded<"IndicatorKey">;
/** SHA-256 in lower-case hex. */
export type Sha256 = Branded<"Sha256">;

const checked = (raw: string, pattern: RegExp, what: string): string => {
  if (!pattern.test(raw)) throw new RangeError(`not a ${what}: ${JSON.stringify(raw)}`);
  return raw;
};

const ASCII_CODE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const MEASURE = /^[1-9]-\d-\d-[ァ-ヺ]$/;

export const cycleKey = (raw: string): CycleKey => checked(raw, /^\d{4}(-r[1-9]\d*)?$/, "cycle") as CycleKey;
export const organisationId = (raw: string): OrganisationId =>
  checked(raw, ASCII_CODE, "organisation id") as OrganisationId;
export const personId = (raw: string): PersonId => checked(raw, ASCII_CODE, "person id") as PersonId;
export const measureKey = (raw: string): MeasureKey => checked(raw, MEASURE, "measure key") as MeasureKey;
export const indicatorKey = (raw: string): IndicatorKey =>
  checked(raw, /^[1-9]-\d-\d-[ァ-ヺ]\/[1-9]$/, "indicator key") as IndicatorKey;
export const sha256 = (raw: string): Sha256 => checked(raw, /^[0-9a-f]{64}$/, "SHA-256") as Sha256;

export const fiscalYear = (raw: number): FiscalYear => {
  if (!Number.isInteger(raw) || raw < 1948 || raw > 2200) throw new RangeError(`not a fiscal year: ${raw}`);
  return raw as FiscalYear;
};

export const isRehearsal = (cycle: CycleKey): boolean => cycle.includes("-r");
