/** The cycle as the histories of its workflows alone make it, of the events of each run. */
export const foldHistories: (
  histories: readonly (readonly object[])[],
  cycle: string,
) => Readonly<Record<string, unknown>>;
/** Rows of the database that differ from what the histories of the bundle make. */
export const compareBundle: (files: ReadonlyMap<string, Uint8Array>) => {
  readonly histories: number;
  readonly differing: readonly { readonly name: string; readonly key: string }[];
};
