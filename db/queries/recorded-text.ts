import type { RecordedText } from "../../domain/report-record.ts";

/** What a row names. @throws Error if it is not there: a row names only what was stored before */
export const held = <Value>(stored: ReadonlyMap<string, Value>, id: string): Value => {
  const value = stored.get(id);
  if (value === undefined) throw new Error(`${id} is named and not stored`);
  return value;
};

export const textOf = ({
  id,
  hash,
  body,
}: {
  readonly id: string;
  readonly hash: RecordedText["sha256"];
  readonly body: { readonly text: string };
}): RecordedText => ({ text: body.text, contentId: id, sha256: hash });
