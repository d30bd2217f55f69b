import { InvalidArgumentError } from "commander";
import { plainDate, type PlainDate } from "../domain/time.ts";

/** A date as a person types it. */
export const dateArgument = (raw: string): PlainDate => {
  try {
    return plainDate(raw);
  } catch {
    throw new InvalidArgumentError("実在する日付を 2015-04-24 のように書いてください。");
  }
};
