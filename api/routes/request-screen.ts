import { z } from "zod";
import { contentByHash } from "../../db/queries/content.ts";
import { filesOf } from "../../db/queries/files.ts";
import { namesOf } from "../../db/queries/home.ts";
import { commentsOf, type CommentRecord } from "../../db/queries/opinions.ts";
import { requestTimeline } from "../../db/queries/request-timeline.ts";
import { requestHistory, type RequestHistory } from "../../db/queries/request-history.ts";
import { answersOfLastYear } from "../../db/queries/last-year.ts";
import { postHolders, postsOf } from "../../db/queries/directory.ts";
import { draftKept } from "../../db/queries/drafts.ts";
import { aroundOf, letIn, signedIn, situationOf, type Around } from "../around.ts";
import type { Screen } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import type { InsideOf } from "../inside-view.ts";
import { wantedPage } from "../item-pages.ts";
import type { FormsView } from "../pages/form.tsx";
import { eventsFor, insideFor } from "../posts.ts";
import { requestPage } from "../pages/request.tsx";
import { ProblemError } from "../problems.ts";
import { requestForms } from "../request-forms.ts";
import { requestViewOf } from "../request-view.ts";
import type { ScreenDeps } from "../screens.ts";
import { termForms } from "../term-forms.ts";

const Params = z.object({ id: z.string() });
/** What is said twice is not said. */
const once = z.string().optional().catch(undefined);
const Query = z.object({ select: once, page: once });

const opinionsOf = async ({ db }: ScreenDeps, { request }: RequestHistory): Promise<CommentRecord[]> => {
  const { id, kind, cycle, organisation, round } = request;
  if (kind !== "consultation") return [];
  const all = await commentsOf(db, { cycle, organisation, round });
  return all.filter((opinion) => opinion.request === id);
};

const insideOf = async (
  { db }: ScreenDeps,
  { reader, plan, now }: Around,
  request: RequestHistory["request"],
): Promise<InsideOf> => ({
  request,
  reader: reader.person,
  plan,
  now,
  works: await insideFor(db, reader, request),
  holders: request.chain === null ? [] : await postHolders(db, request.organisation),
  posts: request.chain === null ? [] : await postsOf(db, reader),
});

/** What the reader has typed before and not sent. */
const withDraft = async (
  { db }: ScreenDeps,
  { reader, forms }: Around,
  { id, chain }: RequestHistory["request"],
): Promise<FormsView> => {
  const kept = await draftKept(db, { person: reader.person, request: id });
  const form = chain === null ? "answers" : "preparation";
  return kept === undefined ? forms : { ...forms, draft: { form, ...kept } };
};

const showRequest: Screen["show"] = async (deps, exchange, tried) => {
  const { request, reply } = exchange;
  const reader = await signedIn(deps, exchange);
  if (reader === undefined) return reply;
  const history = await requestHistory(deps.db, Params.parse(request.params).id);
  if (history === undefined) throw new ProblemError("not-found");
  const { cycle, organisation, version } = history.request;
  const situation = situationOf(reader, organisation);
  letIn(reader, "request", situation);
  const plain = await aroundOf(deps, { reader, cycle, situation, exchange, tried });
  const around = { ...plain, forms: await withDraft(deps, plain, history.request) };
  const people = history.answers.flatMap(({ by, onBehalfOf }) => [
    by,
    ...(onBehalfOf === null ? [] : [onBehalfOf]),
  ]);
  const query = Query.parse(request.query);
  const document = version === null ? undefined : await contentByHash(deps.db, "version", version);
  const page = requestPage(
    requestViewOf({
      around,
      history,
      names: await namesOf(deps.db, people),
      opinions: await opinionsOf(deps, history),
      document: document?.body ?? null,
      events: eventsFor(reader, history.request, await requestTimeline(deps.db, history.request)),
      inside: await insideOf(deps, around, history.request),
      files: await filesOf(deps.db, history.request.id),
      lastYear: await answersOfLastYear(deps.db, history.request.id),
      allChosen: query.select === "all",
      page: wantedPage(tried?.fields["page"]?.[0] ?? query.page),
    }),
  );
  return sendPage(reply, page, tried?.status ?? 200);
};

/** /requests/{id}: where mails lead; for the secretariat and the organisation itself. */
export const requestScreen: Screen = {
  url: "/requests/:id",
  show: showRequest,
  forms: [...requestForms, ...termForms],
};
