import { Client } from "@temporalio/client";
import { defaultPayloadConverter } from "@temporalio/common";
import { historyToJSON } from "@temporalio/common/lib/proto-utils.js";
import fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { answerProblems } from "../../api/plugins/answers.ts";
import { codecRoutes } from "../../api/routes/codec.ts";
import { decodedPayloads } from "../../codec/json-payloads.ts";
import { payloadKeys } from "../../codec/keys.ts";
import { makePayloadCodec } from "../../codec/payload-codec.ts";
import type { ActingRole } from "../../domain/acts.ts";
import { roles } from "../../domain/policy.ts";
import { startScratchTemporal, type ScratchTemporal } from "../support/scratch-temporal.ts";
import { actor } from "../support/screens-service.ts";

/** What the Temporal UI asks for, of payloads that a real engine keeps. */

const UI = "https://temporal.example";
const codec = makePayloadCodec(
  payloadKeys(`k1:${Buffer.from(Array.from({ length: 32 }, (_, n) => n)).toString("base64")}`),
);
const Payload = z.object({ metadata: z.record(z.string(), z.string()), data: z.string() });
const Started = z.object({
  workflowExecutionStartedEventAttributes: z.object({ input: z.object({ payloads: z.array(Payload) }) }),
  userMetadata: z.object({ summary: Payload }),
});
const said = { reason: "出典がないため。" };
const summary = "外務省：データの照会（3件）";
const reader: { role: ActingRole | null } = { role: null };
let temporal: ScratchTemporal;
let kept: readonly z.infer<typeof Payload>[];
let [closed, open]: readonly FastifyInstance[] = [];

const door = async (openToAll: boolean): Promise<FastifyInstance> => {
  const app = fastify();
  answerProblems(app);
  await app.register(
    codecRoutes({
      decode: (payloads) => decodedPayloads([codec], payloads),
      sessionOf: async () =>
        reader.role && { actor: actor("nisc-someone", reader.role, "nisc"), formToken: "none of its own" },
      uiOrigin: UI,
      openToAll,
    }),
  );
  return app;
};

beforeAll(async () => {
  [closed, open] = [await door(false), await door(true)];
  temporal = await startScratchTemporal();
  const client = new Client({
    connection: temporal.client.connection,
    dataConverter: { payloadCodecs: [codec] },
  });
  const handle = await client.workflow.start("request", {
    taskQueue: "nobody",
    workflowId: "request-1",
    args: [said],
    staticSummary: summary,
  });
  const text = historyToJSON(await handle.fetchHistory());
  const [first] = z.object({ events: z.array(z.unknown()) }).parse(JSON.parse(text)).events;
  const started = Started.parse(first);
  kept = [...started.workflowExecutionStartedEventAttributes.input.payloads, started.userMetadata.summary];
});
afterAll(async () => {
  await temporal.stop();
  await Promise.all([closed?.close(), open?.close()]);
});

const ask = async (app: FastifyInstance | undefined, payload: object, origin: string | null = UI) => {
  if (app === undefined) throw new Error("no app");
  const headers = { ...(origin !== null && { origin }), "x-namespace": "default" };
  return app.inject({ method: "POST", url: "/codec/decode", headers, payload });
};
const valuesIn = (body: string): readonly unknown[] =>
  z
    .object({ payloads: z.array(Payload) })
    .parse(JSON.parse(body))
    .payloads.map(({ metadata, data }) =>
      defaultPayloadConverter.fromPayload({
        metadata: Object.fromEntries(
          Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, "base64")]),
        ),
        data: Buffer.from(data, "base64"),
      }),
    );

describe("the codec of the Temporal UI", () => {
  it("shows what the engine keeps encrypted, summaries too", async () => {
    expect(JSON.stringify(kept)).not.toContain(Buffer.from(summary).toString("base64").slice(0, 12));
    reader.role = "auditor";
    const reply = await ask(closed, { payloads: kept });
    expect(reply.statusCode).toBe(200);
    expect(reply.headers).toMatchObject({
      "access-control-allow-origin": UI,
      "access-control-allow-credentials": "true",
      vary: "origin",
    });
    expect(valuesIn(reply.body)).toEqual([said, summary]);
  });

  it("shows it to whoever may read histories, and to nobody else", async () => {
    const seen: string[] = [];
    for (const role of roles) {
      reader.role = role;
      const { statusCode } = await ask(closed, { payloads: kept });
      seen.push(`${role} ${statusCode}`);
    }
    reader.role = null;
    seen.push(`nobody ${(await ask(closed, { payloads: kept })).statusCode}`);
    expect(seen).toEqual([
      "preparer 200",
      "approver 200",
      "recorder 403",
      "contact 403",
      "machine 403",
      "auditor 200",
      "admin 403",
      "nobody 401",
    ]);
  });

  it("is open in the embedded mode, where whoever is on the machine reads everything", async () => {
    reader.role = null;
    expect(valuesIn((await ask(open, { payloads: kept })).body)).toEqual([said, summary]);
    expect(valuesIn((await ask(open, { payloads: kept }, null)).body)).toEqual([said, summary]);
  });

  it.each(["https://temporal.example.evil.example", "http://temporal.example", "null"])(
    "answers no page of %s, whoever looks at it",
    async (origin) => {
      reader.role = "auditor";
      for (const app of [closed, open]) {
        const reply = await ask(app, { payloads: kept }, origin);
        expect(reply.statusCode).toBe(403);
        expect(reply.headers["access-control-allow-origin"]).toBeUndefined();
        expect(reply.body).not.toContain(kept[0]?.data);
      }
    },
  );

  it("lets a browser ask beforehand, of the UI only", async () => {
    const preflight = (origin: string) =>
      closed?.inject({ method: "OPTIONS", url: "/codec/decode", headers: { origin } });
    expect(await preflight(UI)).toMatchObject({
      statusCode: 204,
      headers: {
        "access-control-allow-origin": UI,
        "access-control-allow-headers": "content-type, x-namespace",
      },
    });
    expect((await preflight("https://other.example"))?.statusCode).toBe(403);
  });

  it("refuses what is no payload, was changed, or is too large", async () => {
    const [first] = kept;
    const changed = { ...first, data: Buffer.from("changed on its way, and long enough").toString("base64") };
    expect((await ask(open, { payloads: [changed] })).statusCode).toBe(422);
    expect((await ask(open, { payloads: "all" })).statusCode).toBe(422);
    const large = { metadata: {}, data: "A".repeat(5 * 1024 * 1024) };
    expect((await ask(open, { payloads: [large] })).statusCode).toBe(413);
  });
});
