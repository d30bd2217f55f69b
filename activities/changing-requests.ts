import { moveItems } from "../db/commands/items.ts";
import { addRequests, moveTerm } from "../db/commands/request.ts";
import { dropRungs, dropUnusedRungs, keepOnlyRungs } from "../db/commands/rungs.ts";
import { putSurvey } from "../db/commands/survey.ts";
import { askedData, askedItems, askedRequests } from "../db/queries/items.ts";
import { ladderDueAt } from "../domain/ladder.ts";
import { at } from "../domain/time.ts";
import { planToChaseBy, putUpLadders, type Chased } from "./ladders.ts";
import type { ChangeOf, Writing } from "./writing.ts";

/** An extension, or its being asked for or answered. A moved due date puts up a new ladder from now on. */
export const changeTerm = async (writing: Writing, change: ChangeOf<"term">): Promise<void> => {
  const { tx, made } = writing;
  if (!(await moveTerm(tx, made, change))) return;
  const { request, dueAt } = change;
  const asked = (await askedRequests(tx, [request])).get(request);
  if (asked === undefined) throw new Error(`no request ${request}`);
  const cycle = await planToChaseBy(writing, made.cycle);
  await putUpLadders(tx, cycle, [{ request, kind: asked.kind, dueAt, openedAt: made.now }]);
  await dropUnusedRungs(tx, request);
};

/** 停止, 取下げ and the like: what was planned for dates that no longer hold is not sent any more. */
export const callBack = async (
  { tx, outbox }: Writing,
  { request, planned }: ChangeOf<"call-back">,
): Promise<void> => {
  await outbox.callBack(tx, { request, letter: planned === "reminders" ? "digest" : null });
  if (planned === "everything") await dropRungs(tx, request);
};

/** Where items stand. One that is wanted by a day of its own gets a ladder of its own: it is not escalated at once. */
export const changeItems = async (writing: Writing, changes: readonly ChangeOf<"item">[]): Promise<void> => {
  const { tx, made } = writing;
  const asked = await askedItems(
    tx,
    changes.map(({ item }) => item),
  );
  const moved = changes.map(({ item, state }) => {
    const request = asked.get(item)?.request;
    return { item, state, request, dueAt: (request && ladderDueAt(state, request)) ?? null };
  });
  await moveItems(tx, made, moved);
  const ladders = moved.flatMap(({ request, dueAt }): readonly Chased[] =>
    request === undefined || dueAt === null
      ? []
      : [{ request: request.id, kind: request.kind, dueAt, openedAt: made.now }],
  );
  if (ladders.length > 0) await putUpLadders(tx, await planToChaseBy(writing, made.cycle), ladders);
};

/** The same is asked in the same words, by a request with a ladder of its own. */
export const handOn = async (
  writing: Writing,
  { opened: { items: states, ...opened }, from }: ChangeOf<"handed-on">,
): Promise<void> => {
  const { tx, made } = writing;
  const asked = await askedData(tx, Object.values(from));
  const items = Object.entries(states).map(([id, state]) => {
    const origin = asked.get(from[id] ?? "");
    if (origin === undefined) throw new Error(`no item that ${id} comes from`);
    return { id, state, ...origin };
  });
  await addRequests(tx, [{ ...opened, cycle: made.cycle, items }]);
  const { id: request, kind, dueAt } = opened;
  await putUpLadders(tx, await planToChaseBy(writing, made.cycle), [
    { request, kind, dueAt, openedAt: made.now },
  ]);
};

/** A survey is chased like a request, under its own id. */
export const changeSurvey = async (writing: Writing, change: ChangeOf<"survey">): Promise<void> => {
  const { tx, made } = writing;
  await putSurvey(tx, made, change);
  const cycle = await planToChaseBy(writing, made.cycle);
  const request = change.survey;
  const dueAt = at(change.dueOn, cycle.rules.closingTime);
  await keepOnlyRungs(tx, { request, dueAt });
  await putUpLadders(tx, cycle, [{ request, kind: "survey", dueAt, openedAt: made.now }]);
};
