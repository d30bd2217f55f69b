import type { Expected } from "../../domain/plan.ts";
import { fieldId, LineField, SelectField, type Form } from "./form.tsx";
import type { Written } from "./request-item.tsx";

/** The part of a cell's name that comes before its item. */
export const CELL = "cell.";
export const cellField = (row: string, column: string): string => `${CELL}${row}.${column}`;

interface ValueFieldsOf {
  readonly item: string;
  readonly form: Form;
  readonly expects: Expected | undefined;
  /** Units of which one is wanted; empty where any will do. */
  readonly units: readonly string[];
  readonly written: Written;
}

const Unit = ({ item, form, units, written }: ValueFieldsOf) => (
  <LineField
    form={form}
    name={`unit:${item}`}
    label={units.length === 0 ? "単位（件、人など）" : `単位（${units.join("又は")}）`}
    value={written["unit"] ?? ""}
  />
);

/** 表: one row a line of the table, every cell a field with a name of its own. */
const Cells = ({
  item,
  form,
  written,
  table,
}: ValueFieldsOf & { readonly table: Expected & { readonly is: "table" } }) => {
  const mistake = form.mistakeOf(`table:${item}`);
  return (
    <div class="field" id={fieldId(form.name, `table:${item}`)}>
      {mistake === null ? null : (
        <p class="mistake">
          <span class="mistake-word">誤り</span> {mistake}
        </p>
      )}
      <table>
        <caption>表（数値のない欄を残さず、零は0と記入してください）</caption>
        <thead>
          <tr>
            <th scope="col">区分</th>
            {table.columns.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.label}</th>
              {table.columns.map((column) => {
                const part = cellField(row.key, column.key);
                const name = `${part}:${item}`;
                return (
                  <td key={column.key}>
                    <input
                      id={fieldId(form.name, name)}
                      name={name}
                      type="text"
                      inputMode="decimal"
                      autoComplete="off"
                      aria-label={`${row.label}　${column.label}`}
                      aria-invalid={form.mistakeOf(name) === null ? undefined : "true"}
                      value={form.valueOf(name, written[part] ?? "")}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** The fields of a value of the kind that the plan wants. */
export const ValueFields = (fields: ValueFieldsOf) => {
  const { item, form, expects, written } = fields;
  switch (expects?.is) {
    case undefined:
    case "number":
      return (
        <>
          <LineField
            form={form}
            name={`number:${item}`}
            label={expects === undefined ? "数値（示せる場合）" : "数値"}
            kind="decimal"
            value={written["number"] ?? ""}
          />
          <Unit {...fields} />
        </>
      );
    case "text":
      return null;
    case "date":
      return (
        <LineField form={form} name={`date:${item}`} label="日付" kind="date" value={written["date"] ?? ""} />
      );
    case "choice":
      return (
        <SelectField
          form={form}
          name={`choice:${item}`}
          label="選択肢"
          none="選んでください"
          options={expects.options.map(({ key, label }) => ({ value: key, name: label }))}
          value={written["choice"] ?? ""}
        />
      );
    case "table":
      return (
        <>
          <Cells {...fields} table={expects} />
          <Unit {...fields} />
        </>
      );
  }
};
