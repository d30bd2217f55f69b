import type { z } from "zod";
import type { ContentDraft } from "../db/content.ts";
import { requestById } from "../db/queries/requests.ts";
import { surveyById } from "../db/queries/surveys.ts";
import { ownerOf, type ActArgs, type ActName, type Actor, type Owner } from "../domain/acts.ts";
import type { CycleKey } from "../domain/ids.ts";
import {
  cycleWorkflowId,
  reportWorkflowId,
  requestWorkflowId,
  surveyWorkflowId,
} from "../workflows/contract.ts";
import { access, actReplies, answerAct, keyHeader, performFor, type Desk, type Route } from "./acting.ts";
import type { About } from "./plugins/access.ts";
import { actorOf } from "./plugins/actor.ts";
import { ProblemError } from "./problems.ts";
import { byId, inCycle } from "./schemas.ts";

/** What the body says of the act. */
export interface Given<Name extends ActName> {
  readonly args: ActArgs[Name];
  readonly reason?: string | undefined;
  readonly contents?: readonly ContentDraft[];
}

/** POST to `url` is the act `name` on what the path names. */
export interface ActRoute<Name extends ActName, Body extends z.ZodType> {
  readonly url: string;
  readonly name: Name;
  readonly summary: string;
  readonly body: Body;
  readonly given: (
    body: z.output<Body>,
    of: Target & { readonly desk: Desk; readonly actor: Actor },
  ) => Given<Name> | Promise<Given<Name>>;
}

/** The workflow that owns what the path names, and its cycle. */
interface Target {
  /** What the path names: the cycle, the request, the survey. */
  readonly id: string;
  readonly cycle: CycleKey;
  readonly workflow: string;
}
interface Ownership {
  readonly about: About;
  readonly params: typeof inCycle | typeof byId;
  readonly find: (desk: Desk, params: unknown) => Promise<Target>;
}

const existing = async (row: Promise<{ readonly cycle: CycleKey } | undefined>): Promise<CycleKey> => {
  const found = await row;
  if (found === undefined) throw new ProblemError("not-found");
  return found.cycle;
};

const owned: Readonly<Record<Owner, Ownership>> = {
  cycle: {
    about: "cycle",
    params: inCycle,
    find: async (_desk, params) => {
      const { cycle } = inCycle.parse(params);
      return { id: cycle, cycle, workflow: cycleWorkflowId(cycle) };
    },
  },
  report: {
    about: "report",
    params: inCycle,
    find: async (_desk, params) => {
      const { cycle } = inCycle.parse(params);
      return { id: cycle, cycle, workflow: reportWorkflowId(cycle) };
    },
  },
  request: {
    about: "request",
    params: byId,
    find: async ({ db }, params) => {
      const { id } = byId.parse(params);
      return { id, cycle: await existing(requestById(db, id)), workflow: requestWorkflowId(id) };
    },
  },
  survey: {
    about: "survey",
    params: byId,
    find: async ({ db }, params) => {
      const { id } = byId.parse(params);
      return { id, cycle: await existing(surveyById(db, id)), workflow: surveyWorkflowId(id) };
    },
  },
};

/** What an act is measured by in the authorisation table: 決裁 has a standing of its own within its cycle. */
const aboutOf = (name: ActName): About => {
  if (name.endsWith("-policy")) return "policy";
  return ownerOf(name) === "report" ? "report" : owned[ownerOf(name)].about;
};

/** A route is parse → act → answer. */
export const actRoute =
  <Name extends ActName, Body extends z.ZodType>({
    url,
    name,
    summary,
    body,
    given,
  }: ActRoute<Name, Body>): Route =>
  (app, desk) => {
    const { params, find } = owned[ownerOf(name)];
    const about = aboutOf(name);
    app.post(
      url,
      {
        config: access(name, about),
        schema: { summary, params, headers: keyHeader, body, response: actReplies },
      },
      async (request, reply) => {
        const performed = await performFor(desk, {
          request,
          name,
          prepare: async () => {
            const target = await find(desk, request.params);
            const of = { ...target, desk, actor: actorOf(request) };
            const { args, reason = null, contents = [] } = await given(body.parse(request.body), of);
            return { ...target, args, reason, contents };
          },
        });
        return answerAct(reply, performed);
      },
    );
  };
