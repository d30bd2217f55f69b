import { createHash } from "node:crypto";
import { z } from "zod";
import { knownFiles } from "../../db/queries/files.ts";
import { requestById } from "../../db/queries/requests.ts";
import { access, actReplies, answerAct, fingerprintOf, keyHeader, refusals, type Route } from "../acting.ts";
import { answersBefore } from "../answers-before.ts";
import { formOf } from "../form-of.ts";
import { actorOf } from "../plugins/actor.ts";
import { CSV, XLSX } from "../plugins/bodies.ts";
import { filledBy } from "../filled-form.ts";
import { checkPost } from "../posts.ts";
import { ProblemError, type Mistake } from "../problems.ts";
import { byId } from "../schemas.ts";
import { submissionOf } from "../submission.ts";
import { lostFrom, renderCp932, renderCsv } from "../workbook/csv.ts";
import type { Form } from "../workbook/form.ts";
import { DATA_SHEET } from "../workbook/sheet-name.ts";
import { renderWorkbook } from "../workbook/xlsx.ts";

const formats = ["xlsx", "csv", "csv-cp932"] as const;
type Format = (typeof formats)[number];

/** A character that would be lost is refused before anything is handed out. */
const cp932 = (form: Form): Uint8Array => {
  const errors = lostFrom(form).map(({ row, column, letters }): Mistake => ({
    pointer: `/${DATA_SHEET}/${row}/${column}`,
    message: `${DATA_SHEET}　${row}行「${column}」：${letters.join(" ")}`,
  }));
  if (errors.length > 0) throw new ProblemError("letters-lost", { errors });
  return renderCp932(form);
};

interface File {
  readonly type: string;
  readonly ending: string;
  readonly bytes: Uint8Array;
}
const render = async (format: Format, form: Form): Promise<File> => {
  switch (format) {
    case "xlsx":
      return { type: XLSX, ending: "xlsx", bytes: await renderWorkbook(form) };
    case "csv":
      return { type: `${CSV}; charset=utf-8`, ending: "csv", bytes: renderCsv(form) };
    case "csv-cp932":
      return { type: `${CSV}; charset=windows-31j`, ending: "csv", bytes: cp932(form) };
  }
};

const getWorkbook: Route = (app, desk) => {
  app.get(
    "/requests/:id/workbook",
    {
      config: access("request", "request"),
      schema: {
        summary: "調査票（Excel又はCSV）を取得する",
        description: "「データ」の色の付いた列に記入し、同じアドレスへ送ると、照会への回答になる。",
        params: byId,
        querystring: z.strictObject({
          format: z
            .enum(formats)
            .default("xlsx")
            .meta({ description: "csv は BOM 付き UTF-8、csv-cp932 は Windows-31J" }),
        }),
        response: {
          200: {
            description: "調査票",
            content: { [XLSX]: { schema: z.any() }, [CSV]: { schema: z.any() } },
          },
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const form = await formOf(desk, request.params.id);
      const { type, ending, bytes } = await render(request.query.format, form);
      const name = encodeURIComponent(`調査票_${form.request}_${form.edition}.${ending}`);
      return reply
        .type(type)
        .header("content-disposition", `attachment; filename*=UTF-8''${name}`)
        .send(Buffer.from(bytes));
    },
  );
};

const Upload = z.object({
  kind: z.enum(["xlsx", "csv"]),
  charset: z.string().optional(),
  bytes: z.instanceof(Uint8Array),
});

const submitWorkbook: Route = (app, desk) => {
  app.post(
    "/requests/:id/workbook",
    {
      config: { ...access("request.submit", "request"), takesFile: true },
      schema: {
        summary: "記入した調査票で照会に回答する",
        description:
          "記入のある行だけが回答になる。一行でも誤りがあれば全体を受け付けず、errors にシート・行・列と理由を示す。" +
          "照会の版は調査票が示すため、If-Match は要らない。",
        consumes: [XLSX, CSV],
        params: byId,
        headers: keyHeader,
        body: z.unknown(),
        response: actReplies,
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const upload = Upload.safeParse(request.body);
      if (!upload.success) throw new ProblemError("unsupported-media-type");
      const { kind, charset = null, bytes } = upload.data;
      const file = createHash("sha256").update(bytes).digest("hex");
      const { method, url, headers } = request;
      const fingerprint = fingerprintOf({ method, url, body: { kind, charset, file } });
      const asked = await requestById(desk.db, id);
      if (asked === undefined) throw new ProblemError("not-found");
      const actor = actorOf(request);
      // Where answers are signed off inside the organisation, what the file says is prepared first.
      const name = asked.chain === null ? "request.submit" : "request.prepare";
      const prepare = async () => {
        await checkPost(desk.db, asked, { person: actor.person, name });
        const { body, checked } = await filledBy({ desk, asked, form: await formOf(desk, id) }, upload.data);
        const before = await answersBefore(desk, { asked, actor }, body.answers);
        return submissionOf(asked, body, { known: await knownFiles(desk.db, id), before, checked });
      };
      const wish = { name, actor, fingerprint } as const;
      return answerAct(reply, await desk.perform({ ...wish, key: headers["idempotency-key"] }, prepare));
    },
  );
};

/** 調査票: a request as a file to fill in, and the file as the answers to it. */
export const workbookRoutes: readonly Route[] = [getWorkbook, submitWorkbook];
