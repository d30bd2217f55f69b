import { z } from "zod";
import { ProblemError, type Mistake } from "./problems.ts";
import { submissionBody } from "./submission.ts";
import { faultTexts, type Fault } from "./workbook/faults.ts";
import { titles, type Form } from "./workbook/form.ts";
import { openFile, type Filled } from "./workbook/opening.ts";
import { readAnswers, type CellMistake, type RowAnswer } from "./workbook/reading.ts";
import { DATA_SHEET } from "./workbook/sheet-name.ts";

const mistakeOf = ({ row, column, message }: CellMistake): Mistake => ({
  pointer: `/${DATA_SHEET}/${row}/${column}`,
  message: `${DATA_SHEET}　${row}行「${column}」：${message}`,
});

const faultMistake = ({ code, where }: Fault): Mistake => ({
  pointer: where === "" ? "" : `/${where.replaceAll("~", "~0").replaceAll("/", "~1")}`,
  message: `${faultTexts[code]}${where === "" ? "" : `（${where}）`}`,
});

const columnOf: Readonly<Record<string, string>> = { ...titles, item: titles.id };

/** What the API refuses in an answer, at the cell that says it. */
const placed = (answers: readonly RowAnswer[], { path, message }: z.core.$ZodIssue): Mistake => {
  const [, n = "", part = ""] = path.map(String);
  const row = answers[Number(n)]?.row ?? 1;
  return mistakeOf({ row, column: columnOf[part] ?? titles.id, message });
};

const inJapanese = z.locales.ja().localeError;

/**
 * The answers a filled form gives, as a caller of the API would send them.
 * @throws ProblemError `file-refused`, `form-refused` with every cell that is wrong, `form-stale`
 */
export const filledBy = async (form: Form, file: Filled): Promise<z.output<typeof submissionBody>> => {
  const opened = await openFile(file);
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
      if (body.success) return body.data;
      const errors = body.error.issues.map((issue) => placed(reading.answers, issue));
      throw new ProblemError("form-refused", { errors });
    }
  }
};
