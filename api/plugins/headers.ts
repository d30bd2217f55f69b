import helmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";

/** What our own pages may load: files of this service, and nothing that stands in the page itself. */
const directives = {
  defaultSrc: ["'self'"],
  baseUri: ["'none'"],
  objectSrc: ["'none'"],
  frameAncestors: ["'none'"],
  formAction: ["'self'"],
};

/** On every answer. Browsers that came once over https never come without again. */
export const sendSafeHeaders = async (app: FastifyInstance, publicUrl: string): Promise<void> => {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives },
    referrerPolicy: { policy: "no-referrer" },
    strictTransportSecurity: publicUrl.startsWith("https:") && {
      maxAge: 31_536_000,
      includeSubDomains: true,
    },
    xFrameOptions: { action: "deny" },
  });
};

/** In this scope nothing is kept by anyone on the way. */
export const keepNothing = (app: FastifyInstance): void => {
  app.addHook("onSend", async (_request, reply) => {
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
  });
};
