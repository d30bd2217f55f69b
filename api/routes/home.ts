import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import formbody from "@fastify/formbody";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { cycleOf, type CycleStanding } from "../../db/queries/cycles.ts";
import type { CycleKey } from "../../domain/ids.ts";
import { judge } from "../../domain/policy.ts";
import { cycleWorkflowId } from "../../workflows/contract.ts";
import { frameOf, nowOf, type Reader } from "../frame.ts";
import { fingerprintOf } from "../acting.ts";
import { cycleShown, glanceOf } from "../home-view.ts";
import { sendPage } from "../html.ts";
import { homePage, type HomeLinks } from "../pages/home.tsx";
import { ProblemError, problemOf } from "../problems.ts";
import { cycle } from "../schemas.ts";
import { openScreens, pageAccess, readerOf, seatOf, sendMessage, type ScreenDeps } from "../screens.ts";
import type { Ahead, Stepping } from "../stepping.ts";

export interface HomeDeps extends ScreenDeps {
  /** The namespace's page in the Temporal UI; null if there is none. */
  readonly histories: string | null;
  /** Where captured mails are shown; null if mail is really sent. */
  readonly mailbox: string | null;
  readonly stepping: Pick<Stepping, "aheadOf" | "step">;
}

const HomeQuery = z.object({ cycle: z.string().optional() });
const StepParams = z.object({ cycle });
const StepForm = z.object({ key: z.string().regex(/^[\x21-\x7e]{1,255}$/) });

const mayStep = (reader: Reader, { stepped, stage }: CycleStanding): boolean =>
  stepped &&
  stage !== "finished" &&
  reader !== null &&
  judge(reader.role, "cycle.advance", "open") === "allowed";

/** A screen does not wait for an engine that is silent. */
const AHEAD_LIMIT_MS = 3_000;
const aheadInTime = async ({ stepping }: HomeDeps, cycle: CycleKey): Promise<Ahead> => {
  const limit = new AbortController();
  const late = setTimeout(AHEAD_LIMIT_MS, { is: "unknown" } as const, { signal: limit.signal });
  return Promise.race([stepping.aheadOf(cycle), late]).finally(() => {
    late.catch(() => {});
    limit.abort();
  });
};

const linksOf = ({ histories, mailbox }: HomeDeps, shown: CycleStanding | undefined): HomeLinks => ({
  history:
    histories === null || shown === undefined
      ? null
      : `${histories}/workflows/${cycleWorkflowId(shown.cycle)}`,
  mailbox,
});

const showHome = async (deps: HomeDeps, request: FastifyRequest, reply: FastifyReply) => {
  const { db, clock } = deps;
  const reader = readerOf(request);
  const wanted = HomeQuery.parse(request.query).cycle;
  const { cycles, shown } = await cycleShown(db, wanted);
  if (shown === undefined && wanted !== undefined)
    return sendMessage(deps, { reply, reader, problem: problemOf("not-found") });
  const [glance, frame] = await Promise.all([
    shown === undefined
      ? null
      : glanceOf(db, {
          reader,
          standing: shown,
          now: nowOf(shown, clock()),
          wall: clock(),
          ahead: mayStep(reader, shown) ? await aheadInTime(deps, shown.cycle) : null,
          key: randomUUID(),
        }),
    frameOf(db, { reader, cycle: shown ?? null, wall: clock() }),
  ]);
  return sendPage(
    reply,
    homePage({ frame, cycles: cycles.map((one) => one.cycle), glance, links: linksOf(deps, shown) }),
  );
};

const takeStep = async (deps: HomeDeps, request: FastifyRequest, reply: FastifyReply) => {
  const { reader: actor } = seatOf(request);
  const params = StepParams.safeParse(request.params);
  const form = StepForm.safeParse(request.body);
  const standing = params.success ? await cycleOf(deps.db, params.data.cycle) : undefined;
  if (standing === undefined) throw new ProblemError("not-found");
  if (!form.success) throw new ProblemError("key-missing");
  const { method, url } = request;
  const identity = { ...form.data, fingerprint: fingerprintOf({ method, url, body: form.data }) };
  const wish = { cycle: standing.cycle, actor, to: null, ...identity };
  const performed = await deps.stepping.step(wish);
  if (performed.is === "refused") throw new ProblemError(performed.refusal);
  return reply.redirect(`/?cycle=${standing.cycle}`, 303);
};

/** GET /: the year at a glance. POST /cycles/{cycle}/advance: 「次へ」, then back to it. */
export const homeRoutes =
  (deps: HomeDeps): FastifyPluginAsync =>
  async (app) => {
    if (!app.hasContentTypeParser("application/x-www-form-urlencoded")) await app.register(formbody);
    openScreens(app, deps);
    const stepping = { config: pageAccess("cycle.advance", "cycle") };
    app.get("/", { config: pageAccess("cycles", "nothing") }, (request, reply) =>
      showHome(deps, request, reply),
    );
    app.post("/cycles/:cycle/advance", stepping, (request, reply) => takeStep(deps, request, reply));
  };
