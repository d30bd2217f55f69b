import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { header } from "../../api/workbook/form.ts";
import { storeContent } from "../../db/content.ts";
import { contentsOf } from "../../db/queries/content.ts";
import { acts } from "../../db/schema/acts.ts";
import { files } from "../../db/schema/file.ts";
import { answers } from "../../db/schema/request.ts";
import { personId, sha256 } from "../../domain/ids.ts";
import { startApiService, type ApiService } from "../support/api-service.ts";
import { now } from "../support/screens-year.ts";

/** A filled form has no files and may say nothing of labels: what the answer before had, the next one has. */

const ID = "2014-r1-data-meti";
const ITEM = `${ID}/first`;
const by = personId("meti-officer");
const labels = { confidentiality: 1, handling: ["no-copying"], embargoed: true } as const;
const file = {
  id: randomUUID(),
  name: "内訳.pdf",
  version: 1,
  size: 3,
  hash: sha256("c".repeat(64)),
  confidentiality: 1,
} as const;

let api: ApiService;
beforeAll(async () => {
  api = await startApiService();
  const stored = { request: ID, item: ITEM, place: "database" as const, storedBy: by, storedAt: now };
  await api.db.insert(files).values({ ...file, handling: [], ...stored });
  const body = { number: 3, unit: "人", text: "内訳のとおり。", labels, files: [file] };
  const content = await storeContent(api.db, { kind: "answer", body, storedBy: by, storedAt: now });
  const version = { item: ITEM, version: 2, says: "provisional", by, at: now } as const;
  await api.db.insert(answers).values({ ...version, content: content.id, hash: content.hash });
}, 60_000);
afterAll(() => api.stop());

/** What the upload of the form gives, with these cells of its one row written. */
const uploaded = async (cells: Readonly<Record<string, string>>) => {
  const url = `/api/v1/requests/${ID}/workbook`;
  const lines = (await api.ask("meti", { url: `${url}?format=csv` })).body.split("\r\n");
  const filled = lines.map((line) =>
    line.startsWith(`${ITEM},`)
      ? line
          .split(",")
          .map((cell, at) => cells[header[at] ?? ""] ?? cell)
          .join(",")
      : line,
  );
  const key = randomUUID();
  const headers = { "content-type": "text/csv", "idempotency-key": key };
  const reply = await api.ask("meti", { method: "POST", url, headers, payload: filled.join("\r\n") });
  expect(reply.statusCode).toBe(202);
  const [row] = await api.db.select().from(acts).where(eq(acts.key, key));
  const args = row?.act?.args;
  const [given] = args !== undefined && "answers" in args ? args.answers : [];
  const id = given?.content.id ?? randomUUID();
  return { given, body: (await contentsOf(api.db, "answer", [id])).get(id)?.body };
};
const written = { 回答の区分: "確定値", 数値: "4", 単位: "人" };

it("keeps labels, 公表前 and files where the form says nothing of them", async () => {
  const { given, body } = await uploaded(written);
  expect(given).toMatchObject({ item: ITEM, embargoed: true });
  expect(body).toMatchObject({ number: 4, labels, files: [file] });
});

it("takes the form's word where it has one, and keeps the files", async () => {
  const { given, body } = await uploaded({ ...written, 公表前: "該当しない", 取扱制限: "なし" });
  expect(given).not.toHaveProperty("embargoed");
  expect(body).toMatchObject({ labels: { confidentiality: 1 }, files: [file] });
});
