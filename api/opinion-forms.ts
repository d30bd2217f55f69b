import { contentByHash } from "../db/queries/content.ts";
import { requestById } from "../db/queries/requests.ts";
import { sectionsOf } from "../domain/document.ts";
import { readForm, type FieldMistake, type FormReading } from "./form-fields.ts";
import type { ScreenForm } from "./form-screens.ts";

/** So many opinions have room on one form; more can be sent with the next. */
export const OPINIONS_ON_FORM = 10;

const opinionPlaces = Array.from({ length: OPINIONS_ON_FORM }, (_, n) => String(n + 1));

const opinionsOf = (form: FormReading): readonly object[] =>
  opinionPlaces.flatMap((n) => {
    const [section, text, proposal] = ["section", "text", "proposal"].map((part) =>
      form.text(`${part}:${n}`),
    );
    if (text === "" && proposal === "") return [];
    if (text === "") form.wrong(`text:${n}`, "修正文案だけでなく、意見の内容を記入してください。");
    return [{ section: section || null, text, proposal: proposal || null }];
  });

/** Sections are picked by their titles; the record has their keys. */
const sectionKeys: NonNullable<ScreenForm["reading"]> = async ({ db }, { id = "" }, fields) => {
  const version = (await requestById(db, id))?.version ?? null;
  const document = version === null ? undefined : await contentByHash(db, "version", version);
  const keys = new Map(sectionsOf(document?.body.chapters ?? []).map(({ key, title }) => [title, key]));
  const mistakes: FieldMistake[] = [];
  const read = Object.entries(fields).map(([name, values]) => {
    const title = values[0]?.trim() ?? "";
    if (!name.startsWith("section:") || title === "") return [name, values];
    const key = keys.get(title);
    if (key === undefined)
      mistakes.push({
        field: name,
        message: "原案にある見出しを、一覧から選んでください。原案全体への意見は空欄とします。",
      });
    return [name, [key ?? ""]];
  });
  return { fields: Object.fromEntries(read), mistakes };
};

/** 意見照会への回答: none, or each opinion with its place and a wording of one's own. */
export const opinions: ScreenForm = {
  name: "opinions",
  does: "request.submit",
  leads: "to-receipt",
  reading: sectionKeys,
  call: (fields, params) => {
    const form = readForm(fields);
    const says = form.picked("says", "意見の有無");
    const item = `${params["id"] ?? ""}/opinion`;
    const written = opinionsOf(form);
    if (says === "value" && written.length === 0) form.wrong("text:1", "意見の内容を記入してください。");
    if (says === "nil" && written.length > 0)
      form.wrong(
        "says",
        "「意見なし」が選ばれていますが、意見が記入されています。どちらかを直してください。",
      );
    const answer = { item, says, text: "", ...(says === "value" && { opinions: written }) };
    const body = { answers: [answer] };
    return form.calling({
      path: `/requests/${encodeURIComponent(params["id"] ?? "")}/answers`,
      body,
      ifMatch: form.text("revision"),
    });
  },
};
