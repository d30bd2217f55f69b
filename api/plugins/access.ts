import type { FastifyInstance } from "fastify";
import type { Actor } from "../../domain/acts.ts";
import { judge, type Action, type Situation } from "../../domain/policy.ts";
import { ProblemError } from "../problems.ts";
import { actorOf } from "./actor.ts";

/** What a route does, as the authorisation table calls it, and to what. */
export interface Access {
  readonly action: Action;
  readonly about: About;
}
/** What the route's parameters name. */
export type About =
  "nothing" | "plan" | "cycle" | "request" | "file" | "survey" | "version" | "mail" | "act" | "token";

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

/** The parameters as they stand in the path: they are read before anything is checked. */
const paramsOf = (raw: unknown): Readonly<Record<string, string>> =>
  typeof raw === "object" && raw !== null
    ? Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, String(value)]))
    : {};

/**
 * In this scope every route says what it does, or the service does not start; and nobody gets further than the
 * authorisation table lets him. A hidden thing answers exactly as one that does not exist.
 */
export const requirePermission = (app: FastifyInstance, situations: Situations): void => {
  app.addHook("onRoute", ({ url, method, config }) => {
    if (config?.access === undefined) throw new Error(`${String(method)} ${url} says not what it does`);
  });
  app.addHook("onRequest", async (request) => {
    const { access } = request.routeOptions.config;
    if (access === undefined) throw new ProblemError("not-found");
    const actor = actorOf(request);
    const situation = await situations[access.about](paramsOf(request.params), actor);
    if (situation === undefined) throw new ProblemError("not-found");
    const verdict = judge(actor.role, access.action, situation);
    if (verdict === "hidden") throw new ProblemError("not-found");
    if (verdict === "forbidden") throw new ProblemError("forbidden");
  });
};
