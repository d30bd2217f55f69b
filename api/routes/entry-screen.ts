import { z } from "zod";
import { postHolders } from "../../db/queries/directory.ts";
import { filesOf } from "../../db/queries/files.ts";
import { answersOfLastYear } from "../../db/queries/last-year.ts";
import { namesOf } from "../../db/queries/home.ts";
import { requestHistory } from "../../db/queries/request-history.ts";
import { aroundOf } from "../around.ts";
import { requestCauses } from "../causes.ts";
import type { Screen } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import { wantedPage } from "../item-pages.ts";
import { entryPage } from "../pages/entry.tsx";
import { ProblemError } from "../problems.ts";
import { entryForm } from "../request-forms.ts";
import { othersThan } from "../answer-view.ts";
import { reasonOptions, requestViewOf } from "../request-view.ts";

const Params = z.object({ id: z.string() });
const Query = z.object({ page: z.string().optional().catch(undefined) });

const show: Screen["show"] = async (deps, exchange, tried) => {
  const { request, reply } = exchange;
  const history = await requestHistory(deps.db, Params.parse(request.params).id);
  if (history === undefined) throw new ProblemError("not-found");
  const { cycle, organisation, kind } = history.request;
  if (kind === "consultation") throw new ProblemError("forbidden");
  const around = await aroundOf(deps, { cycle, exchange, tried });
  const holders = await postHolders(deps.db, organisation);
  const { reader, plan, now } = around;
  const view = requestViewOf({
    around,
    history,
    names: await namesOf(
      deps.db,
      history.answers.map(({ by }) => by),
    ),
    opinions: [],
    document: null,
    events: [],
    files: await filesOf(deps.db, history.request.id),
    lastYear: await answersOfLastYear(deps.db, history.request.id),
    allChosen: false,
    page: wantedPage(tried?.fields["page"]?.[0] ?? Query.parse(request.query).page),
    causes: await requestCauses(deps.db, around, history.request.id),
    disposed: new Map(),
    // Whatever is under way inside the organisation is not the secretariat's affair.
    inside: {
      request: { ...history.request, chain: null },
      works: [],
      holders: [],
      posts: [],
      reader: reader.person,
      plan,
      now,
    },
  });
  const page = entryPage({
    ...view,
    contacts: holders.map(({ person, name }) => ({ value: person, name })),
    reasons: reasonOptions(plan),
    owners: othersThan(history.request.organisation, { plan, now }),
  });
  return sendPage(reply, page, tried?.status ?? 200);
};

/** /requests/{id}/on-behalf: 代理入力, for the secretariat's preparers. */
export const entryScreen: Screen = {
  url: "/requests/:id/on-behalf",
  view: "request.enter",
  about: "request",
  show,
  forms: [entryForm],
};
