import type { Tx } from "../db/client.ts";
import type { Addressee } from "../db/queries/directory.ts";
import { askedItems, askedRequests, type AskedItem, type AskedRequest } from "../db/queries/items.ts";
import { namesOf } from "../db/queries/home.ts";
import type { DecisionArgs } from "../domain/acts.ts";
import { markText, type RecordMark } from "../domain/checkpoint.ts";
import type { PersonId } from "../domain/ids.ts";
import { addressedTo, calendarEntry, dueOf, type WritingDesk } from "./addressing.ts";
import type { MailOrder } from "./contract.ts";
import type { Due, LetterFacts } from "./letters/facts.ts";
import { letterOf } from "./letters/letter.ts";
import type { NewMail } from "./outbox.ts";
import { recipientsOf } from "./recipients.ts";

/** What the orders are about, as the rows have it now. */
interface Rows {
  readonly items: ReadonlyMap<string, AskedItem>;
  readonly requests: ReadonlyMap<string, AskedRequest>;
  /** Of those whom an order names. */
  readonly names: ReadonlyMap<PersonId, string>;
  /** The decision taken in the same record. */
  readonly decision: DecisionArgs | null;
  /** The record's last signed head, where the record is an approval or a decision. */
  readonly mark: RecordMark | null;
}
interface Writing {
  readonly desk: WritingDesk;
  readonly rows: Rows;
  readonly order: MailOrder;
}

/** What an order leaves out that its letter can't do without is a mistake of who ordered it. */
const needed = <Value>(value: Value | null | undefined, { letter, occurrence }: MailOrder): Value => {
  if (value === null || value === undefined) throw new Error(`not enough for a ${letter}: ${occurrence}`);
  return value;
};

const requestOf = ({ rows, order }: Writing): AskedRequest =>
  needed(rows.requests.get(order.request ?? ""), order);

/** The day of its own if the order names one, else the request's with its reasons. */
const dueOfOrder = (writing: Writing): Due => {
  const { dueAt } = writing.order;
  return dueAt === null ? dueOf(writing.desk.cycle, requestOf(writing)) : { at: dueAt, why: [] };
};

const itemTexts = ({ rows, order }: Writing): readonly string[] =>
  order.items.map((item) => needed(rows.items.get(item), order).text);

/** With what is wrong with this very answer, where that is not the letter's reason. */
const returnedText = ({ text, returnedFor }: AskedItem, reason: string): string =>
  returnedFor === null || returnedFor === reason ? text : `${text}（理由：${returnedFor}）`;
/** Who entered it, for whom. */
const enteredText = ({ order, rows: { names } }: Writing): string => {
  const { by, of } = needed(order.entered, order);
  return `事務局の${names.get(by) ?? by}が、${names.get(of) ?? of}様の御依頼により入力しました。`;
};

const factsOf = (writing: Writing, addressee: Addressee): LetterFacts => {
  const { order, rows, desk } = writing;
  const { letter, detail } = order;
  const to = addressedTo(desk, addressee, order.path);
  const reason = () => needed(order.reason, order);
  const term = () => ({ due: dueOfOrder(writing), closeAt: requestOf(writing).closeAt });
  switch (letter) {
    case "inquiry":
    case "reminder":
      return { ...to, kind: letter, items: itemTexts(writing), ...term() };
    case "receipt":
      return { ...to, kind: letter, items: itemTexts(writing) };
    case "entered":
      return {
        ...to,
        kind: letter,
        items: itemTexts(writing),
        detail: enteredText(writing),
        reason: reason(),
      };
    case "inner":
      return {
        ...to,
        kind: letter,
        items: itemTexts(writing),
        detail,
        reason: order.reason ?? "なし",
        due: dueOfOrder(writing),
      };
    case "returned": {
      const items = order.items.map((item) => returnedText(needed(rows.items.get(item), order), reason()));
      return { ...to, kind: letter, items, reason: reason(), due: dueOfOrder(writing) };
    }
    case "survey":
      return { ...to, kind: letter, items: itemTexts(writing), reason: reason(), due: dueOfOrder(writing) };
    case "extension":
    case "consultation":
      return { ...to, kind: letter, detail, ...term() };
    case "halted":
      return { ...to, kind: letter, detail, items: itemTexts(writing), reason: reason() };
    case "disposition":
    case "approval-turn":
      return { ...to, kind: letter, detail };
    case "approval-returned":
      return { ...to, kind: letter, detail, reason: reason() };
    case "decided": {
      const { meeting, heldOn } = needed(rows.decision, order);
      return { ...to, kind: letter, detail, meeting, heldOn };
    }
    case "published":
      return { ...to, kind: letter };
    case "notice":
      return { ...to, kind: letter, detail, items: itemTexts(writing) };
  }
};

/** Letters that set or move a request's due date bring it along for the recipient's calendar. */
const icsOf = (writing: Writing): string | null => {
  switch (writing.order.letter) {
    case "inquiry":
    case "consultation":
    case "extension":
      return calendarEntry(writing.desk, requestOf(writing));
    case "reminder":
    case "receipt":
    case "entered":
    case "inner":
    case "returned":
    case "halted":
    case "survey":
    case "disposition":
    case "approval-turn":
    case "approval-returned":
    case "decided":
    case "published":
    case "notice":
      return null;
  }
};

/** Letters about 決裁 and 本部決定 carry the record's last signed head, for whoever keeps them. */
const markLine = ({ order: { letter }, rows: { mark } }: Writing): string =>
  mark !== null && (letter === "approval-turn" || letter === "approval-returned" || letter === "decided")
    ? `\n監査記録の控え　${markText(mark)}\n`
    : "";

const mailOf = (writing: Writing, addressee: Addressee, ics: string | null): NewMail => {
  const { order, desk } = writing;
  const { person, name, address, organisation } = addressee;
  const { letter, occurrence, request, items } = order;
  const { subject, text } = letterOf(factsOf(writing, addressee));
  const { cycle } = desk.cycle;
  const written = { cycle, letter, person, occurrence, name, address, organisation, request, items };
  return { ...written, rung: null, subject, text: `${text}${markLine(writing)}`, ics, at: desk.now };
};

/** The ordered letters, one for each person, in the plan's words and with the rows' dates and texts. */
export const lettersOf = async (
  tx: Tx,
  desk: WritingDesk,
  {
    orders,
    decision = null,
    mark = null,
  }: {
    readonly orders: readonly MailOrder[];
    readonly decision?: DecisionArgs | null;
    readonly mark?: RecordMark | null;
  },
): Promise<readonly NewMail[]> => {
  if (orders.length === 0) return [];
  const rows: Rows = {
    items: await askedItems(tx, [...new Set(orders.flatMap(({ items }) => items))]),
    requests: await askedRequests(tx, [
      ...new Set(orders.flatMap(({ request }) => (request === null ? [] : [request]))),
    ]),
    decision,
    mark,
    names: await namesOf(
      tx,
      orders.flatMap(({ entered }) => (entered === undefined ? [] : [entered.by, entered.of])),
    ),
  };
  const addressed = await recipientsOf(tx, orders, desk.cycle.plan);
  return addressed.flatMap(([order, addressees]) => {
    const writing = { desk, rows, order };
    const ics = addressees.length === 0 ? null : icsOf(writing);
    return addressees.map((addressee) => mailOf(writing, addressee, ics));
  });
};
