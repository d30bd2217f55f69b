import formbody from "@fastify/formbody";
import type { FastifyPluginAsync, FastifyReply } from "fastify";
import { aroundCycle, type Around } from "../around.ts";
import { makeDoor } from "../door.ts";
import { fieldsOf, type FieldMistake, type Fields } from "../form-fields.ts";
import type { Exchange } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import type { Tried } from "../pages/form.tsx";
import { schedulePage } from "../pages/schedule.tsx";
import { whatIfPage } from "../pages/what-if.tsx";
import { ProblemError, problemOf } from "../problems.ts";
import { ganttOf, offersOf } from "../schedule-view.ts";
import { openScreens, pageAccess, type ScreenDeps } from "../screens.ts";
import { askedOf, changeText, mailChanges, type Asked } from "../what-if-form.ts";
import { whatIf, type Found } from "../what-if.ts";

const SCHEDULE = "/cycles/:cycle/schedule";

const show = async (deps: ScreenDeps, exchange: Exchange, tried: Tried | null): Promise<FastifyReply> => {
  const around = await aroundCycle(deps, { exchange, tried });
  const { frame, forms, standing } = around;
  const [gantt, offers] = await Promise.all([ganttOf(deps, around), offersOf(deps, around)]);
  const page = schedulePage({ frame, forms, cycle: standing.cycle, ...gantt, whatIf: offers });
  return sendPage(exchange.reply, page, tried?.status ?? 200);
};

/** Shows the form again, with what was typed and what is wrong with it. */
const refused = (
  fields: Fields,
  problem: Pick<Tried, "title" | "detail" | "status" | "code">,
  mistakes: readonly FieldMistake[],
): Tried => ({
  form: "what-if",
  fields,
  title: problem.title,
  detail: problem.detail,
  status: problem.status,
  code: problem.code,
  mistakes,
});

const invalid = (fields: Fields, mistakes: readonly FieldMistake[]): Tried =>
  refused(
    fields,
    { ...problemOf("invalid-body"), detail: "次の箇所を直して、もう一度送信してください。" },
    mistakes,
  );

/** What the change would come to; what it is refused for, as a tried form. */
const tryOut = async (
  { db }: ScreenDeps,
  { standing, plan, now }: Around,
  { change, reason, fields }: Asked,
): Promise<Found | Tried> => {
  try {
    return await whatIf(db, { cycle: standing, plan, now, change, reason });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const typed = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value]]));
    const mistakes = (error.problem.errors ?? []).map(({ message }) => ({ field: "is", message }));
    return refused(typed, error.problem, mistakes);
  }
};

const showFound = async (
  deps: ScreenDeps,
  exchange: Exchange,
  { around, asked, found }: { readonly around: Around; readonly asked: Asked; readonly found: Found },
): Promise<FastifyReply> => {
  const { frame, forms, standing, may } = around;
  const offers = await offersOf(deps, around);
  const nameOfRequest = (id: string): string =>
    offers?.requests.find(({ value }) => value === id)?.name ?? id;
  const page = whatIfPage({
    frame,
    forms,
    cycle: standing.cycle,
    change: changeText(asked.change, nameOfRequest),
    found,
    dates: found.dates.map(({ request, before, after }) => ({
      request,
      name: nameOfRequest(request),
      before,
      after,
    })),
    mails: await mailChanges(deps, around, found),
    mayApply: may(found.apply.act),
    asked: asked.fields,
  });
  return sendPage(exchange.reply, page);
};

const API = "/api/v1";

/** 年間の日程 and 試算: asked by form, shown in full, and done only from the page that shows it. */
export const scheduleScreen =
  (deps: ScreenDeps): FastifyPluginAsync =>
  async (app) => {
    if (!app.hasContentTypeParser("application/x-www-form-urlencoded")) await app.register(formbody);
    openScreens(app, deps);
    const door = makeDoor(app);
    const shown = { config: pageAccess("cycle-plan", "cycle") };
    const trying = { config: pageAccess("what-if", "cycle") };
    app.get(SCHEDULE, shown, (request, reply) => show(deps, { request, reply }, null));
    for (const name of ["what-if", "apply"])
      app.get(`${SCHEDULE}/${name}`, shown, ({ url }, reply) =>
        reply.redirect(url.slice(0, url.lastIndexOf("/")), 303),
      );

    app.post(`${SCHEDULE}/what-if`, trying, async (request, reply) => {
      const exchange = { request, reply };
      const around = await aroundCycle(deps, { exchange, tried: null });
      const fields = fieldsOf(request.body);
      const asked = askedOf(fields);
      if (!("change" in asked)) return show(deps, exchange, invalid(fields, asked));
      const found = await tryOut(deps, around, asked);
      return "form" in found
        ? show(deps, exchange, found)
        : showFound(deps, exchange, { around, asked, found });
    });

    app.post(`${SCHEDULE}/apply`, trying, async (request, reply) => {
      const exchange = { request, reply };
      const around = await aroundCycle(deps, { exchange, tried: null });
      const fields = fieldsOf(request.body);
      const asked = askedOf(fields);
      if (!("change" in asked)) return show(deps, exchange, invalid(fields, asked));
      const found = await tryOut(deps, around, asked);
      if ("form" in found) return show(deps, exchange, found);
      const { path, body } = found.apply;
      const answer = await door(request, { path: path.slice(API.length), body }, fields["key"]?.[0] ?? "");
      if (answer.is === "refused") return show(deps, exchange, refused(fields, answer.problem, []));
      return reply.redirect(`/cycles/${around.standing.cycle}/schedule?done=${answer.act}`, 303);
    });
  };
