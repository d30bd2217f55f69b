/** Objects are recorded as what they are and their id; their screen, or null where they have none. */
export const objectHref = (object: string): string | null => {
  const [type = "", id] = object.split(" ");
  return id === undefined ? null : (screenOf.get(type)?.(id) ?? null);
};
const screenOf: ReadonlyMap<string, (id: string) => string> = new Map([
  ["request", (id) => `/requests/${id}`],
  ["survey", (id) => `/surveys/${id}`],
  ["cycle", (id) => `/?cycle=${id}`],
  ["report", (id) => `/cycles/${id}/report`],
  ["mail", (id) => `/mails/${id}`],
]);
