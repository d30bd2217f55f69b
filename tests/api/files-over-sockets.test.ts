import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { Agent, request as post, type IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { fileChunks, files } from "../../db/schema/file.ts";
import { startApiService, type ApiService } from "../support/api-service.ts";
import { largest, pdf } from "../support/evidence-files.ts";

/** 添付 over a real socket, as bytes: what a client that is no browser, or breaks off, can put before the gate. */

const REQUEST = "2014-r1-data-meti";
const ITEM = `${REQUEST}/second`;
const BOUNDARY = "----of-a-test";

let api: ApiService;
let port: number;
beforeAll(async () => {
  api = await startApiService();
  await api.app.listen({ host: "127.0.0.1", port: 0 });
  port = addressOf(api.app.server.address()).port;
});
afterAll(() => api.stop());
let before: number;
beforeEach(async () => {
  before = await rows();
});

const addressOf = (address: AddressInfo | string | null): AddressInfo => {
  if (address === null || typeof address === "string") throw new Error("the service listens nowhere");
  return address;
};
const rows = async (): Promise<number> => (await api.db.$count(files)) + (await api.db.$count(fileChunks));
const spools = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`nenrin-upload-${process.pid}-`));

const text = (name: string, value: string): Buffer =>
  Buffer.from(`--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
/** `head` stands in the part's header exactly as it is. */
const part = (head: Buffer | string, bytes: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename=`),
    Buffer.from(head),
    Buffer.from("\r\n\r\n"),
    bytes,
    Buffer.from("\r\n"),
  ]);
const END = Buffer.from(`--${BOUNDARY}--\r\n`);
const form = (...parts: readonly Buffer[]): Buffer => Buffer.concat([text("item", ITEM), ...parts, END]);

const opening = (length: number, agent?: Agent) =>
  post({
    agent,
    host: "127.0.0.1",
    port,
    method: "POST",
    path: `/api/v1/requests/${REQUEST}/files`,
    headers: {
      authorization: `Bearer ${api.tokens.meti}`,
      "content-type": `multipart/form-data; boundary=${BOUNDARY}`,
      "content-length": length,
      "idempotency-key": randomUUID(),
    },
  });
const bodyOf = async (reply: IncomingMessage): Promise<string> => {
  const pieces: Buffer[] = [];
  for await (const piece of reply) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString("utf8");
};
const send = (
  body: Buffer,
  agent?: Agent,
): Promise<{
  readonly status: number | undefined;
  readonly said: { readonly code?: string; readonly name?: string; readonly size?: number };
}> =>
  new Promise((resolve, reject) => {
    const sending = opening(body.length, agent);
    sending.once("error", reject);
    sending.once("response", (reply) => {
      bodyOf(reply).then((said) => resolve({ status: reply.statusCode, said: JSON.parse(said) }), reject);
    });
    sending.end(body);
  });

describe("a file over a socket", () => {
  it("of exactly 20 MB is taken, and of a byte more refused with nothing left", async () => {
    const taken = await send(form(part('"大きい.txt"', largest)));
    expect(taken).toMatchObject({ status: 200, said: { name: "大きい.txt", size: largest.length } });
    const held = await rows();
    const refused = await send(form(part('"大きい.txt"', Buffer.concat([largest, Buffer.from("a")]))));
    expect(refused).toMatchObject({ status: 422, said: { code: "evidence-refused" } });
    expect([await rows(), spools()]).toEqual([held, []]);
  });

  it.each([
    ["a folder above", '"../../etc/passwd.pdf"'],
    ["a folder of Windows", '"C:\\\\Windows\\\\a.pdf"'],
    ["letters read from the right", '"kansa\u{202e}fdp.exe.pdf"'],
    ["NUL", '"a\u{0}.pdf"'],
    ["NUL, escaped", "x; filename*=UTF-8''a%00.pdf"],
    ["a line break", '"a\r\nx-injected: 1\r\ny.pdf"'],
    ["a line break, escaped", "x; filename*=UTF-8''a%0D%0Ax-injected%3A%201.pdf"],
    ["a folder, escaped", "x; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd.pdf"],
  ])("whose name has %s is refused, and leaves nothing", async (_what, head) => {
    const { status, said } = await send(form(part(head, pdf)));
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(["evidence-refused", "malformed-body", "invalid-body"]).toContain(said.code);
    expect([await rows(), spools()]).toEqual([before, []]);
  });

  it.each([
    ["a second file", form(part('"a.pdf"', pdf), part('"b.pdf"', pdf))],
    [
      "more places for files than a form has items",
      form(...Array.from({ length: 1_001 }, () => part('""', Buffer.alloc(0)))),
    ],
    ["more texts than a form has fields", form(...Array.from({ length: 20_001 }, () => text("a", "")))],
    ["a text without end", form(text("item", "x".repeat(5 * 2 ** 20)))],
  ])("with %s is too much, and leaves nothing", async (_what, body) => {
    expect(await send(body)).toMatchObject({ status: 413, said: { code: "too-large" } });
    expect([await rows(), spools()]).toEqual([before, []]);
  });

  it("whose sender breaks off in the middle leaves no row and no file", async () => {
    const body = form(part('"途中.txt"', largest));
    const sending = opening(body.length);
    sending.on("error", () => undefined);
    sending.write(body.subarray(0, body.length / 2));
    await vi.waitUntil(() => spools().length === 1, { timeout: 20_000, interval: 20 });
    sending.destroy();
    await vi.waitUntil(() => spools().length === 0, { timeout: 20_000, interval: 20 });
    expect(await rows()).toBe(before);
    expect(await send(form(part('"途中.pdf"', pdf)))).toMatchObject({ status: 200 });
  });

  it("leaves nothing on its connection, which carries the next", async () => {
    const sockets: Socket[] = [];
    api.app.server.on("connection", (socket: Socket) => sockets.push(socket));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const sendMany = async (many: number): Promise<number | undefined> => {
      for (let n = 0; n < many; n += 1) await send(form(part('"a.exe"', pdf)), agent);
      return sockets[0]?.listenerCount("close");
    };
    const once = await sendMany(1);
    expect([await sendMany(3), sockets.length]).toEqual([once, 1]);
    agent.destroy();
  });
});
