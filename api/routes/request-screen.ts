import { z } from "zod";
import type { Db, Tx } from "../../db/client.ts";
import { contentByHash } from "../../db/queries/content.ts";
import { filesOf } from "../../db/queries/files.ts";
import { namesOf } from "../../db/queries/home.ts";
import { commentsOf, type CommentRecord } from "../../db/queries/opinions.ts";
import { requestTimeline, type RequestEvent } from "../../db/queries/request-timeline.ts";
import { requestById } from "../../db/queries/requests.ts";
import { requestHistory, type RequestHistory } from "../../db/queries/request-history.ts";
import { answersOfLastYear } from "../../db/queries/last-year.ts";
import { postHolders, postsOf } from "../../db/queries/directory.ts";
import { draftKept } from "../../db/queries/drafts.ts";
import { aroundOf, lookedAt, type Around } from "../around.ts";
import { opinionCauses, requestCauses } from "../causes.ts";
import type { Screen } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import type { InsideOf } from "../inside-view.ts";
import { wantedPage } from "../item-pages.ts";
import type { FormsView } from "../pages/form.tsx";
import { eventsFor, insideFor } from "../posts.ts";
import { requestPage, type RequestView } from "../pages/request.tsx";
import { ProblemError } from "../problems.ts";
import { requestForms } from "../request-forms.ts";
import { requestViewOf, type RequestViewOf } from "../request-view.ts";
import type { ScreenDeps } from "../screens.ts";
import { termForms } from "../term-forms.ts";

const Params = z.object({ id: z.string() });
/** What is said twice is not said. */
const once = z.string().optional().catch(undefined);
const Query = z.object({ select: once, page: once });

const opinionsOf = async (db: Db | Tx, { request }: RequestHistory): Promise<CommentRecord[]> => {
  const { id, kind, cycle, organisation, round } = request;
  if (kind !== "consultation") return [];
  const all = await commentsOf(db, { cycle, organisation, round });
  return all.filter((opinion) => opinion.request === id);
};

const insideOf = async (
  db: Db | Tx,
  { reader, plan, now }: Around,
  request: RequestHistory["request"],
): Promise<InsideOf> => {
  const [works, holders, posts] = await Promise.all([
    insideFor(db, reader, request),
    request.chain === null ? [] : postHolders(db, request.organisation),
    request.chain === null ? [] : postsOf(db, reader),
  ]);
  return { request, reader: reader.person, plan, now, works, holders, posts };
};

/** What the reader has typed before and not sent. */
const withDraft = async (
  { db }: ScreenDeps,
  { reader, forms }: Around,
  { id, chain }: Pick<RequestHistory["request"], "id" | "chain">,
): Promise<FormsView> => {
  const kept = await draftKept(db, { person: reader.person, request: id });
  const form = chain === null ? "answers" : "preparation";
  return kept === undefined ? forms : { ...forms, draft: { form, ...kept } };
};

/** What had been done by the moment the screen is about. */
const eventsUntil = async (
  db: Db | Tx,
  { reader, frame: { past } }: Around,
  request: RequestHistory["request"],
): Promise<readonly RequestEvent[]> => {
  const events = eventsFor(reader, request, await requestTimeline(db, request));
  return past === undefined ? events : events.filter(({ at }) => at <= past.moment);
};

/** @throws ProblemError `not-found` where it had not been opened yet */
const viewOf = async (
  db: Db | Tx,
  around: Around,
  { id, ...address }: Pick<RequestViewOf, "allChosen" | "page"> & { readonly id: string },
): Promise<RequestView> => {
  const history = await requestHistory(db, id);
  if (history === undefined) throw new ProblemError("not-found");
  const { version } = history.request;
  const people = history.answers.flatMap(({ by, onBehalfOf }) => [
    by,
    ...(onBehalfOf === null ? [] : [onBehalfOf]),
  ]);
  const [document, names, opinions, events, inside, files, lastYear, causes, disposed] = await Promise.all([
    version === null ? undefined : contentByHash(db, "version", version),
    namesOf(db, [...new Set(people)]),
    opinionsOf(db, history),
    eventsUntil(db, around, history.request),
    insideOf(db, around, history.request),
    filesOf(db, id),
    answersOfLastYear(db, id),
    requestCauses(db, around, id),
    opinionCauses(db, around, history.request),
  ]);
  return requestViewOf({
    around,
    history,
    names,
    opinions,
    document: document?.body ?? null,
    events,
    inside,
    files,
    lastYear,
    causes,
    disposed,
    ...address,
  });
};

const showRequest: Screen["show"] = async (deps, exchange, tried) => {
  const { request, reply } = exchange;
  const asked = await requestById(deps.db, Params.parse(request.params).id);
  if (asked === undefined) throw new ProblemError("not-found");
  const plain = await aroundOf(deps, { cycle: asked.cycle, exchange, tried });
  const around = { ...plain, forms: await withDraft(deps, plain, asked) };
  const query = Query.parse(request.query);
  const address = {
    allChosen: query.select === "all",
    page: wantedPage(tried?.fields["page"]?.[0] ?? query.page),
  };
  const view = await lookedAt(deps, { around, exchange }, (then, from) =>
    viewOf(from, then, { id: asked.id, ...address }),
  );
  return sendPage(reply, requestPage(view), tried?.status ?? 200);
};

/** /requests/{id}: where mails lead; for the secretariat and the organisation itself. */
export const requestScreen: Screen = {
  url: "/requests/:id",
  view: "request",
  about: "request",
  show: showRequest,
  forms: [...requestForms, ...termForms],
};
