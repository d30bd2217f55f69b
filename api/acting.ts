import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Db, Tx } from "../db/client.ts";
import type { ActIdentity, DeskDone } from "../db/acts.ts";
import type { ObjectStorage } from "../db/files.ts";
import { actByKey } from "../db/queries/acts.ts";
import type { StoredContent } from "../db/queries/content.ts";
import { cycleOf, type CycleStanding } from "../db/queries/cycles.ts";
import type { ActName, Actor } from "../domain/acts.ts";
import { canonicalJson } from "../domain/canonical.ts";
import { sha256, type CycleKey, type OrganisationId, type Sha256 } from "../domain/ids.ts";
import { scopeOf, type Action, type ViewName } from "../domain/policy.ts";
import { isRefused, type Refused } from "../domain/refusal.ts";
import type { Instant } from "../domain/time.ts";
import type { Perform, Performed, Prepared } from "./acts.ts";
import type { ReadHistories } from "./live-histories.ts";
import type { About, Access } from "./plugins/access.ts";
import type { PlanShelf } from "./plan-shelf.ts";
import { actorOf } from "./plugins/actor.ts";
import { sendProblem } from "./plugins/answers.ts";
import { ProblemError, problemOf } from "./problems.ts";
import { sha } from "./schemas.ts";
import type { Stepping } from "./stepping.ts";

/** What every route gets. */
export interface Desk {
  readonly db: Db;
  /** Where files are kept, unless it is the database. */
  readonly objects: ObjectStorage | null;
  readonly plans: PlanShelf;
  readonly perform: Perform;
  readonly stepping: Stepping;
  readonly readHistories: ReadHistories;
  /** Wall clock. */
  readonly clock: () => Instant;
}

/** The scope of /api/v1: schemas are zod's. */
export type Api = Parameters<FastifyPluginAsyncZod>[0];
/** One address and method, put into the scope. */
export type Route = (app: Api, desk: Desk) => void;

/** A route's line in the authorisation table. */
export const access = (action: Action, about: About): { readonly access: Access } => ({
  access: { action, about },
});

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    errors: z.array(z.object({ pointer: z.string(), message: z.string() })).exactOptional(),
    findings: z
      .array(
        z.object({
          level: z.enum(["block", "warn"]),
          code: z.string(),
          where: z.string(),
          message: z.string(),
          hint: z.string(),
        }),
      )
      .exactOptional(),
  })
  .meta({ id: "Problem", description: "RFC 9457。code が理由、detail が次に行うことを示す" });

export const refusals = {
  "4xx": {
    description: "行われなかった。理由は code",
    content: { "application/problem+json": { schema: problemSchema } },
  },
};

export const doneSchema = z
  .object({ act: z.string(), sequence: z.int(), hash: sha.nullable() })
  .meta({ id: "Done", description: "行われた。sequence は監査記録の番号" });
export const storedSchema = z
  .object({ act: z.string(), state: z.literal("stored") })
  .meta({ id: "Stored", description: "受け付けた。結果は Location の操作を開いて確かめる" });

/** Every change carries one; the same key never does the same thing twice. */
export const keyHeader = z.looseObject({
  "idempotency-key": z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/)
    .meta({ description: "操作ごとに異なるキー。同じキーと本文には同じ結果が返る" }),
});

/** What all routes that change something by an act have in common. */
export const actReplies = { 200: doneSchema, 202: storedSchema, ...refusals };

/** Method, path and body: what an Idempotency-Key stands for. */
export const fingerprintOf = ({
  method,
  url,
  body,
}: Pick<FastifyRequest, "method" | "url" | "body">): Sha256 =>
  sha256(
    createHash("sha256")
      .update(`${method} ${url}\n${canonicalJson(body ?? null)}`)
      .digest("hex"),
  );

export const identityOf = (request: FastifyRequest): ActIdentity => {
  const key = request.headers["idempotency-key"];
  if (typeof key !== "string") throw new ProblemError("key-missing");
  return { key, fingerprint: fingerprintOf(request) };
};

/** The act a request asks for, done once. */
export const performFor = <Name extends ActName>(
  { perform }: Desk,
  {
    request,
    name,
    prepare,
  }: {
    readonly request: FastifyRequest;
    readonly name: Name;
    readonly prepare: () => Promise<Prepared<Name>>;
  },
): Promise<Performed> => perform({ name, actor: actorOf(request), ...identityOf(request) }, prepare);

/** A desk act, done once: the same key gets the same answer again. @throws ProblemError if it is refused */
export const once = async (
  { db }: Desk,
  request: FastifyRequest,
  work: (identity: ActIdentity) => Promise<DeskDone | Refused | undefined>,
): Promise<DeskDone & { readonly again: boolean }> => {
  const identity = identityOf(request);
  const done = await work(identity);
  if (done !== undefined && isRefused(done)) throw new ProblemError(done.refused);
  if (done !== undefined) return { ...done, again: false };
  const before = await actByKey(db, { person: actorOf(request).person, key: identity.key });
  if (before?.fingerprint !== identity.fingerprint) throw new ProblemError("key-reused");
  if (before.standing.is === "refused") throw new ProblemError(before.standing.refusal);
  if (before.standing.is !== "done") throw new ProblemError("key-reused");
  const { sequence, hash } = before.standing;
  return { act: before.id, sequence, hash, again: true };
};

/** Location of an act whose result is still to come. */
const acceptedAt = (reply: FastifyReply, act: string): FastifyReply =>
  reply.code(202).header("location", `/api/v1/acts/${act}`);

/** 200 with the result, 202 with where it will be, or the refusal as problem+json. */
export const answerAct = (reply: FastifyReply, performed: Performed, more: object = {}): FastifyReply => {
  const { act } = performed;
  switch (performed.is) {
    case "done":
      return reply.code(200).send({ act, sequence: performed.sequence, hash: performed.hash, ...more });
    case "stored":
      return acceptedAt(reply, act).send({ act, state: "stored", ...more });
    case "refused":
      return sendProblem(reply, problemOf(performed.refusal));
  }
};

/** @throws ProblemError `unknown-plan` */
export const planOf = async ({ plans }: Desk, hash: Sha256): Promise<StoredContent<"plan">> => {
  const plan = await plans(hash);
  if (plan === undefined) throw new ProblemError("unknown-plan");
  return plan;
};

/** Whose rows a list shows the actor, of those he asks for. What is beyond his sight is neither listed nor counted. */
export const listedFor = (
  actor: Actor,
  view: ViewName,
  wanted?: OrganisationId,
): { readonly organisation?: OrganisationId } | "nobody" => {
  const scope = scopeOf(actor, view);
  if (scope === "nothing") return "nobody";
  if (scope === "everything") return wanted === undefined ? {} : { organisation: wanted };
  return wanted === undefined || wanted === scope.organisation ? scope : "nobody";
};

/** Path parameters were seen to name a cycle before the handler ran. */
export const knownCycle = async (
  { db }: { readonly db: Db | Tx },
  cycle: CycleKey,
): Promise<CycleStanding> => {
  const standing = await cycleOf(db, cycle);
  if (standing === undefined) throw new ProblemError("not-found");
  return standing;
};

/** The cycle's now. */
export const nowOf = ({ clock }: Desk, { stepped, now }: CycleStanding): Instant => (stepped ? now : clock());
