import type { FastifyPluginAsync } from "fastify";
import { z } from "zod";
import { eventOf, mailsOfEvent } from "../../db/queries/causes.ts";
import { processesOf } from "../../db/queries/histories.ts";
import { namesOf } from "../../db/queries/home.ts";
import { requestById } from "../../db/queries/requests.ts";
import { deedWords, ownCause } from "../../domain/act-words.ts";
import { personId } from "../../domain/ids.ts";
import { insideSeenBy } from "../../domain/chain.ts";
import { judge } from "../../domain/policy.ts";
import { aroundCycle, aroundOf, type Around } from "../around.ts";
import { formScreens, type Screen } from "../form-screens.ts";
import { nameOf } from "../frame.ts";
import { engineRun, mailSentences, runsOf, runView, type Told } from "../history-view.ts";
import { sendPage } from "../html.ts";
import type { ReadHistories } from "../live-histories.ts";
import { objectHref, versionHref } from "../object-screens.ts";
import { eventPage, timelinePage } from "../pages/event.tsx";
import { historiesPage, historyPage } from "../pages/history.tsx";
import { kindNames, roleNames } from "../pages/words.ts";
import { seesInside } from "../posts.ts";
import { ProblemError } from "../problems.ts";
import { instant } from "../../domain/time.ts";
import type { ScreenDeps } from "../screens.ts";
import { timelineOf } from "../timeline-view.ts";
import { pastScreen } from "./past-screen.ts";

export interface HistoryDeps extends ScreenDeps {
  readonly readHistories: ReadHistories;
  /** The namespace's page in the Temporal UI; null if there is none. */
  readonly histories: string | null;
}

const toldOf = ({ histories }: HistoryDeps, { standing, plan, reader }: Around): Told => ({
  cycle: standing.cycle,
  plan,
  stepped: standing.stepped,
  engine: judge(reader.role, "engine", "open") === "allowed" ? histories : null,
});

const listScreen: Screen = {
  url: "/cycles/:cycle/histories",
  view: "histories",
  about: "cycle",
  forms: [],
  show: async (deps, exchange) => {
    const around = await aroundCycle(deps, { exchange, tried: null });
    const { frame, standing } = around;
    const workflows = await processesOf(deps.db, standing.cycle);
    return sendPage(exchange.reply, historiesPage({ frame, cycle: standing.cycle, workflows }));
  },
};

/** Only a request's workflow has steps inside an organisation. */
const readsInside = async ({ db }: ScreenDeps, { reader }: Around, workflow: string): Promise<boolean> => {
  const request = await requestById(db, workflow.replace(/^request-/, ""));
  return request === undefined || seesInside(reader, request);
};

const WorkflowParams = z.object({ workflow: z.string() });
const historyScreen = (deps: HistoryDeps): Screen => ({
  url: "/cycles/:cycle/histories/:workflow",
  view: "histories",
  about: "cycle",
  forms: [],
  show: async (_, exchange) => {
    const around = await aroundCycle(deps, { exchange, tried: null });
    const { cycle } = around.standing;
    const { workflow } = WorkflowParams.parse(exchange.request.params);
    if (!(await processesOf(deps.db, cycle)).includes(workflow)) throw new ProblemError("not-found");
    const { runs, missing } = await runsOf(deps, { cycle, workflow });
    const told = toldOf(deps, around);
    const inside = await readsInside(deps, around, workflow);
    const views = await Promise.all(
      runs.map(({ run, text }) => runView(deps.db, told, { workflow, run, text, inside })),
    );
    return sendPage(
      exchange.reply,
      historyPage({ frame: around.frame, cycle, workflow, runs: views, missing }),
    );
  },
});

const namedActor = async ({ db }: ScreenDeps, actor: string, role: string): Promise<string | null> => {
  if (actor === "clock") return null;
  const name = (await namesOf(db, [personId(actor)])).get(personId(actor)) ?? actor;
  const post = Object.entries<string>(roleNames).find(([one]) => one === role)?.[1] ?? role;
  return `${name}（${post}）`;
};

const time = z.string().transform(instant);
const Change = z.object({ write: z.literal("term"), request: z.string(), dueAt: time, closeAt: time });
/** 期限 and 締切 that the event set: of each request the last. */
const termsIn = (result: unknown): readonly z.output<typeof Change>[] => {
  const { changes = [] } =
    z.object({ changes: z.array(z.unknown()).optional() }).safeParse(result).data ?? {};
  const terms = changes.flatMap((change) => Change.safeParse(change).data ?? []);
  return [...new Map(terms.map((term) => [term.request, term])).values()];
};

const EventParams = z.object({
  sequence: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
});
const eventScreen = (deps: HistoryDeps): Screen => ({
  url: "/cycles/:cycle/audit/:sequence",
  view: "audit",
  about: "cycle",
  forms: [],
  show: async (_, exchange) => {
    const around = await aroundCycle(deps, { exchange, tried: null });
    const { cycle } = around.standing;
    const inside = insideSeenBy(around.reader);
    const params = EventParams.safeParse(exchange.request.params);
    const event = params.success
      ? await eventOf(deps.db, { cycle, inside, sequence: params.data.sequence })
      : undefined;
    if (event === undefined) throw new ProblemError("not-found");
    const { sequence, action, workflow, run } = event;
    const told = toldOf(deps, around);
    const mails = await mailSentences(deps.db, told, await mailsOfEvent(deps.db, { cycle, sequence }));
    const { engine } = told;
    return sendPage(
      exchange.reply,
      eventPage({
        frame: around.frame,
        cycle,
        sequence,
        sentence: {
          id: `event-${sequence}`,
          at: event.at,
          what: deedWords(action),
          why: event.reason ?? ownCause(action),
          by: await namedActor(deps, event.actor, event.role),
          record: null,
          act:
            event.act !== null && judge(around.reader.role, "act", "other") === "allowed" ? event.act : null,
          history: workflow === null ? null : `/cycles/${cycle}/histories/${workflow}`,
          engine:
            engine !== null && workflow !== null && run !== null ? engineRun(engine, workflow, run) : null,
          mails,
        },
        object: { name: event.object, href: objectHref(event.object) },
        hash: event.hash,
        version: versionHref({ ...event, cycle }),
        terms: termsIn(event.result),
        self: event.self,
        prev: event.prev,
      }),
    );
  },
});

const RequestParams = z.object({ id: z.string() });
const timelineScreen = (deps: HistoryDeps): Screen => ({
  url: "/requests/:id/timeline",
  view: "request",
  about: "request",
  forms: [],
  show: async (_, exchange) => {
    const request = await requestById(deps.db, RequestParams.parse(exchange.request.params).id);
    if (request === undefined) throw new ProblemError("not-found");
    const { cycle, organisation } = request;
    const around = await aroundOf(deps, { cycle, exchange, tried: null });
    const { reader, frame, plan, now } = around;
    return sendPage(
      exchange.reply,
      timelinePage({
        frame,
        cycle,
        request: request.id,
        name: `${nameOf(plan, organisation, now)}　${kindNames[request.kind]}`,
        sentences: await timelineOf({ ...deps, reader, request, told: toldOf(deps, around) }),
      }),
    );
  },
});

/** What happened, in words, and the way from everything back to what caused it. */
export const historyScreens = (deps: HistoryDeps): FastifyPluginAsync =>
  formScreens(deps, [listScreen, historyScreen(deps), eventScreen(deps), timelineScreen(deps), pastScreen]);
