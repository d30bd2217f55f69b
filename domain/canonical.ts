const LONE_SURROGATE = /\p{Surrogate}/u;

const canonicalText = (value: string): string => {
  if (LONE_SURROGATE.test(value)) throw new RangeError("a lone surrogate has no canonical form");
  return JSON.stringify(value);
};

const canonicalNumber = (value: number): string => {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not a JSON number`);
  return JSON.stringify(value);
};

/** By UTF-16 code units (RFC 8785 section 3.2.3), which is what `sort` without a comparison does. */
const canonicalMembers = (value: object): string =>
  Object.entries(value)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, member]) => `${canonicalText(name)}:${canonicalJson(member)}`)
    .join(",");

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/**
 * RFC 8785 (JSON Canonicalization Scheme): the one text of a plain JSON value, so that it has one hash.
 * @throws RangeError for what JSON cannot say without loss: undefined, NaN, a lone surrogate, a Date, a Map
 */
export const canonicalJson = (value: unknown): string => {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return canonicalText(value);
  if (typeof value === "number") return canonicalNumber(value);
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(",")}]`;
  if (typeof value === "object" && isPlain(value)) return `{${canonicalMembers(value)}}`;
  throw new RangeError(`not a plain JSON value: ${Object.prototype.toString.call(value)}`);
};
