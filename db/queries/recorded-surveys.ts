import type { RecordedSurvey } from "../../domain/report-record.ts";
import { dateOf } from "../../domain/time.ts";
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
      return {
        is: "found",
        result: textOf(found),
        limits: found.body.limits,
        grade: found.body.grade ?? null,
        value: found.body.value ?? null,
        references: found.body.references ?? [],
      };
    case "impossible":
      return { is: "impossible", reason: end.reason, result: found === null ? null : textOf(found) };
    case "stopped":
      return { is: "stopped", reason: end.reason };
    case "merged":
      return { is: "merged", into: end.into, reason: end.reason };
  }
};

const protocolOf = ({ label, steps, asked }: NonNullable<Row["protocol"]>): RecordedSurvey["protocol"] => ({
  label,
  steps: steps.map(({ label: name, done }) => ({ label: name, on: done === null ? null : dateOf(done.at) })),
  asked: asked.length,
});

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
  const scopes = await contentsOf(tx, "survey-scope", named(rows.map(({ scope }) => scope)));
  const results = await contentsOf(tx, "survey-result", named(rows.map(({ result }) => result)));
  return rows.map((row) => ({
    id: row.id,
    organisation: row.organisation,
    data: [...new Set(row.items.map((item) => held(data, item)))],
    cause: row.cause,
    justification: row.justification,
    scope: row.scope === null ? null : held(scopes, row.scope).body,
    protocol: row.protocol === null ? null : protocolOf(row.protocol),
    offered: asked.filter((item) => row.items.includes(item.id) && "offered" in item.state).length,
    method: row.method === null ? null : textOf(held(methods, row.method)),
    end: endOf(row, results),
  }));
};
