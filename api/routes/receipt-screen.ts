import { z } from "zod";
import { actById, type StoredAct } from "../../db/queries/acts.ts";
import { namesOf } from "../../db/queries/home.ts";
import { askedItems } from "../../db/queries/items.ts";
import type { Act } from "../../domain/acts.ts";
import { aroundOf } from "../around.ts";
import { causeFor } from "../causes.ts";
import type { Screen } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import { receiptPage, type ReceiptView } from "../pages/receipt.tsx";
import { ProblemError, problemOf } from "../problems.ts";

const Params = z.object({ id: z.uuid() });

const itemsNamed = ({ args }: Act): readonly string[] => {
  if ("answers" in args) return args.answers.map(({ item }) => item);
  if ("items" in args) return args.items.map((item) => (typeof item === "string" ? item : item.item));
  return [];
};

const standingOf = ({ standing }: StoredAct): ReceiptView["standing"] =>
  standing.is === "refused" ? { is: "refused", ...problemOf(standing.refusal) } : standing;

/** The screen of the workflow that got it. */
const wayOf = (workflow: string, cycle: string): ReceiptView["way"] => {
  const [type = "", ...rest] = workflow.split("-");
  if (type === "request") return { href: `/requests/${rest.join("-")}`, name: "照会" };
  if (type === "survey") return { href: `/surveys/${rest.join("-")}`, name: "補完調査" };
  return { href: `/?cycle=${cycle}`, name: "年次サイクル" };
};

const show: Screen["show"] = async (deps, exchange) => {
  const { request, reply } = exchange;
  const params = Params.safeParse(request.params);
  const stored = params.success ? await actById(deps.db, params.data.id) : undefined;
  if (stored?.act == null || stored.cycle === null || stored.workflow === null)
    throw new ProblemError("not-found");
  const { act, cycle, workflow, name, person, standing } = stored;
  const around = await aroundOf(deps, { cycle, exchange, tried: null });
  const asked = await askedItems(deps.db, itemsNamed(act));
  return sendPage(
    reply,
    receiptPage({
      frame: around.frame,
      act: stored.id,
      name,
      cycle,
      at: act.at,
      by: (await namesOf(deps.db, [person])).get(person) ?? person,
      reason: act.reason,
      standing: standingOf(stored),
      recorded: standing.is === "done" ? causeFor(around)(standing.sequence) : null,
      hash: standing.is === "done" ? standing.hash : null,
      about: itemsNamed(act).flatMap((item) => asked.get(item)?.text ?? []),
      way: wayOf(workflow, cycle),
    }),
  );
};

/** /acts/{id}: the receipt of what one did. */
export const receiptScreen: Screen = { url: "/acts/:id", view: "act", about: "act", show, forms: [] };
