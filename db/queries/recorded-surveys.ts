import type { RecordedSurvey } from "../../domain/report-record.ts";
import type { Tx } from "../client.ts";
import type { surveys } from "../schema/survey.ts";
import { contentsOf, type StoredContent } from "./content.ts";
import type { AskedItem } from "./recorded-items.ts";
import { held, textOf } from "./recorded-text.ts";

type Row = typeof surveys.$inferSelect;
type Results = ReadonlyMap<string, StoredContent<"survey-result">>;

const endOf = ({ id, end, result }: Row, results: Results): RecordedSurvey["end"] => {
  const found = result === null ? null : held(results, result);
  switch (end?.is) {
    case undefined:
      return { is: "running" };
    case "found":
      if (found === null) throw new Error(`survey ${id} has found something and holds no result`);
      return { is: "found", result: textOf(found), limits: found.body.limits };
    case "impossible":
      return { is: "impossible", reason: end.reason, result: found === null ? null : textOf(found) };
    case "stopped":
      return { is: "stopped", reason: end.reason };
  }
};

const named = (ids: readonly (string | null)[]): readonly string[] =>
  ids.flatMap((id) => (id === null ? [] : [id]));

/** 補完調査 with the texts of their methods and results. */
export const recordedSurveys = async (
  tx: Tx,
  rows: readonly Row[],
  asked: readonly AskedItem[],
): Promise<readonly RecordedSurvey[]> => {
  const data = new Map(asked.map(({ id, datum }) => [id, datum]));
  const methods = await contentsOf(tx, "survey-method", named(rows.map(({ method }) => method)));
  const results = await contentsOf(tx, "survey-result", named(rows.map(({ result }) => result)));
  return rows.map((row) => ({
    id: row.id,
    organisation: row.organisation,
    data: row.items.map((item) => held(data, item)),
    cause: row.cause,
    why: row.why,
    method: row.method === null ? null : textOf(held(methods, row.method)),
    end: endOf(row, results),
  }));
};
