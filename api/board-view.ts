import { z } from "zod";
import type { Db, Tx } from "../db/client.ts";
import { itemsOnBoard } from "../db/queries/board.ts";
import { yearStanding } from "../db/queries/year-standing.ts";
import {
  boardRequests,
  boardSorts,
  boardStates,
  filtered,
  heatmapOf,
  type BoardFilter,
  type BoardItem,
  type BoardRequest,
  type BoardSort,
  type Heatmap,
} from "../domain/board.ts";
import { domainKey } from "../domain/catalogue.ts";
import type { Stage } from "../domain/cycle.ts";
import type { PlannedMail } from "../domain/forecast-standing.ts";
import type { CycleKey, IndicatorKey, OrganisationId } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import { addDays, at, dateOf, plainTime, type Instant } from "../domain/time.ts";
import { nameOf } from "./frame.ts";
import { organisation } from "./schemas.ts";
import { yearAhead } from "./year-ahead.ts";

const none = z.literal("").transform(() => undefined);
const among = <Value extends string>(values: readonly [Value, ...Value[]]) =>
  z.union([none, z.enum(values)]).optional();

/** What of the board is asked for: the same words in the address of the screen, the CSV and the API. */
export const BoardQuery = z.object({
  organisation: z.union([none, organisation]).optional(),
  domain: z.union([none, z.string().max(20)]).optional(),
  kind: among(["data", "chapter"]),
  state: among(boardStates),
  words: z.union([none, z.string().max(100)]).optional(),
  sort: z.union([none, z.enum(boardSorts)]).optional(),
});
export type BoardQuery = z.output<typeof BoardQuery>;

/** The part of an address that asks for it; empty where nothing is asked. */
export const addressOf = (query: BoardQuery): string => {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return given.length === 0 ? "" : `?${new URLSearchParams(given).toString()}`;
};

export interface BoardOf {
  readonly cycle: CycleKey;
  readonly plan: Plan;
  /** The cycle's. */
  readonly now: Instant;
}
export interface Board {
  readonly items: readonly BoardItem[];
  readonly heatmap: Heatmap;
  readonly requests: readonly BoardRequest[];
}

const domainsByIndicator = ({ measures }: Plan): ReadonlyMap<IndicatorKey, string> =>
  new Map(measures.flatMap((measure) => measure.indicators.map(({ key }) => [key, domainKey(measure)])));

/** Everything on the board, unfiltered, organisations in the order of the plan. */
export const boardItems = async (db: Db | Tx, { cycle, plan }: BoardOf): Promise<readonly BoardItem[]> => {
  const domainOf = domainsByIndicator(plan);
  const place = new Map(plan.organisations.map(({ id }, n) => [id, n]));
  const placeOf = (id: OrganisationId): number => place.get(id) ?? place.size;
  const rows = await itemsOnBoard(db, cycle);
  return rows
    .map(({ indicators, ...item }) => ({
      ...item,
      domains: [...new Set(indicators.flatMap((key) => domainOf.get(key) ?? []))],
    }))
    .toSorted((a, b) => placeOf(a.organisation) - placeOf(b.organisation));
};

export const boardOf = async (db: Db | Tx, of: BoardOf, query: BoardQuery): Promise<Board> => {
  const { plan, now } = of;
  const { sort = "due", ...filter }: BoardFilter & { readonly sort?: BoardSort | undefined } = query;
  const items = filtered(await boardItems(db, of), filter, { now, nameOf: (id) => nameOf(plan, id, now) });
  return { items, heatmap: heatmapOf(items, now), requests: boardRequests(items, { now, sort }) };
};

/** Mails the year will send by itself on one day, of one kind. */
export interface MailsAhead {
  readonly at: Instant;
  readonly letter: PlannedMail["letter"];
  readonly rung: string | null;
  readonly mails: number;
  readonly organisations: readonly OrganisationId[];
}

const DAYS_AHEAD = 10;

/** 今後10日間の自動送信: as the run itself would send them if nobody did anything from now on. */
export const mailsAhead = async (
  db: Db | Tx,
  { cycle, plan, now, stage }: BoardOf & { readonly stage: Stage },
): Promise<readonly MailsAhead[]> => {
  if (stage === "finished") return [];
  const until = at(addDays(dateOf(now), DAYS_AHEAD), plainTime("23:59"));
  const { mails } = yearAhead(await yearStanding(db, { cycle, stage, plan, now }));
  const groups = new Map<string, PlannedMail[]>();
  for (const mail of mails.filter((one) => one.at <= until)) {
    const key = `${mail.at} ${mail.letter} ${mail.rung ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), mail]);
  }
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { at: sentAt, letter, rung } = first;
    const organisations = [...new Set(own.map(({ organisation }) => organisation))];
    return [{ at: sentAt, letter, rung, mails: own.length, organisations }];
  });
};
