import { InvalidArgumentError } from "commander";
import type { PlainDate } from "../domain/time.ts";
import { dateArgument } from "./date-argument.ts";

/** What is to be different, as options say it. */
export interface ChangeOptions {
  readonly request?: string;
  readonly due?: PlainDate;
  readonly holiday?: { readonly date: PlainDate; readonly name: string };
  readonly openDay?: PlainDate;
  readonly window?: { readonly from: string; readonly until: string };
  readonly rung?: readonly RungOption[];
  readonly contact?: { readonly organisation: string; readonly role: string };
  readonly leaves?: string;
  readonly comes?: string;
  readonly name?: string;
  readonly title?: string;
  readonly email?: string;
}

/** A rung of a kind's ladder that is moved, or left out where the offset is null. */
interface RungOption {
  readonly kind: string;
  readonly name: string;
  readonly offsetBusinessDays: number | null;
}

const parts = (raw: string, pattern: RegExp, says: string): readonly string[] => {
  const [, ...found] = pattern.exec(raw) ?? [];
  if (found.length === 0) throw new InvalidArgumentError(says);
  return found;
};

export const holidayArgument = (raw: string): ChangeOptions["holiday"] => {
  const [date = "", name = ""] = parts(
    raw,
    /^(\d{4}-\d{2}-\d{2})=(.+)$/,
    "2015-04-30=臨時閉庁日 のように、日付と名前を書いてください。",
  );
  return { date: dateArgument(date), name };
};

export const windowArgument = (raw: string): ChangeOptions["window"] => {
  const says = "10:00-16:00 のように、始めと終わりを書いてください。";
  const [from = "", until = ""] = parts(raw, /^(\d{2}:\d{2})-(\d{2}:\d{2})$/, says);
  return { from, until };
};

export const contactArgument = (raw: string): ChangeOptions["contact"] => {
  const says = "meti:window のように、組織と役割（window・officer・confirmer）を書いてください。";
  const [organisation = "", role = ""] = parts(raw, /^([a-z0-9-]+):(window|officer|confirmer)$/, says);
  return { organisation, role };
};

export const rungArgument = (raw: string, before: readonly RungOption[] = []): readonly RungOption[] => {
  const says =
    "data:dun-1=2（2開庁日後に移す）、data:dun-3=none（やめる）のように、照会の種類・段・日数を書いてください。";
  const pattern = /^(data|survey|chapter|consultation):([A-Za-z0-9-]+)=(none|[+-]?\d{1,3})$/;
  const [kind = "", name = "", offset = ""] = parts(raw, pattern, says);
  return [...before, { kind, name, offsetBusinessDays: offset === "none" ? null : Number(offset) }];
};

interface PlannedRung {
  readonly name: string;
  readonly offsetBusinessDays: number;
}
/** The ladder of a kind as the plan in force has it. */
export type LadderOf = (kind: string) => Promise<readonly PlannedRung[]>;

/** The ladder with its rungs moved, in the order of their days. */
const ladderChange = async (rungs: readonly RungOption[], ladderOf: LadderOf): Promise<object> => {
  const [first, ...others] = rungs;
  if (first === undefined || others.some(({ kind }) => kind !== first.kind))
    throw new InvalidArgumentError("一度に変えられるのは、一種類の照会の段だけです。");
  const ladder = await ladderOf(first.kind);
  const unknown = rungs.find(({ name }) => ladder.every((rung) => rung.name !== name));
  if (unknown !== undefined) throw new InvalidArgumentError(`${unknown.name} という段はありません。`);
  const changed = ladder.flatMap((rung) => {
    const asked = rungs.find(({ name }) => name === rung.name);
    if (asked === undefined) return [rung];
    const { offsetBusinessDays } = asked;
    return offsetBusinessDays === null ? [] : [{ ...rung, offsetBusinessDays }];
  });
  const inOrder = changed.toSorted((a, b) => a.offsetBusinessDays - b.offsetBusinessDays);
  return { is: "ladder", kind: first.kind, rungs: inOrder };
};

const contactChange = ({ contact, leaves, comes, name, title, email }: ChangeOptions): object => ({
  is: "contact",
  ...contact,
  leaves: leaves ?? null,
  comes:
    comes === undefined
      ? null
      : { id: comes, ...(name && { name }), ...(title && { title }), ...(email && { email }) },
});

/** The one change that the options ask for. @throws InvalidArgumentError where they ask for none or several */
export const changeOf = async (options: ChangeOptions, ladderOf: LadderOf): Promise<object> => {
  const { request, due, holiday, openDay, window, rung, contact } = options;
  const asked = [due, holiday, openDay, window, rung, contact].filter((one) => one !== undefined);
  if (asked.length !== 1)
    throw new InvalidArgumentError(
      "--due、--holiday、--open-day、--window、--rung、--contact のうち一つを指定してください。",
    );
  if (due !== undefined) {
    if (request === undefined) throw new InvalidArgumentError("どの照会か、--request で指定してください。");
    return { is: "due", request, dueOn: due };
  }
  if (holiday !== undefined) return { is: "holiday-added", ...holiday };
  if (openDay !== undefined) return { is: "holiday-removed", date: openDay };
  if (window !== undefined) return { is: "send-window", ...window };
  return rung === undefined ? contactChange(options) : ladderChange(rung, ladderOf);
};
