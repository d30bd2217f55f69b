import helmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";

/**
 * What our own pages may load: styles, fonts, marks and the one script of this service, which may speak to it. Nothing
 * that stands in the page itself.
 */
const directives = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  scriptSrc: ["'self'"],
  connectSrc: ["'self'"],
  fontSrc: ["'self'"],
  imgSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
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

/** Nothing is kept by anyone on the way, but what says of itself that it may be. */
export const keepNothing = (app: FastifyInstance): void => {
  app.addHook("onSend", async (_request, reply) => {
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
  });
};
