import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { apiRoutes } from "../../api/app.ts";
import { startApiService, type ApiService } from "../support/api-service.ts";

const Operation = z.object({
  summary: z.string().regex(/\p{Script=Han}/u),
  parameters: z
    .array(z.object({ name: z.string(), in: z.string(), required: z.boolean().optional() }))
    .optional(),
  requestBody: z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })) }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: z.unknown().optional() })),
});
const Document = z.object({
  openapi: z.literal("3.1.0"),
  info: z.object({ title: z.string(), version: z.string() }),
  security: z.tuple([z.object({ token: z.tuple([]) })]),
  components: z.object({
    schemas: z.record(z.string(), z.unknown()),
    securitySchemes: z.object({ token: z.object({ type: z.literal("http"), scheme: z.literal("bearer") }) }),
  }),
  paths: z.record(z.string(), z.record(z.enum(["get", "post", "delete"]), Operation.optional())),
});

let api: ApiService;
let raw: string;
let document: z.output<typeof Document>;
beforeAll(async () => {
  api = await startApiService();
  raw = (await api.app.inject({ url: "/openapi.json" })).body;
  document = Document.parse(JSON.parse(raw));
});
afterAll(() => api.stop());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) =>
      operation === undefined ? [] : [{ path, method, ...operation }],
    ),
  );

describe("the description of the API", () => {
  it("is OpenAPI 3.1 and has every address", () => {
    expect(operations()).toHaveLength(apiRoutes.length);
    for (const { path } of operations()) expect(path).toMatch(/^\/api\/v1\//);
  });

  it("says of every parameter in a path where it comes from", () => {
    for (const { path, parameters = [] } of operations())
      expect(parameters.filter((one) => one.in === "path").map(({ name }) => name)).toEqual(
        [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
      );
  });

  it("says of every change that it needs a key, and of every answer to a request that it may be late", () => {
    for (const { path, method, parameters = [], responses } of operations()) {
      const key = parameters.find(({ name }) => name === "idempotency-key");
      // A question changes nothing; a draft is no act and the same however often it is saved.
      const changes = method !== "get" && !/\/(what-if|draft)$/.test(path);
      expect([path, key?.required]).toEqual([path, changes ? true : undefined]);
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(["200", "4XX"]));
    }
    const late = operations().filter(({ responses }) => "202" in responses);
    expect(late.length).toBeGreaterThan(30);
  });

  it("points nowhere that is not there", () => {
    const names = [...raw.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) expect(Object.keys(document.components.schemas)).toContain(name);
  });

  it("lets nothing be sent that is not said", () => {
    const files = ["/api/v1/requests/{id}/workbook"];
    const bodies = operations().flatMap(({ path, requestBody }) =>
      requestBody === undefined || files.includes(path)
        ? []
        : [[path, requestBody.content["application/json"]?.schema] as const],
    );
    expect(bodies.length).toBeGreaterThan(30);
    for (const [path, schema] of bodies)
      expect([path, schema]).toEqual([path, expect.objectContaining({ additionalProperties: false })]);
  });
});
