/** 下書き: what stands in the fields of a form, by name. Several values of one name stand in their order. */
export type DraftFields = Readonly<Record<string, readonly string[]>>;

/** `says:2014-data-meti/1-1-1-a-1` is about that item; a field without a colon is about the whole form. */
const itemOf = (name: string): string | undefined => {
  const cut = name.indexOf(":");
  return cut === -1 ? undefined : name.slice(cut + 1);
};

const first = (fields: DraftFields, name: string): string => fields[name]?.[0]?.trim() ?? "";

/** A kind was picked, or a field differs from what it began with. */
const isTouched = (fields: DraftFields, item: string): boolean =>
  first(fields, `says:${item}`) !== "" ||
  Object.keys(fields).some((name) => {
    if (itemOf(name) !== item || /^(was-|seen:|says:)/.test(name)) return false;
    return first(fields, name) !== first(fields, `was-${name}`);
  });

const itemsIn = (fields: DraftFields): readonly string[] => [
  ...new Set(Object.keys(fields).flatMap((name) => itemOf(name) ?? [])),
];

/** Only fields of the items; the form's key and what it was shown by belong to that one form. */
const ofItems = (fields: DraftFields, keeps: (item: string) => boolean): DraftFields =>
  Object.fromEntries(
    Object.entries(fields).filter(([name]) => {
      const item = itemOf(name);
      return item !== undefined && keeps(item);
    }),
  );

/** What of a form is worth keeping: the fields of the items in which something was done. */
export const draftOf = (fields: DraftFields): DraftFields => {
  const touched = new Set(itemsIn(fields).filter((item) => isTouched(fields, item)));
  return ofItems(fields, (item) => touched.has(item));
};

/** What was kept before, but for the items the form shows now: of those, what the form says now. */
export const draftWith = (kept: DraftFields, form: DraftFields): DraftFields => ({
  ...draftWithout(kept, itemsIn(form)),
  ...draftOf(form),
});

/** The rest, once some of it has been submitted. */
export const draftWithout = (fields: DraftFields, submitted: readonly string[]): DraftFields =>
  ofItems(fields, (item) => !submitted.includes(item));

export const isEmptyDraft = (fields: DraftFields): boolean => Object.keys(fields).length === 0;
