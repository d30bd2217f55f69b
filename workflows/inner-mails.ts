import type { MailOrder } from "../activities/contract.ts";
import type { ChainAct } from "../domain/chain.ts";
import type { InnerWork } from "../domain/inner-work.ts";
import type { Instant } from "../domain/time.ts";
import { mailOrder, requestPath } from "./mail-orders.ts";
import type { RequestStep } from "./request-rows.ts";

type Told = Pick<MailOrder, "to" | "items" | "detail" | "occurrence"> & { readonly dueAt: Instant };

const told = ({ after }: RequestStep, act: ChainAct, one: Told): MailOrder =>
  mailOrder({
    ...one,
    letter: "inner",
    request: after.id,
    path: requestPath(after.id),
    reason: act.reason,
  });

const itemsOf = (act: ChainAct): readonly string[] =>
  act.name === "request.prepare"
    ? act.args.answers.map(({ item }) => item)
    : act.args.items.map((one) => (typeof one === "string" ? one : one.item));

/** Items that one officer owes by one inner deadline are told of together. */
const together = (
  works: readonly (readonly [string, InnerWork])[],
): readonly { readonly work: InnerWork; readonly items: readonly string[] }[] => {
  const groups = new Map<string, { readonly work: InnerWork; readonly items: string[] }>();
  for (const [item, work] of works) {
    const key = `${work.officer} ${work.dueAt}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { work, items: [item] });
    else known.items.push(item);
  }
  return [...groups.values()];
};

/** Whoever comes next inside the organisation hears that it is his turn: 担当者, 確認者, then 窓口. */
export const innerMails = (step: RequestStep, act: ChainAct): readonly MailOrder[] => {
  const { organisation, inner = {} } = step.after;
  const works = itemsOf(act).flatMap((item) => {
    const work = inner[item];
    return work === undefined ? [] : [[item, work] as const];
  });
  return together(works).map(({ work: { officer, dueAt }, items }) => {
    const what = { items, dueAt, occurrence: `${act.id} ${officer} ${dueAt}` };
    switch (act.name) {
      case "request.allocate":
        return told(step, act, { ...what, to: { person: officer }, detail: "回答の割当て" });
      case "request.prepare":
        return told(step, act, {
          ...what,
          to: { organisation, contact: "confirmer" },
          detail: "回答案の確認の依頼",
        });
      case "request.sign-off":
        return told(step, act, {
          ...what,
          to: { organisation, contact: "window" },
          detail: "回答案の確認済み（提出待ち）",
        });
      case "request.send-back":
        return told(step, act, { ...what, to: { person: officer }, detail: "回答案の差戻し" });
    }
  });
};
