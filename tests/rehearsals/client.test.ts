import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { close, listen } from "../../dev/loopback.ts";
import { personId } from "../../domain/ids.ts";
import { idempotencyKey, makeClient, type Client } from "../../rehearsals/client.ts";

interface Reply {
  readonly status: number;
  readonly body: object;
  readonly location?: string;
}
interface Heard {
  readonly line: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(close));
});

/** An API that gives the replies in their order, and what it heard. */
const apiWith = async (...replies: readonly Reply[]): Promise<{ client: Client; heard: Heard[] }> => {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const { status, body, location } = replies[heard.length] ?? { status: 500, body: {} };
    void request.toArray().then((chunks) => {
      heard.push({
        line: `${request.method} ${request.url}`,
        headers: request.headers,
        body: chunks.map(String).join(""),
      });
      response.writeHead(status, {
        "content-type": "application/json",
        ...(location === undefined ? {} : { location }),
      });
      response.end(JSON.stringify(body));
    });
  });
  servers.push(server);
  const port = await listen(server, 0);
  const tokens = [{ person: personId("nisc-preparer-1"), role: "preparer" as const, token: "t0" }];
  return { client: makeClient({ api: `http://127.0.0.1:${port}/api/v1`, tokens }), heard };
};
const preparer = { person: personId("nisc-preparer-1"), role: "preparer" } as const;
const posting = { path: "/cycles/2014-r1/policy", body: { title: "方針" }, idempotencyKey: "k1" };
const done = z.object({ hash: z.string() });

describe("the client", () => {
  it("sends an act with whose it is, its key and what it was decided on", async () => {
    const { client, heard } = await apiWith({ status: 200, body: { hash: "h", sequence: 3 } });
    expect(await client.post(preparer, { ...posting, revision: 4 }, done)).toEqual({ hash: "h" });
    expect(heard).toMatchObject([
      {
        line: "POST /api/v1/cycles/2014-r1/policy",
        headers: { authorization: "Bearer t0", "idempotency-key": "k1", "if-match": '"r4"' },
        body: '{"title":"方針"}',
      },
    ]);
  });

  it("waits for an act that is only stored, and asks for its result under the same key", async () => {
    const stored = { status: 202, body: { act: "a1", state: "stored" }, location: "/api/v1/acts/a1" };
    const { client, heard } = await apiWith(
      stored,
      { status: 200, body: { state: "stored" } },
      { status: 200, body: { state: "done" } },
      { status: 200, body: { hash: "h" } },
    );
    expect(await client.post(preparer, posting, done)).toEqual({ hash: "h" });
    expect(heard.map(({ line }) => line)).toEqual([
      "POST /api/v1/cycles/2014-r1/policy",
      "GET /api/v1/acts/a1",
      "GET /api/v1/acts/a1",
      "POST /api/v1/cycles/2014-r1/policy",
    ]);
    expect(new Set(heard.flatMap(({ headers }) => headers["idempotency-key"] ?? []))).toEqual(
      new Set(["k1"]),
    );
  });

  it("says who was refused what and why", async () => {
    const body = { type: "about:blank", title: "段階が違います", status: 409, code: "wrong-stage" };
    const { client } = await apiWith({ status: 409, body });
    await expect(client.post(preparer, posting, done)).rejects.toMatchObject({
      name: "ApiRefusal",
      status: 409,
      code: "wrong-stage",
      message: expect.stringContaining("by nisc-preparer-1 preparer"),
    });
  });

  it("does not take a reply for what it is not", async () => {
    const { client } = await apiWith({ status: 200, body: { hash: 1 } });
    await expect(client.get(preparer, "/me", done)).rejects.toThrow(/GET \/me.*hash/s);
  });

  it("does not speak for somebody it has no token of", async () => {
    const { client, heard } = await apiWith();
    const stranger = { person: personId("nisc-recorder"), role: "recorder" } as const;
    await expect(client.get(stranger, "/me", done)).rejects.toThrow("nisc-recorder recorder");
    expect(heard).toEqual([]);
  });
});

describe("the key of a scripted act", () => {
  it("is the same for the same act, and another for another seed, cycle or act", () => {
    expect(idempotencyKey(7, "2014-r1", "policy submit 1")).toBe(
      idempotencyKey(7, "2014-r1", "policy submit 1"),
    );
    const keys = [
      idempotencyKey(7, "2014-r1", "policy submit 1"),
      idempotencyKey(8, "2014-r1", "policy submit 1"),
      idempotencyKey(7, "2014-r2", "policy submit 1"),
      idempotencyKey(7, "2014-r1", "policy submit 2"),
    ];
    expect(new Set(keys).size).toBe(4);
  });
});
