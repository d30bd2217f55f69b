import type { Person, Year } from "./plan-folder.ts";

/** A mail as `timeline.json` has it. */
export interface Mail {
  readonly at: string;
  readonly contact: string;
  readonly organisation: string;
  readonly kind: string;
  readonly rung: string | null;
  readonly items: readonly string[];
}

/** Who of an organisation holds one of the posts and can be reached. */
export const holders = (
  { people }: Year,
  organisation: string,
  roles: readonly Person["contact"][number][],
): readonly Person[] =>
  people.filter(
    (person) =>
      person.organisation === organisation &&
      person.reachable &&
      person.contact.some((role) => roles.includes(role)),
  );

/** 照会 and 意見照会 go to the 窓口; what becomes of them its 担当者 hears too. */
const readers = {
  inquiry: ["window"],
  consultation: ["window"],
  receipt: ["window", "officer"],
  entered: ["window", "officer"],
  returned: ["window", "officer"],
  extension: ["window", "officer"],
  halted: ["window", "officer"],
  survey: ["window", "officer"],
} as const;
export type Letter = keyof typeof readers;
/** The letters the oracle knows: what is written to ministries about what they owe. */
export const letters: readonly string[] = [...Object.keys(readers), "inner"];

export const lettersTo = (
  year: Year,
  {
    at,
    kind,
    organisation,
    items,
  }: {
    readonly at: string;
    readonly kind: Letter;
    readonly organisation: string;
    readonly items: readonly string[];
  },
): readonly Mail[] =>
  holders(year, organisation, readers[kind]).map(({ id }) => ({
    at,
    contact: id,
    organisation,
    kind,
    rung: null,
    items: items.toSorted(),
  }));
