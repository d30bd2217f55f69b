import { z } from "zod";
import type { Db, Tx } from "../../db/client.ts";
import type { BoardRequest, Heatmap, Rates } from "../../domain/board.ts";
import type { CycleKey } from "../../domain/ids.ts";
import { access, knownCycle, nowOf, planOf, refusals, type Desk, type Route } from "../acting.ts";
import { boardOf, BoardQuery, mailsAhead, type Board, type BoardOf } from "../board-view.ts";
import { nameOf } from "../frame.ts";
import { asOf as asOfParameter, readAsOf } from "../past.ts";
import { kindNames } from "../pages/words.ts";
import { at, inCycle, listOf, on } from "../schemas.ts";
import { csvBytes } from "../workbook/csv-text.ts";

const rates = z
  .object({ items: z.int(), submitted: z.int(), judged: z.int(), onTime: z.int() })
  .meta({ id: "Rates", description: "提出率は submitted÷items、期限内提出率は onTime÷judged" });
const shown = z
  .object({
    now: at,
    all: rates,
    organisations: listOf(
      z.object({
        organisation: z.string(),
        name: z.string(),
        all: rates,
        domains: z.record(z.string(), rates),
      }),
    ),
    domains: z.record(z.string(), rates),
    requests: listOf(
      z.object({
        request: z.string(),
        kind: z.enum(["data", "chapter"]),
        organisation: z.string(),
        dueAt: at,
        paused: z.boolean(),
        askedDueOn: on.nullable(),
        rates,
        overdue: z.int(),
        owed: z.int(),
        toReview: z.int(),
        settled: z.int(),
      }),
    ),
    mailsAhead: listOf(
      z.object({
        at,
        letter: z.string(),
        rung: z.string().nullable(),
        mails: z.int(),
        organisations: listOf(z.string()),
      }),
    ),
  })
  .meta({ id: "Board", description: "提出状況。domains の chapter は他制度評価" });

const query = z.strictObject(BoardQuery.shape).extend({ asOf: asOfParameter });

const find = async (
  desk: Desk,
  { from, cycle }: { readonly from: Db | Tx; readonly cycle: CycleKey },
  { asOf, ...asked }: z.output<typeof query>,
): Promise<
  BoardOf & { readonly board: Board; readonly stage: Parameters<typeof mailsAhead>[1]["stage"] }
> => {
  const standing = await knownCycle({ db: from }, cycle);
  const { body: plan } = await planOf(desk, standing.plan);
  const of = { cycle, plan, now: asOf ?? nowOf(desk, standing) };
  return { ...of, stage: standing.stage, board: await boardOf(from, of, asked) };
};

const organisationsOf = ({ rows }: Heatmap, of: BoardOf) =>
  rows.map(({ organisation, all, cells }) => ({
    organisation,
    name: nameOf(of.plan, organisation, of.now),
    all,
    domains: Object.fromEntries(cells),
  }));

const showBoard: Route = (app, desk) => {
  app.get(
    "/cycles/:cycle/board",
    {
      config: access("board", "cycle"),
      schema: {
        summary: "提出状況（府省庁×分野、照会ごと、今後10日間の自動送信）",
        params: inCycle,
        querystring: query,
        response: { 200: shown, ...refusals },
      },
    },
    async (request) => {
      const { cycle } = request.params;
      return readAsOf(desk.db, { cycle, asOf: request.query.asOf }, async (from) => {
        const found = await find(desk, { from, cycle }, request.query);
        const { heatmap, requests } = found.board;
        return {
          now: found.now,
          all: heatmap.all,
          organisations: organisationsOf(heatmap, found),
          domains: Object.fromEntries(heatmap.columns),
          requests,
          // What was still to come of itself is no state, and in no record.
          mailsAhead: request.query.asOf === undefined ? await mailsAhead(from, found) : [],
        };
      });
    },
  );
};

const percent = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 1000) / 10;

const ratesCells = ({ items, submitted, judged, onTime }: Rates) => [
  submitted,
  items,
  percent(submitted, items),
  onTime,
  judged,
  percent(onTime, judged),
];
const titles = [
  "照会番号",
  "種別",
  "府省庁コード",
  "府省庁",
  "期限",
  "提出（件）",
  "照会項目（件）",
  "提出率（％）",
  "期限内提出（件）",
  "期限到来又は提出済み（件）",
  "期限内提出率（％）",
  "期限超過（件）",
  "確認待ち（件）",
  "確定（件）",
];
const rowOf = (of: BoardOf, one: BoardRequest) => [
  one.request,
  kindNames[one.kind],
  one.organisation,
  nameOf(of.plan, one.organisation, of.now),
  one.dueAt,
  ...ratesCells(one.rates),
  one.overdue,
  one.toReview,
  one.settled,
];

const boardCsv: Route = (app, desk) => {
  app.get(
    "/cycles/:cycle/board.csv",
    {
      config: access("board", "cycle"),
      schema: {
        summary: "提出状況の一覧（CSV。照会ごとに1行）",
        params: inCycle,
        querystring: query,
        response: {
          200: { description: "UTF-8（BOM付き）のCSV", content: { "text/csv": { schema: z.any() } } },
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const { cycle } = request.params;
      const found = await readAsOf(desk.db, { cycle, asOf: request.query.asOf }, (from) =>
        find(desk, { from, cycle }, request.query),
      );
      const rows = found.board.requests.map((one) => rowOf(found, one));
      return reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", `attachment; filename="board-${cycle}.csv"`)
        .send(Buffer.from(csvBytes({ titles, rows })));
    },
  );
};

/** 提出状況: one table for the screen, for spreadsheets and for programs. */
export const boardRoutes: readonly Route[] = [showBoard, boardCsv];
