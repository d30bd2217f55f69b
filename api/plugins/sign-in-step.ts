import { Signer } from "@fastify/cookie";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { instant, type Instant } from "../../domain/time.ts";
import { cookieAttributes, cookieName } from "./session.ts";

const until = z.string().transform(instant);
const Step = z.discriminatedUnion("is", [
  /** Sent to the provider: what its answer must fit, and where to go then. */
  z.object({
    is: z.literal("leaving"),
    state: z.string(),
    nonce: z.string(),
    verifier: z.string(),
    to: z.string(),
    until,
  }),
  /** Known, with several posts to pick from. */
  z.object({
    is: z.literal("choosing"),
    person: z.string(),
    to: z.string(),
    /** Of the form in which he picks. */
    formToken: z.string(),
    until,
  }),
]);
type Step = Readonly<z.infer<typeof Step>>;

/** Where a browser stands on its way in: a signed cookie, so that nothing is stored for who never comes back. */
export interface StepCookie {
  /** null without one, for one that is not ours, and when its time is over. */
  readonly of: (request: FastifyRequest) => Step | null;
  readonly set: (reply: FastifyReply, step: Step) => void;
  readonly clear: (reply: FastifyReply) => void;
}

const parsed = (json: string): Step | null => {
  const step = Step.safeParse(JSON.parse(Buffer.from(json, "base64url").toString()));
  return step.success ? step.data : null;
};

export const makeStepCookie = ({
  publicUrl,
  sessionSecret,
  clock,
}: {
  readonly publicUrl: string;
  readonly sessionSecret: string;
  /** Wall clock. */
  readonly clock: () => Instant;
}): StepCookie => {
  const signer = new Signer(sessionSecret);
  const name = cookieName(publicUrl, "nenrin-sign-in");
  const attributes = cookieAttributes(publicUrl);
  return {
    of: (request) => {
      const { valid, value } = signer.unsign(request.cookies[name] ?? "");
      const step = valid ? parsed(value) : null;
      return step !== null && clock() < step.until ? step : null;
    },
    set: (reply, step) => {
      const value = Buffer.from(JSON.stringify(step)).toString("base64url");
      reply.setCookie(name, signer.sign(value), attributes);
    },
    clear: (reply) => {
      reply.clearCookie(name, attributes);
    },
  };
};
