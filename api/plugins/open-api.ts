import swagger from "@fastify/swagger";
import scalar from "@scalar/fastify-api-reference";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";

const DOCUMENT_PATH = "/openapi.json";

/** The reference page brings its script and style in the page. It shows this document and runs nothing of a person's. */
const REFERENCE_POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "font-src 'self' data:; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

const REFERENCE_FONT =
  '@import url("/assets/fonts/index.css"); :root { --scalar-font: "Noto Sans JP Variable", sans-serif; }';

/** Collects every route registered after it in the same scope. */
export const describeApi = async (app: FastifyInstance, publicUrl: string): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "年輪（Nenrin）API",
        version: "1.0.0",
        description:
          "年次評価のサイクルで人が行うことは、すべてここから行える。変更には Idempotency-Key を付ける。" +
          "行われなかったときは application/problem+json（RFC 9457）で理由と次に行うことを返す。",
      },
      servers: [{ url: publicUrl }],
      components: {
        securitySchemes: { token: { type: "http", scheme: "bearer" } },
      },
      security: [{ token: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
};

/** `/openapi.json`, and a page to read it at `/docs`. Both are the same for everyone. */
export const publishApi = async (app: FastifyInstance, document: () => object): Promise<void> => {
  app.get(DOCUMENT_PATH, { schema: { hide: true } }, async (_request, reply) => reply.send(document()));
  await app.register(async (scope) => {
    scope.addHook("onSend", async (_request, reply) => {
      reply.header("content-security-policy", REFERENCE_POLICY);
    });
    await scope.register(scalar, {
      routePrefix: "/docs",
      configuration: {
        url: DOCUMENT_PATH,
        withDefaultFonts: false,
        customCss: REFERENCE_FONT,
        // What is asked here stays here.
        telemetry: false,
        agent: { disabled: true },
        mcp: { disabled: true },
        hideClientButton: true,
        showDeveloperTools: "never",
      },
    });
  });
};
