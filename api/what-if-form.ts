import { z } from "zod";
import { namesOf } from "../db/queries/home.ts";
import type { PlannedMail } from "../domain/forecast-standing.ts";
import { letterNames } from "../domain/letters.ts";
import { reasonFor } from "../domain/plan-change.ts";
import { wareki } from "../domain/wareki.ts";
import type { Around } from "./around.ts";
import { readForm, type FieldMistake, type Fields } from "./form-fields.ts";
import type { MailChange } from "./pages/what-if.tsx";
import { date, time } from "./schemas.ts";
import type { ScreenDeps } from "./screens.ts";
import type { AnyChange, Found } from "./what-if.ts";

/** 試算の様式: the changes that a form can ask about. */

const changeSchema = z.discriminatedUnion("is", [
  z.object({ is: z.literal("due"), request: z.string().min(1), dueOn: date }),
  z.object({ is: z.literal("holiday-added"), date, name: z.string().min(1).max(100) }),
  z.object({ is: z.literal("holiday-removed"), date }),
  z.object({ is: z.literal("send-window"), from: time, until: time }),
]);

const needs: Readonly<Record<string, readonly (readonly [field: string, as: string, label: string])[]>> = {
  due: [
    ["request", "request", "照会"],
    ["dueOn", "dueOn", "新しい期限"],
  ],
  "holiday-added": [
    ["date", "date", "閉庁日とする日"],
    ["name", "name", "閉庁日の名称"],
  ],
  "holiday-removed": [["holiday", "date", "開庁日とする休日"]],
  "send-window": [
    ["from", "from", "送る時間帯の始め"],
    ["until", "until", "送る時間帯の終わり"],
  ],
};

export interface Asked {
  readonly change: AnyChange;
  readonly reason: string | undefined;
  /** The fields that say so, to be sent again. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What the form asks for, or what is wrong with it. */
export const askedOf = (fields: Fields): Asked | readonly FieldMistake[] => {
  const form = readForm(fields);
  const is = form.picked("is", "変えること");
  const given = (needs[is] ?? []).map(
    ([field, as, label]) => [field, as, form.needed(field, label)] as const,
  );
  const read = form.calling({ path: "", body: {} });
  if ("mistakes" in read) return read.mistakes;
  const parsed = changeSchema.safeParse({
    is,
    ...Object.fromEntries(given.map(([, as, value]) => [as, value])),
  });
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => ({
      field: given.find(([, as]) => as === path[0])?.[0] ?? "is",
      message,
    }));
  const reason = form.text("reason");
  return {
    change: parsed.data,
    reason: reason === "" ? undefined : reason,
    fields: { is, reason, ...Object.fromEntries(given.map(([field, , value]) => [field, value])) },
  };
};

/** The change in a sentence. @param nameOfRequest how the screen calls a request */
export const changeText = (change: AnyChange, nameOfRequest: (id: string) => string): string =>
  change.is === "due"
    ? `${nameOfRequest(change.request)}の期限を${wareki(change.dueOn)}とした場合`
    : reasonFor(change).replace(/ため。$/, "場合");

/** Every mail that is another one with the change. */
export const mailChanges = async (
  { db }: ScreenDeps,
  { plan }: Around,
  { mails }: Found,
): Promise<readonly MailChange[]> => {
  const { added, removed, moved } = mails;
  const all = [...added, ...removed, ...moved.map(({ to }) => to)];
  const names = await namesOf(db, [...new Set(all.map(({ contact }) => contact))]);
  const rungs = Object.values(plan.ladders).flat();
  const row = (
    n: number,
    change: MailChange["change"],
    before: PlannedMail | null,
    after: PlannedMail | null,
  ) => {
    const mail = after ?? before;
    if (mail === null) return [];
    const { letter, rung, contact } = mail;
    const label = rungs.find(({ name }) => name === rung)?.label ?? letterNames[letter];
    const person = names.get(contact) ?? contact;
    return [
      {
        id: `${change}${n}`,
        change,
        before: before?.at ?? null,
        after: after?.at ?? null,
        letter: label,
        person,
      },
    ];
  };
  return [
    ...added.flatMap((mail, n) => row(n, "増", null, mail)),
    ...removed.flatMap((mail, n) => row(n, "減", mail, null)),
    ...moved.flatMap(({ from, to }, n) => row(n, "移", from, to)),
  ];
};
