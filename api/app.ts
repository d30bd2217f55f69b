import cookie from "@fastify/cookie";
import fastify, { type FastifyInstance, type FastifyPluginAsync, type FastifyServerOptions } from "fastify";
import { serializerCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import type { Client } from "@temporalio/client";
import type { Db } from "../db/client.ts";
import type { ObjectStorage } from "../db/files.ts";
import type { Instant } from "../domain/time.ts";
import type { Desk, Route } from "./acting.ts";
import { makePerform } from "./acts.ts";
import { makeGate, UPLOADS } from "./files/gate.ts";
import { makeReadHistories } from "./live-histories.ts";
import { makePlaceOf } from "./places.ts";
import { makePlanShelf } from "./plan-shelf.ts";
import { requirePermission, type Situations } from "./plugins/access.ts";
import {
  makeCallerOf,
  rememberForms,
  requireActor,
  sittingAt,
  type ActorOf,
  type CallerOf,
  type SessionOf,
} from "./plugins/actor.ts";
import { answerProblems, answerUnroutable, fitting } from "./plugins/answers.ts";
import { readStrictBodies } from "./plugins/bodies.ts";
import { keepNothing, sendSafeHeaders } from "./plugins/headers.ts";
import { chooseLanguage } from "./plugins/language.ts";
import { describeApi, publishApi } from "./plugins/open-api.ts";
import { actRoutes } from "./routes/acts.ts";
import { amendmentRoutes } from "./routes/amendments.ts";
import { boardRoutes } from "./routes/board.ts";
import { answerRoutes } from "./routes/answers.ts";
import { chainRoutes } from "./routes/chain.ts";
import { draftRoutes } from "./routes/drafts.ts";
import { auditRoutes } from "./routes/audit.ts";
import { commentRoutes } from "./routes/comments.ts";
import { cycleRoutes } from "./routes/cycles.ts";
import { correctionRoute } from "./routes/corrections.ts";
import { evaluationRoutes } from "./routes/evaluations.ts";
import { fileRoutes } from "./routes/files.ts";
import { findingRoutes } from "./routes/findings.ts";
import { mailRoutes } from "./routes/mails.ts";
import { nextPlanRoutes } from "./routes/next-plan.ts";
import { peopleRoutes } from "./routes/people.ts";
import { planRoutes } from "./routes/plans.ts";
import { postRoutes } from "./routes/posts.ts";
import { policyRoutes } from "./routes/policy.ts";
import { previewRoutes } from "./routes/preview.ts";
import { publicationRoutes } from "./routes/publications.ts";
import { reportDiffRoute } from "./routes/report-diff.ts";
import { reportRoutes } from "./routes/report.ts";
import { requestTimelineRoute } from "./routes/request-timeline.ts";
import { requestRoutes } from "./routes/requests.ts";
import { reviewRoutes } from "./routes/reviews.ts";
import { sessionRoutes } from "./routes/sessions.ts";
import { steppingRoutes } from "./routes/stepping.ts";
import { surveyRoutes } from "./routes/surveys.ts";
import { termRoutes } from "./routes/terms.ts";
import { whatIfRoutes } from "./routes/what-if.ts";
import { workbookRoutes } from "./routes/workbook.ts";
import { yearRoutes } from "./routes/years.ts";
import { makeSituations } from "./situations.ts";
import { makeStepping } from "./stepping.ts";

export interface AppDeps {
  readonly db: Db;
  /** Where files are kept; without it, in the database. */
  readonly objects?: ObjectStorage | null;
  readonly client: Client;
  readonly taskQueue: string;
  /** What people type into the browser; no slash at the end. */
  readonly publicUrl: string;
  /** Wall clock. */
  readonly clock: () => Instant;
  readonly logger: NonNullable<FastifyServerOptions["logger"]>;
  /** Who a browser's cookie belongs to; without it there are only tokens. */
  readonly sessionOf?: SessionOf;
  /** What is served beside the API: pages, files, sign-in. */
  readonly beside?: (doors: Doors) => readonly FastifyPluginAsync[];
}
/** What pages do through the same doors as the API. */
export interface Doors {
  readonly desk: Desk;
  readonly callerOf: CallerOf;
  /** Who has signed in, for the screens. */
  readonly actorOf: ActorOf;
  readonly situations: Situations;
}

/** A page of text in every answer of a ministry is far less. */
const BODY_LIMIT_BYTES = 1024 * 1024;
/** So long a request may take to arrive: 20 MB over a line of 2 Mbit/s. */
const REQUEST_LIMIT_MS = 90_000;
const PARAMETER_LIMIT = 200;

/** Every address below /api/v1. */
export const apiRoutes: readonly Route[] = [
  ...peopleRoutes,
  ...sessionRoutes,
  ...postRoutes,
  ...planRoutes,
  ...previewRoutes,
  ...cycleRoutes,
  ...amendmentRoutes,
  ...whatIfRoutes,
  ...policyRoutes,
  ...boardRoutes,
  ...requestRoutes,
  requestTimelineRoute,
  ...termRoutes,
  ...answerRoutes,
  ...chainRoutes,
  ...draftRoutes,
  ...workbookRoutes,
  ...fileRoutes,
  ...surveyRoutes,
  ...evaluationRoutes,
  correctionRoute,
  ...reportRoutes,
  reportDiffRoute,
  ...reviewRoutes,
  ...commentRoutes,
  ...publicationRoutes,
  ...findingRoutes,
  ...yearRoutes,
  ...nextPlanRoutes,
  ...mailRoutes,
  ...auditRoutes,
  ...actRoutes,
  ...steppingRoutes,
];

const api =
  ({ desk, callerOf, situations }: Doors): FastifyPluginAsync =>
  async (app) => {
    app.setValidatorCompiler<Parameters<typeof fitting>[0]>(({ schema }) => fitting(schema));
    app.setSerializerCompiler(serializerCompiler);
    readStrictBodies(app, makeGate(UPLOADS));
    requireActor(app, callerOf);
    requirePermission(app, { db: desk.db, situations, placeOf: makePlaceOf(desk.db) });
    for (const route of apiRoutes) route(app.withTypeProvider<ZodTypeProvider>(), desk);
  };

/** The service, not yet listening. */
export const buildApp = async (deps: AppDeps): Promise<FastifyInstance> => {
  const { db, client, clock, publicUrl } = deps;
  const app = fastify({
    frameworkErrors: answerUnroutable(publicUrl),
    logger: deps.logger,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_LIMIT_MS,
    routerOptions: { maxParamLength: PARAMETER_LIMIT },
    forceCloseConnections: "idle",
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
  });
  const perform = makePerform({
    ...deps,
    warn: (error, said) => {
      app.log.warn({ err: error }, said);
    },
  });
  const stepping = makeStepping({ db, client, perform });
  const callerOf = makeCallerOf({
    db,
    clock,
    publicUrl,
    sessionOf: deps.sessionOf ?? (async () => null),
  });
  const desk: Desk = {
    db,
    objects: deps.objects ?? null,
    plans: makePlanShelf(db),
    clock,
    perform,
    stepping,
    readHistories: makeReadHistories(client),
  };
  const doors: Doors = {
    desk,
    situations: makeSituations(desk),
    callerOf,
    actorOf: sittingAt(callerOf),
  };
  answerProblems(app);
  sendSafeHeaders(app, publicUrl);
  keepNothing(app);
  rememberForms(app);
  await app.register(cookie);
  chooseLanguage(app, publicUrl);
  await app.register(async (scope) => {
    await describeApi(scope, publicUrl);
    await scope.register(api(doors), { prefix: "/api/v1" });
    await publishApi(scope, () => scope.swagger());
  });
  for (const plugin of deps.beside?.(doors) ?? []) await app.register(plugin);
  await app.ready();
  return app;
};
