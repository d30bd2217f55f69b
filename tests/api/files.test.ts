import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileFaultTexts } from "../../domain/file-name.ts";
import { contents } from "../../db/schema/content.ts";
import { acts } from "../../db/schema/acts.ts";
import { fileChunks, files } from "../../db/schema/file.ts";
import { startApiService, type ApiService, type Who } from "../support/api-service.ts";
import { goodFiles, hostileFiles, largest, office, pdf } from "../support/evidence-files.ts";

/** 添付 over HTTP: what is taken, in which version, how it is handed over, and all that is refused. */

const REQUEST = "2014-r1-data-meti";
const ITEM = `${REQUEST}/second`;
const url = `/api/v1/requests/${REQUEST}/files`;

let api: ApiService;
beforeAll(async () => {
  api = await startApiService();
});
afterAll(() => api.stop());

type Extra = Readonly<Record<string, string | readonly string[]>>;
/** As any client sends a form. */
const send = async (who: Who, name: string, bytes: Buffer, extra: Extra = {}) => {
  const form = new FormData();
  for (const [field, value] of Object.entries({ item: ITEM, ...extra }))
    for (const one of [value].flat()) form.append(field, one);
  form.set("file", new Blob([new Uint8Array(bytes)]), "placeholder");
  const sent = new Response(form);
  const body = Buffer.from(await sent.arrayBuffer());
  // Blob's own name goes through escapes: what is sent here is what stands in the table.
  const head = Buffer.from('filename="placeholder"');
  const at = body.indexOf(head);
  const payload = Buffer.concat([
    body.subarray(0, at),
    Buffer.from(`filename="${name.replaceAll("\\", "\\\\")}"`),
    body.subarray(at + head.length),
  ]);
  const type = sent.headers.get("content-type") ?? "";
  return api.ask(who, { method: "POST", url, headers: { "content-type": type, ...keyed() }, payload });
};
const keyed = () => ({ "idempotency-key": crypto.randomUUID() });
const stored = () => api.db.select().from(files);
const spools = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`nenrin-upload-${process.pid}-`));
const sha = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

describe("a file", () => {
  it.each(goodFiles)("%s is taken, and comes back as it was", async (name, bytes) => {
    const reply = await send("meti", name, bytes);
    expect(reply.json()).toMatchObject({
      item: ITEM,
      name,
      version: 1,
      sha256: sha(bytes),
      size: bytes.length,
    });
    const back = await api.ask("auditor", { url: `${url}/${String(reply.json().file)}` });
    expect(back.rawPayload.equals(bytes)).toBe(true);
  });

  it("as large as one may be passes in pieces", async () => {
    const reply = await send("meti", "大きい.txt", largest);
    expect(reply.statusCode).toBe(200);
    const id = String(reply.json().file);
    const chunks = await api.db
      .select({ at: fileChunks.position })
      .from(fileChunks)
      .where(eq(fileChunks.file, id));
    expect(chunks.length).toBe(80);
    const back = await api.ask("preparer", { url: `${url}/${id}` });
    expect(sha(back.rawPayload)).toBe(sha(largest));
  });

  it("is handed over as a download that no browser runs", async () => {
    const { file } = (await send("meti", "根拠資料.pdf", pdf)).json();
    const { headers } = await api.ask("meti", { url: `${url}/${String(file)}` });
    expect(headers).toMatchObject({
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent("根拠資料.pdf")}`,
      "x-content-type-options": "nosniff",
      "content-security-policy": "sandbox; default-src 'none'",
      "cache-control": "no-store",
    });
  });

  it("of the same name is the next version, and the one before stays; unchanged it is the same", async () => {
    const first = (await send("meti", "改訂.pdf", pdf)).json();
    const changed = Buffer.concat([pdf, Buffer.from("\n")]);
    const second = (await send("meti", "改訂.pdf", changed)).json();
    const again = (await send("meti", "改訂.pdf", changed)).json();
    expect([first.version, second.version, again.file]).toEqual([1, 2, second.file]);
    const back = await api.ask("meti", { url: `${url}/${String(first.file)}` });
    expect(sha(back.rawPayload)).toBe(sha(pdf));
  });

  it("of one name sent eight times at once is eight versions", async () => {
    const sent = Array.from({ length: 8 }, (_, n) => Buffer.concat([pdf, Buffer.alloc(n + 1, "\n")]));
    const replies = await Promise.all(sent.map((bytes) => send("meti", "同時.pdf", bytes)));
    const versions = replies.map((reply) => Number(reply.json().version));
    expect(versions.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("carries its labels, 機密性２ where nothing is said, and 機密性３ is refused with where to go", async () => {
    expect((await send("meti", "既定.pdf", pdf)).json()).toMatchObject({ confidentiality: 2, handling: [] });
    const labelled = await send("meti", "公開.pdf", pdf, {
      confidentiality: "1",
      handling: ["no-forwarding", "no-copying"],
    });
    expect(labelled.json()).toMatchObject({ confidentiality: 1, handling: ["no-copying", "no-forwarding"] });
    const before = (await stored()).length;
    const secret = await send("meti", "秘.pdf", pdf, { confidentiality: "3" });
    expect([secret.statusCode, secret.json().code]).toEqual([422, "too-confidential"]);
    expect(secret.json().detail).toContain("事務局に直接連絡してください");
    expect((await stored()).length).toBe(before);
  });

  it("is nobody else's affair", async () => {
    const { file } = (await send("meti", "内密.pdf", pdf)).json();
    for (const path of [url, `${url}/${String(file)}`])
      expect((await api.ask("mic", { url: path })).statusCode).toBe(404);
    expect((await send("mic", "横.pdf", pdf)).statusCode).toBe(404);
    expect((await send("approver", "横.pdf", pdf)).statusCode).toBe(403);
    const removal = { method: "POST", url: `${url}/${String(file)}/removal`, headers: keyed() } as const;
    expect((await api.ask("mic", removal)).statusCode).toBe(404);
    const other = `/api/v1/requests/2014-r1-data-mic/files/${String(file)}`;
    expect((await api.ask("preparer", { url: other })).statusCode).toBe(404);
  });
});

describe("whatever could do harm", () => {
  it.each(hostileFiles)(
    "$what is refused with the reason, and leaves nothing",
    async ({ name, bytes, fault }) => {
      const before = (await stored()).length;
      const reply = await send("meti", name, bytes);
      expect([reply.statusCode, reply.json().code]).toEqual([422, "evidence-refused"]);
      expect(reply.json().errors[0].message).toContain(fileFaultTexts[fault]);
      expect([(await stored()).length, spools()]).toEqual([before, []]);
    },
  );

  it.each([
    ["a line break in its name", "a\r\nX-Injected: 1.pdf"],
    ["a quotation mark in its name", 'a".pdf'],
  ])("%s leaves nothing", async (_what, name) => {
    const before = (await stored()).length;
    const reply = await send("meti", name, pdf);
    expect(reply.statusCode).toBeGreaterThanOrEqual(400);
    expect([(await stored()).length, spools()]).toEqual([before, []]);
  });

  it.each([
    [
      "a form that ends in the middle",
      `--x\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7`,
    ],
    ["a form of another boundary", "--y\r\n"],
    ["nothing", ""],
  ])("%s is no form", async (_what, payload) => {
    const headers = { "content-type": "multipart/form-data; boundary=x", ...keyed() };
    const reply = await api.ask("meti", { method: "POST", url, headers, payload });
    expect([reply.statusCode, spools()]).toEqual([reply.statusCode === 422 ? 422 : 400, []]);
  });
});

describe("an answer", () => {
  const answer = (body: object, key: string) =>
    api.ask("meti", {
      method: "POST",
      url: `/api/v1/requests/${REQUEST}/answers`,
      headers: { "idempotency-key": key, "if-match": "r1" },
      payload: { answers: [{ item: ITEM, says: "value", text: "別添のとおり。", ...body }] },
    });
  const bodyOf = async (key: string) => {
    const [act] = await api.db.select().from(acts).where(eq(acts.key, key));
    const args = act?.act?.args;
    const [given] = args !== undefined && "answers" in args ? args.answers : [];
    const [row] = await api.db
      .select()
      .from(contents)
      .where(eq(contents.id, given?.content.id ?? key));
    return { given, row };
  };

  it("names its files by id and hash, which its own hash covers", { timeout: 20_000 }, async () => {
    const { file, sha256 } = (await send("meti", "証拠.xlsx", office("xlsx"))).json();
    expect((await answer({ files: [{ file, sha256 }] }, "named")).statusCode).toBe(202);
    const { row, given } = await bodyOf("named");
    expect(row?.body).toMatchObject({ files: [{ id: file, hash: sha256, name: "証拠.xlsx", version: 1 }] });
    expect(given?.files).toEqual([sha256]);
    const removal = await api.ask("meti", {
      method: "POST",
      url: `${url}/${String(file)}/removal`,
      headers: keyed(),
    });
    expect([removal.statusCode, removal.json().code]).toEqual([409, "file-in-use"]);
  });

  it("can't name what was never stored, was stored for another item, or has another hash", async () => {
    const { file, sha256 } = (await send("meti", "別.pdf", pdf, { item: `${REQUEST}/first` })).json();
    const own = (await send("meti", "自.pdf", pdf)).json();
    for (const [n, named] of [
      { file, sha256 },
      { file: crypto.randomUUID(), sha256 },
      { file: own.file, sha256: sha(Buffer.from("other")) },
    ].entries())
      expect((await answer({ files: [named] }, `wrong-${n}`)).json().code).toBe("unknown-file");
  });

  it("is silent about what it does not say, so that old hashes stay", { timeout: 20_000 }, async () => {
    expect(
      (await answer({ confidentiality: 2, embargoed: false, handling: [], files: [] }, "plain")).statusCode,
    ).toBe(202);
    const { row, given } = await bodyOf("plain");
    expect(row?.body).toEqual({ number: null, unit: null, text: "別添のとおり。" });
    expect(given).not.toHaveProperty("embargoed");
    expect(given).not.toHaveProperty("files");
  });

  it("carries 格付け, 取扱制限 and 公表前", { timeout: 20_000 }, async () => {
    const labels = { confidentiality: 1, handling: ["concerned-only"], embargoed: true };
    expect((await answer(labels, "labelled")).statusCode).toBe(202);
    const { row, given } = await bodyOf("labelled");
    expect(row?.body).toMatchObject({ labels });
    expect(given?.embargoed).toBe(true);
    expect((await answer({ confidentiality: 3 }, "secret")).json().code).toBe("too-confidential");
  });
});

describe("what was attached and not yet named", () => {
  it("is taken back for good", async () => {
    const { file } = (await send("meti", "誤り.pdf", pdf)).json();
    const removal = { method: "POST", url: `${url}/${String(file)}/removal`, headers: keyed() } as const;
    expect((await api.ask("meti", removal)).statusCode).toBe(200);
    expect((await api.ask("meti", removal)).statusCode).toBe(404);
    expect(
      await api.db
        .select()
        .from(fileChunks)
        .where(eq(fileChunks.file, String(file))),
    ).toEqual([]);
  });
});
