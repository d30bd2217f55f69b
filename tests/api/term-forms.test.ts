import { describe, expect, it } from "vitest";
import type { Fields } from "../../api/form-fields.ts";
import { termForms } from "../../api/term-forms.ts";

const id = "2014-r1-data-meti";
const sent = (name: string, fields: Fields) =>
  termForms.find((form) => form.name === name)?.call(fields, { id }, undefined);
const reason = ["  事務局で照会事項を確認するため  "];
const said = "事務局で照会事項を確認するため";

describe("a form about a request's dates", () => {
  it.each<[string, Fields, string, object]>([
    ["pause", { reason }, "pause", { reason: said }],
    ["resume", {}, "resume", {}],
    ["shortening", { reason, dueOn: ["2015-04-16"] }, "shortening", { dueOn: "2015-04-16", reason: said }],
    ["withdrawal", { reason }, "withdrawal", { reason: said }],
  ])("%s asks the API for what was typed", (name, fields, path, body) => {
    expect(sent(name, fields)).toEqual({ path: `/requests/${id}/${path}`, body });
  });

  it.each([
    ["pause", ["reason"]],
    ["shortening", ["dueOn", "reason"]],
    ["withdrawal", ["reason"]],
  ])("%s says what is missing, beside its field", (name, fields) => {
    const mistakes = fields.map((field) => ({ field, message: expect.stringContaining("記入してください") }));
    expect(sent(name, { reason: [" "] })).toEqual({ mistakes });
  });
});
