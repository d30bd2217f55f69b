import { z } from "zod";
import { areaFile } from "./area-file.ts";
import { dataFile } from "./data-file.ts";
import {
  carriedOverFile,
  holidaysFile,
  lettersFile,
  lineageFile,
  organisationsFile,
  peopleFile,
  planFile,
} from "./year-files.ts";

/**
 * One schema for all files of a plan, as an editor wants it: a file is one of nine kinds, told apart by its first
 * member. Draft 7, the newest that YAML editors know well.
 */
export const planJsonSchema = (): object => ({
  ...z.toJSONSchema(
    z.union([
      planFile,
      areaFile,
      dataFile,
      organisationsFile,
      peopleFile,
      lettersFile,
      holidaysFile,
      carriedOverFile,
      lineageFile,
    ]),
    { io: "input", target: "draft-7" },
  ),
  title: "Nenrin：計画ファイル",
});
