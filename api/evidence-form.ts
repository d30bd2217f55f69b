import type { Attaching } from "./attaching.ts";
import type { Fields, FormReading } from "./form-fields.ts";
import type { Params } from "./form-screens.ts";

/** 格付け and 添付 of a form's items: the fields, and what they say in the API's words. */

const FILE = "file:";
/** What the buttons say beside the one that submits. */
const ATTACH = "attach";
const TAKE_BACK = "take-back ";

/** Ids and hashes of the boxes that are ticked. */
const filesOf = (form: FormReading, item: string): readonly object[] =>
  form.all(`attached:${item}`).flatMap((box) => {
    const [file = "", sha256 = ""] = box.split(" ");
    return file === "" ? [] : [{ file, sha256 }];
  });

/** All of it said outright, also that there is none: what is not said stays as it was. */
export const evidenceIn = (form: FormReading, item: string): object => ({
  confidentiality: Number(form.text(`confidentiality:${item}`) || "2"),
  handling: form.all(`handling:${item}`),
  embargoed: form.text(`embargoed:${item}`) !== "",
  files: filesOf(form, item),
});

const pressed = (fields: Fields): string => fields["do"]?.[0] ?? "";

/** A file takes over the 格付け of the answer it stands with. */
export const evidenceOf = ({ id = "" }: Params): Attaching => {
  const path = `/requests/${encodeURIComponent(id)}/files`;
  return {
    attachment: (field, fields) => {
      const item = field.slice(FILE.length);
      return {
        path,
        beside: {
          item: [item],
          confidentiality: [fields[`confidentiality:${item}`]?.[0] ?? "2"],
          handling: fields[`handling:${item}`] ?? [],
        },
        into: `attached:${item}`,
      };
    },
    takingBack: (fields) => {
      if (!pressed(fields).startsWith(TAKE_BACK)) return undefined;
      const file = pressed(fields).slice(TAKE_BACK.length);
      return { path: `${path}/${encodeURIComponent(file)}/removal`, file };
    },
    isAll: (fields) => pressed(fields) === ATTACH,
  };
};
