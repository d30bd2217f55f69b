import type { FastifyInstance } from "fastify";
import type { Actor } from "../../domain/acts.ts";
import { actByKey } from "../../db/queries/acts.ts";
import type { Db } from "../../db/client.ts";
import { judge, type Action, type Situation } from "../../domain/policy.ts";
import { reaches, type Place } from "../../domain/token.ts";
import { ProblemError, type ProblemCode } from "../problems.ts";
import { callerOf, type Caller } from "./actor.ts";

/** What a route does, as the authorisation table calls it, and to what. */
export interface Access {
  readonly action: Action;
  readonly about: About;
}
/** What the route's parameters name. */
export type About =
  | "nothing"
  /** A person of the directory: anybody's affair who may see him, or his own. */
  | "person"
  | "self"
  | "asked-post"
  | "session"
  /** 決裁 of the policy or the report of a cycle. */
  | "policy"
  | "report"
  | "plan"
  | "cycle"
  | "request"
  | "file"
  | "survey"
  | "version"
  | "mail"
  | "act"
  | "token";

declare module "fastify" {
  interface FastifyContextConfig {
    readonly access?: Access;
  }
}

/** How the actor stands to what the parameters name; undefined if there is no such thing. */
export type SituationOf = (
  params: Readonly<Record<string, string>>,
  actor: Actor,
) => Promise<Situation | undefined>;
export type Situations = Readonly<Record<About, SituationOf>>;

/** Where what a request names belongs, as a token's scope is measured. */
export type PlaceOf = (asked: {
  readonly about: About;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly actor: Actor;
}) => Promise<Place>;

/** The parameters as they stand in the path: they are read before anything is checked. */
export const paramsOf = (raw: unknown): Readonly<Record<string, string>> =>
  typeof raw === "object" && raw !== null
    ? Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, String(value)]))
    : {};

/** Why nothing more is done to what stands so. */
export const barredBy = (situation: Situation): ProblemCode => {
  if (situation === "contributed") return "contributed";
  return situation === "approved" ? "wrong-stage" : "closed";
};

/** Whether the caller has asked for it before, when it could be done: then the answer is the one he got. */
const isRepeated = async (db: Db, { actor }: Caller, key: unknown): Promise<boolean> =>
  typeof key === "string" && (await actByKey(db, { person: actor.person, key })) !== undefined;

/**
 * In this scope every route says what it does, or the service does not start; and nobody gets further than the
 * authorisation table and his token let him. A hidden thing answers exactly as one that does not exist.
 */
export const requirePermission = (
  app: FastifyInstance,
  {
    db,
    situations,
    placeOf,
  }: { readonly db: Db; readonly situations: Situations; readonly placeOf: PlaceOf },
): void => {
  app.addHook("onRoute", ({ url, method, config }) => {
    if (config?.access === undefined) throw new Error(`${String(method)} ${url} says not what it does`);
  });
  app.addHook("onRequest", async (request) => {
    const { access } = request.routeOptions.config;
    if (access === undefined) throw new ProblemError("not-found");
    const caller = callerOf(request);
    const { actor, means, scope } = caller;
    const params = paramsOf(request.params);
    const situation = await situations[access.about](params, actor);
    if (situation === undefined) throw new ProblemError("not-found");
    const verdict = judge(actor.role, access.action, situation, means);
    if (verdict === "hidden") throw new ProblemError("not-found");
    if (verdict === "forbidden") throw new ProblemError("forbidden");
    if (scope !== null) {
      const place = await placeOf({ about: access.about, params, query: paramsOf(request.query), actor });
      if (!reaches(scope, access.action, place)) throw new ProblemError("beyond-token");
    }
    if (verdict === "barred" && !(await isRepeated(db, caller, request.headers["idempotency-key"])))
      throw new ProblemError(barredBy(situation));
  });
};
