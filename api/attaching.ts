import type { FastifyRequest } from "fastify";
import type { Attach, Door, Refusal } from "./door.ts";
import type { SpooledFile } from "./files/spool.ts";
import type { FieldMistake, Fields } from "./form-fields.ts";

/** A file of a form, as the API takes it. */
export interface Attachment {
  /** Below /api/v1. */
  readonly path: string;
  readonly beside: Fields;
  /** The field in which the form then says that it is attached. */
  readonly into: string;
}
/** What a form says of the files it brings along, and of those that lie there already. */
export interface Attaching {
  readonly attachment: (field: string, fields: Fields) => Attachment;
  /** Below /api/v1: where the pressed button takes a file back. */
  readonly takingBack: (fields: Fields) => { readonly path: string; readonly file: string } | undefined;
  /** The pressed button asks for no more than that. */
  readonly isAll: (fields: Fields) => boolean;
}

export interface Attached {
  /** With what is attached now. */
  readonly fields: Fields;
  readonly mistakes: readonly FieldMistake[];
  /** What was done, where that was all that was asked for. */
  readonly said: Pick<Refusal, "title" | "detail"> | null;
}
interface Of {
  readonly request: FastifyRequest;
  readonly files: readonly SpooledFile[];
  readonly fields: Fields;
}

const wordsOf = ({ title, detail, errors = [] }: Refusal): string =>
  errors.length === 0 ? `${title}。${detail}` : errors.map(({ message }) => message).join("");

const NOT_YET = "回答はまだ提出されていません。入力した内容は、全て下に残っています。";

const saidOf = (files: readonly SpooledFile[]): Attached["said"] => ({
  title: files.length === 0 ? "添付するファイルが選ばれていません" : "ファイルを添付しました",
  detail: NOT_YET,
});

/** A new version takes the place of the one before it, in this answer. */
const attachAll = async (attach: Attach, attaching: Attaching, of: Of): Promise<Attached> => {
  const { request, files } = of;
  let { fields } = of;
  const mistakes: FieldMistake[] = [];
  for (const file of files) {
    const { path, beside, into } = attaching.attachment(file.field, fields);
    const answer = await attach(request, { path, beside, file });
    if (answer.is === "refused") mistakes.push({ field: file.field, message: wordsOf(answer.problem) });
    else {
      const { file: id, sha256, name } = answer;
      const others = (fields[into] ?? []).filter((box) => !box.endsWith(` ${name}`));
      fields = { ...fields, [into]: [...others, `${id} ${sha256} ${name}`] };
    }
  }
  return { fields, mistakes, said: attaching.isAll(fields) && mistakes.length === 0 ? saidOf(files) : null };
};

/**
 * What a form does before it is sent: each of its files is stored by itself, through the API's door, so that whatever
 * is wrong with the rest, none has to be chosen again.
 */
export const attachFirst = async (
  { attach, door }: { readonly attach: Attach; readonly door: Door },
  attaching: Attaching,
  of: Of,
): Promise<Attached> => {
  const back = attaching.takingBack(of.fields);
  if (back === undefined) return attachAll(attach, attaching, of);
  const answer = await door(of.request, { path: back.path, body: {} }, back.file);
  if (answer.is === "refused")
    return { fields: of.fields, mistakes: [{ field: "do", message: wordsOf(answer.problem) }], said: null };
  return { fields: of.fields, mistakes: [], said: { title: "添付を取り消しました", detail: NOT_YET } };
};
