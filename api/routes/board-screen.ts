import formbody from "@fastify/formbody";
import type { FastifyPluginAsync, FastifyReply } from "fastify";
import { z } from "zod";
import type { Db, Tx } from "../../db/client.ts";
import { namesOf } from "../../db/queries/home.ts";
import { mailsInTrouble } from "../../db/queries/mail-attention.ts";
import { actOfDeed, bulkDeeds, bulkSteps, type BulkDeed, type BulkStep } from "../../domain/bulk.ts";
import { domainsOf, owingOrganisations } from "../../domain/catalogue.ts";
import { CHAPTER, type BoardRequest } from "../../domain/board.ts";
import { letterNames } from "../../domain/letters.ts";
import type { Instant } from "../../domain/time.ts";
import { aroundCycle, lookedAt, type Around } from "../around.ts";
import { addressOf, boardItems, boardOf, BoardQuery, mailsAhead, type Board } from "../board-view.ts";
import { factWays, mailWays, type FactWays } from "../causes.ts";
import { makeDoor, type Answer, type Call } from "../door.ts";
import { fieldsOf, readForm, type FieldMistake, type Fields } from "../form-fields.ts";
import type { Exchange } from "../form-screens.ts";
import { nameOf } from "../frame.ts";
import { sendPage } from "../html.ts";
import { mailRowOf } from "../mail-view.ts";
import { boardPage, type BoardView } from "../pages/board.tsx";
import { bulkPreviewPage, bulkResultPage, type BulkOutcome, type BulkStepView } from "../pages/bulk.tsx";
import type { Tried } from "../pages/form.tsx";
import type { HeatmapView } from "../pages/heatmap.tsx";
import { sameMoment } from "../pages/layout.tsx";
import { ProblemError, problemOf } from "../problems.ts";
import { openScreens, pageAccess, type ScreenDeps } from "../screens.ts";

const BOARD = "/cycles/:cycle/board";
/** As many mails in trouble as the screen shows. */
const TROUBLE_SHOWN = 10;

const ScreenQuery = BoardQuery.extend({ select: z.string().optional() });

const domainOptions = ({ plan }: Around) => [
  ...domainsOf(plan).map(({ key, name }) => ({ value: key, name: `${key}　${name}` })),
  { value: CHAPTER, name: "他制度評価" },
];

const heatmapView = ({ heatmap }: Board, around: Around, query: BoardQuery): HeatmapView => {
  const { plan, now, standing } = around;
  const columns = domainOptions(around)
    .filter(({ value }) => heatmap.columns.has(value))
    .map(({ value, name }) => ({ key: value, short: value === CHAPTER ? "他制度" : value, name }));
  return {
    columns,
    rows: heatmap.rows.map(({ organisation, cells, all }) => ({
      organisation: nameOf(plan, organisation, now),
      href: sameMoment(
        around.frame,
        `/cycles/${standing.cycle}/board${addressOf({ ...query, organisation })}`,
      ),
      cells,
      all,
    })),
    totals: heatmap.columns,
    all: heatmap.all,
  };
};

const requestView = (
  one: BoardRequest,
  { plan, now }: Around,
  ways: FactWays,
): BoardView["requests"][number] => ({
  request: one.request,
  kind: one.kind,
  organisation: nameOf(plan, one.organisation, now),
  dueAt: one.dueAt,
  caused: ways.dated(one.request),
  paused: one.paused,
  askedDueOn: one.askedDueOn,
  items: one.rates.items,
  submitted: one.rates.submitted,
  overdue: one.overdue,
  toReview: one.toReview,
  settled: one.settled,
});

const troubleOf = async (
  db: Db | Tx,
  { reader, plan, standing }: Around,
  wall: Instant,
): Promise<NonNullable<BoardView["present"]>["trouble"]> => {
  const found = await mailsInTrouble(db, { cycle: standing.cycle, now: wall }, TROUBLE_SHOWN);
  const people = await namesOf(db, [...new Set(found.rows.map(({ person }) => person))]);
  const causeOf = await mailWays(
    db,
    { cycle: standing.cycle, reader },
    found.rows.map(({ key }) => key),
  );
  const names = { plan, people, wall, causeOf };
  return { many: found.many, rows: found.rows.map((mail) => mailRowOf(mail, names)) };
};

const letterName = ({ plan }: Around, rung: string | null, letter: keyof typeof letterNames): string =>
  Object.values(plan.ladders)
    .flat()
    .find(({ name }) => name === rung)?.label ?? letterNames[letter];

/** What is still to come, and what became of mails, is not in the record. */
const presentOf = async (
  db: Db | Tx,
  around: Around,
  wall: Instant,
): Promise<NonNullable<BoardView["present"]>> => {
  const { standing, plan, now } = around;
  const [ahead, trouble] = await Promise.all([
    mailsAhead(db, { cycle: standing.cycle, plan, now, stage: standing.stage }),
    troubleOf(db, around, wall),
  ]);
  return {
    mailsAhead: ahead.map(({ at, letter, rung, mails, organisations }) => ({
      at,
      letter: letterName(around, rung, letter),
      mails,
      organisations: organisations.map((id) => nameOf(plan, id, now)),
    })),
    trouble,
  };
};

const viewOf = async (
  db: Db | Tx,
  around: Around,
  { select, wall, ...query }: z.output<typeof ScreenQuery> & { readonly wall: Instant },
): Promise<BoardView> => {
  const { reader, standing, plan, now, frame, forms, may } = around;
  const { cycle } = standing;
  const [board, present, ways] = await Promise.all([
    boardOf(db, { cycle, plan, now }, query),
    frame.past === undefined ? presentOf(db, around, wall) : null,
    factWays(db, "request", { cycle, reader, until: frame.past?.moment }),
  ]);
  const { organisation = "", domain = "", kind = "", state = "", words = "", sort = "" } = query;
  return {
    frame,
    forms,
    cycle,
    now,
    address: addressOf(query),
    asked: { organisation, domain, kind, state, words, sort },
    organisations: owingOrganisations(plan).map(({ id }) => ({ value: id, name: nameOf(plan, id, now) })),
    domains: domainOptions(around),
    heatmap: heatmapView(board, around, query),
    requests: board.requests.map((one) => requestView(one, around, ways)),
    deeds: bulkDeeds.filter((deed) => may(actOfDeed[deed])),
    allChosen: select === "all",
    present,
  };
};

const show = async (deps: ScreenDeps, exchange: Exchange, tried: Tried | null): Promise<FastifyReply> => {
  const around = await aroundCycle(deps, { exchange, tried });
  const query = ScreenQuery.safeParse(exchange.request.query);
  if (!query.success) throw new ProblemError("invalid-query");
  const view = await lookedAt(deps, { around, exchange }, (then, from) =>
    viewOf(from, then, { ...query.data, wall: deps.clock() }),
  );
  return sendPage(exchange.reply, boardPage(view), tried?.status ?? 200);
};

interface Chosen {
  readonly deed: BulkDeed;
  readonly reason: string;
  readonly steps: readonly BulkStep[];
}

const stepView = (
  { plan, now }: Around,
  { request, organisation, items, needless }: BulkStep,
): BulkStepView => ({
  request,
  organisation: nameOf(plan, organisation, now),
  texts: items.map(({ text }) => text),
  needless,
  reviewed: items.flatMap(({ item, answer }) => (answer === null ? [] : [`${request} ${item} ${answer}`])),
});

const invalid = (fields: Fields, mistakes: readonly FieldMistake[]): Tried => {
  const { title, status, code } = problemOf("invalid-body");
  const detail = "次の箇所を直して、もう一度送信してください。";
  return { form: "bulk-preview", fields, title, detail, status, code, mistakes };
};

/** What the form says of deed and reason, or what is wrong with it. */
const chosenOf = async (
  { db }: ScreenDeps,
  { standing, plan, now }: Around,
  fields: Fields,
): Promise<Chosen | readonly FieldMistake[]> => {
  const form = readForm(fields);
  const requests = form.ticked("chosen", "照会");
  const said = form.picked("deed", "行うこと");
  const reason = said === "return" ? form.needed("reason", "差戻しの理由") : form.text("reason");
  const deed = bulkDeeds.find((one) => one === said);
  const read = form.calling({ path: "", body: {} });
  if ("mistakes" in read) return read.mistakes;
  if (deed === undefined) return [{ field: "deed", message: "行うことを選んでください。" }];
  const items = await boardItems(db, { cycle: standing.cycle, plan, now });
  return { deed, reason, steps: bulkSteps(deed, items, requests) };
};

/** As the reviewer had it before him: an answer that came since is not in it. */
const reviewedOf = (fields: Fields, request: string): readonly object[] =>
  (fields["reviewed"] ?? []).flatMap((line) => {
    const [of, item = "", hash = ""] = line.split(" ");
    return of === request ? [{ item, hash }] : [];
  });

const callOf = (deed: BulkDeed, request: string, fields: Fields): Call => {
  const path = `/requests/${encodeURIComponent(request)}`;
  const items = reviewedOf(fields, request);
  const reason = fields["reason"]?.[0] ?? "";
  switch (deed) {
    case "remind":
      return { path: `${path}/reminder`, body: {} };
    case "grant-extension":
      return { path: `${path}/extension/grant`, body: {} };
    case "accept":
      return { path: `${path}/acceptance`, body: { items } };
    case "return":
      return { path: `${path}/return`, body: { items, reason } };
  }
};

const outcomeOf = (answer: Answer): Pick<BulkOutcome, "is" | "text"> =>
  answer.is === "refused"
    ? { is: "refused", text: `${answer.problem.title}。${answer.problem.detail}` }
    : { is: answer.is, text: "" };

/**
 * 一括処理: chosen, previewed, confirmed. Each request gets an act of its own through the API's door, under a key made
 * of the form's and the request's: sent twice it is done once, and what one is refused stops none of the others.
 */
export const boardScreen =
  (deps: ScreenDeps): FastifyPluginAsync =>
  async (app) => {
    if (!app.hasContentTypeParser("application/x-www-form-urlencoded")) await app.register(formbody);
    openScreens(app, deps);
    const door = makeDoor(app);
    const shown = { config: pageAccess("board", "cycle") };
    const doing = { config: pageAccess(Object.values(actOfDeed), "cycle") };
    app.get(BOARD, shown, (request, reply) => show(deps, { request, reply }, null));
    for (const name of ["bulk-preview", "bulk"])
      app.get(`${BOARD}/${name}`, shown, ({ url }, reply) =>
        reply.redirect(url.slice(0, url.lastIndexOf("/")), 303),
      );

    app.post(`${BOARD}/bulk-preview`, doing, async (request, reply) => {
      const exchange = { request, reply };
      const around = await aroundCycle(deps, { exchange, tried: null });
      const fields = fieldsOf(request.body);
      const chosen = await chosenOf(deps, around, fields);
      if (!("deed" in chosen)) return show(deps, exchange, invalid(fields, chosen));
      const { frame, forms, standing } = around;
      const { deed, reason } = chosen;
      const steps = chosen.steps.map((step) => stepView(around, step));
      return sendPage(reply, bulkPreviewPage({ frame, forms, cycle: standing.cycle, deed, reason, steps }));
    });

    app.post(`${BOARD}/bulk`, doing, async (request, reply) => {
      const exchange = { request, reply };
      const around = await aroundCycle(deps, { exchange, tried: null });
      const fields = fieldsOf(request.body);
      const chosen = await chosenOf(deps, around, fields);
      if (!("deed" in chosen)) return show(deps, exchange, invalid(fields, chosen));
      const done = async ({ request: id, organisation }: BulkStep): Promise<BulkOutcome> => {
        const key = `${fields["key"]?.[0] ?? ""}-${id}`;
        const answer = await door(request, callOf(chosen.deed, id, fields), key);
        const name = nameOf(around.plan, organisation, around.now);
        return { request: id, organisation: name, ...outcomeOf(answer) };
      };
      // Side by side: an engine that is silent makes the reader wait once, not once a request.
      const outcomes = await Promise.all(chosen.steps.map(done));
      const { frame, standing } = around;
      return sendPage(reply, bulkResultPage({ frame, cycle: standing.cycle, deed: chosen.deed, outcomes }));
    });
  };
