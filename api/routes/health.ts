import type { FastifyPluginAsync } from "fastify";
import type { MailState } from "../../domain/mail.ts";
import type { Instant } from "../../domain/time.ts";

/** What the service cannot do without, by name: each resolves while it is there, and rejects when it is not. */
export type Checks = Readonly<Record<string, () => Promise<unknown>>>;

/** An answer that comes later than this is none. */
const LIMIT_MS = 2_000;

const answers = async (check: () => Promise<unknown>): Promise<boolean> => {
  const limit = new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), LIMIT_MS).unref();
  });
  const answered = check().then(
    () => true,
    () => false,
  );
  return Promise.race([answered, limit]);
};

/** What an operator wants to know besides, and nothing is started anew for. */
export interface MailFacts {
  /** When the mail that waits longest was due; null if none waits. */
  readonly oldestDueAt: Instant | null;
  /** Mails that are to be sent and do not move. */
  readonly stuck: number;
  readonly counts: Readonly<Record<MailState, number>>;
}

/**
 * `/livez`: the process answers; if it does not, start it anew. `/readyz`: 200 while everything it needs answers, else
 * 503, with the name of what does not; starting it anew would not help. Mail that waits is told, and makes nothing
 * unready: people go on working.
 */
export const healthRoutes =
  ({
    checks,
    mail,
  }: {
    readonly checks: Checks;
    readonly mail: () => Promise<MailFacts>;
  }): FastifyPluginAsync =>
  async (app) => {
    app.get("/livez", async () => ({ alive: true }));
    app.get("/readyz", async (_request, reply) => {
      const asked = Object.entries(checks).map(
        async ([name, check]) => [name, await answers(check)] as const,
      );
      const found = await Promise.all(asked);
      const isReady = found.every(([, ok]) => ok);
      return reply
        .code(isReady ? 200 : 503)
        .header("cache-control", "no-store")
        .send({ ready: isReady, ...Object.fromEntries(found), mail: await mail().catch(() => null) });
    });
  };
