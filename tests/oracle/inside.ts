import { instantOf, isOwed, type Asked, type Item } from "./asked.ts";
import type { Deed } from "./deed.ts";
import { grouped } from "./grouped.ts";
import { holders } from "./letters.ts";
import type { World } from "./world.ts";

/** 組織内の手順: who is to prepare an answer inside his organisation, and until when; by docs/ministry.md. */

/** The officer still owes it: 窓口 has allocated it, or 確認者 has sent it back. */
export const isWithOfficer = (item: Item): boolean =>
  isOwed(item) && (item.inside?.is === "allocated" || item.inside?.is === "sent-back");

/** Whoever's turn it is next hears of it: by officer and inner deadline one letter to each. */
const told = (world: World, { organisation }: Asked, deed: Deed, items: readonly Item[]): void => {
  for (const group of grouped(items, ({ inside }) => `${inside?.officer} ${inside?.due}`).values()) {
    const officer = group[0]?.inside?.officer ?? "?";
    const readers: Readonly<Record<string, readonly string[]>> = {
      "request.allocate": [officer],
      "request.send-back": [officer],
      "request.prepare": holders(world.year, organisation, ["confirmer"]).map(({ id }) => id),
      "request.sign-off": holders(world.year, organisation, ["window"]).map(({ id }) => id),
    };
    for (const contact of readers[deed.action] ?? [])
      world.mails.push({
        at: deed.at,
        contact,
        organisation,
        kind: "inner",
        rung: null,
        items: group.map(({ datum }) => datum).toSorted(),
      });
  }
};

const allocated = (world: World, { at, officer, dueOn }: Deed, items: readonly Item[]): void => {
  const due = instantOf(dueOn ?? "?", world.year.closingTime);
  for (const item of items) item.inside = { is: "allocated", officer: officer ?? "?", due, since: at };
};

/** False where it is no step inside. */
export const happenInside = (world: World, request: Asked, deed: Deed): boolean => {
  const named = [...deed.items, ...deed.answers.map(({ item }) => item)];
  const items = request.items.filter(({ datum }) => named.includes(datum));
  const become = (is: "prepared" | "sent-back" | "signed-off"): void => {
    for (const { inside } of items) if (inside !== null) inside.is = is;
  };
  switch (deed.action) {
    case "request.allocate":
      allocated(world, deed, items);
      break;
    case "request.prepare":
      become("prepared");
      break;
    case "request.send-back":
      become("sent-back");
      break;
    case "request.sign-off":
      become("signed-off");
      break;
    default:
      return false;
  }
  told(world, request, deed, items);
  return true;
};
