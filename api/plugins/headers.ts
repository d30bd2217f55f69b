import type { FastifyInstance } from "fastify";

/**
 * What our own pages may load: styles, fonts, marks and the one script of this service, which may speak to it. Nothing
 * that stands in the page itself.
 */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join(";");

const always = {
  "content-security-policy": POLICY,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "origin-agent-cluster": "?1",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-dns-prefetch-control": "off",
  "x-download-options": "noopen",
  "x-frame-options": "DENY",
  "x-permitted-cross-domain-policies": "none",
  // The filter of old browsers did more harm than good.
  "x-xss-protection": "0",
} as const;

/** Browsers that came once over https never come without again; over http nothing may say so (RFC 6797 section 7.2). */
const TLS_ONLY = { "strict-transport-security": "max-age=31536000; includeSubDomains" } as const;

/** What every answer says to a browser, whoever asked for whatever. */
export const safeHeaders = (publicUrl: string): Readonly<Record<string, string>> =>
  publicUrl.startsWith("https:") ? { ...always, ...TLS_ONLY } : always;

export const sendSafeHeaders = (app: FastifyInstance, publicUrl: string): void => {
  const headers = safeHeaders(publicUrl);
  app.addHook("onRequest", async (_request, reply) => {
    reply.headers(headers);
  });
};

/** Nothing is kept by anyone on the way, but what says of itself that it may be. */
export const keepNothing = (app: FastifyInstance): void => {
  app.addHook("onSend", async (_request, reply) => {
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
  });
};
