import type { z } from "zod";
import type { StoredRequest } from "../db/queries/requests.ts";
import type { Desk } from "./acting.ts";
import { checkAnswers } from "./answer-checks.ts";
import { inJapanese } from "./in-japanese.ts";
import { ProblemError, type Mistake } from "./problems.ts";
import { submissionBody, type TakenAnswers } from "./submission.ts";
import { faultTexts, type Fault } from "./workbook/faults.ts";
import { titles, type Form } from "./workbook/form.ts";
import { openFile, type Filled } from "./workbook/opening.ts";
import { readAnswers, type RowAnswer } from "./workbook/reading.ts";
import type { CellMistake } from "./workbook/row-reading.ts";
import { DATA_SHEET } from "./workbook/sheet-name.ts";

const mistakeOf = ({ row, column, message }: CellMistake): Mistake => ({
  pointer: `/${DATA_SHEET}/${row}/${column}`,
  message: `${DATA_SHEET}　${row}行「${column}」：${message}`,
});

const faultMistake = ({ code, where }: Fault): Mistake => ({
  pointer: where === "" ? "" : `/${where.replaceAll("~", "~0").replaceAll("/", "~1")}`,
  message: `${faultTexts[code]}${where === "" ? "" : `（${where}）`}`,
});

const columnOf: Readonly<Record<string, string>> = {
  ...titles,
  item: titles.id,
  date: titles.other,
  choice: titles.other,
  table: titles.number,
};

/** What the API refuses in an answer, at the cell that says it. */
const placed = (
  answers: readonly RowAnswer[],
  { place, part, message }: { readonly place: number; readonly part: string; readonly message: string },
): Mistake => {
  const answer = answers[place];
  const row = part === "table" ? answer?.tableRow : answer?.row;
  return mistakeOf({ row: row ?? 1, column: columnOf[part] ?? titles.id, message });
};

const refusedIn = (answers: readonly RowAnswer[], { path, message }: z.core.$ZodIssue): Mistake => {
  const [, n = "", part = ""] = path.map(String);
  return placed(answers, { place: Number(n), part, message });
};

/** Where a form was filled in: the same checks hold as for a caller of the API. */
export interface FilledFor {
  readonly desk: Pick<Desk, "db">;
  readonly asked: StoredRequest;
  readonly form: Form;
}
/** A filled form as a caller of the API would send it, and what the checks of the plan say of it. */
export interface FilledForm {
  readonly body: z.output<typeof submissionBody>;
  readonly checked: TakenAnswers;
}

/** @throws ProblemError `uploads-busy`, `file-refused`, `form-refused` with every cell that is wrong, `form-stale` */
export const filledBy = async ({ desk, asked, form }: FilledFor, file: Filled): Promise<FilledForm> => {
  const opened = await openFile(file);
  if (opened.is === "busy") throw new ProblemError("uploads-busy");
  if (opened.is === "refused")
    throw new ProblemError("file-refused", { errors: [faultMistake(opened.fault)] });
  const reading = readAnswers(form, opened.rows);
  switch (reading.is) {
    case "stale":
      throw new ProblemError("form-stale");
    case "mistakes":
      throw new ProblemError("form-refused", { errors: reading.mistakes.map(mistakeOf) });
    case "answers": {
      const answers = reading.answers.map(({ answer }) => answer);
      const body = submissionBody.safeParse({ answers }, { error: inJapanese });
      if (!body.success) {
        const errors = body.error.issues.map((issue) => refusedIn(reading.answers, issue));
        throw new ProblemError("form-refused", { errors });
      }
      const checked = await checkAnswers(desk, asked, body.data.answers);
      if (checked.is === "taken") return { body: body.data, checked };
      const errors = checked.mistakes.map((mistake) => placed(reading.answers, mistake));
      throw new ProblemError("form-refused", { errors });
    }
  }
};
