import { dateOf, type Instant } from "../../domain/time.ts";
import { hourOf, warekiTime, weekdayName } from "../../domain/wareki.ts";
import type { DigestEntry, Due } from "./facts.ts";

/** A subject and an entry of a list stay one line, whatever the facts hold. */
export const oneLine = (text: string): string => text.trim().replaceAll(/\s*[\r\n]+\s*/g, " ");

/** e.g. 4/17(金)17時: short enough for a subject. */
export const shortTime = (instant: Instant): string => {
  const date = dateOf(instant);
  const [month, day] = [Number(date.slice(5, 7)), Number(date.slice(8))];
  return `${month}/${day}(${weekdayName(date)})${hourOf(instant)}`;
};

/** e.g. 〔4/17(金)17時〆〕 */
export const dueMark = (dueAt: Instant): string => `〔${shortTime(dueAt)}〆〕`;

/** e.g. 平成27年4月30日（木）17時（照会の日の8開庁日後。4月29日（昭和の日）を除く） */
export const dueText = ({ at, why }: Due): string =>
  why.length === 0 ? warekiTime(at) : `${warekiTime(at)}（${why.join("。")}）`;

export const itemLines = (items: readonly string[], indent = ""): string =>
  items.map((item) => `${indent}・${oneLine(item)}`).join("\n");

const entryLines = (entry: DigestEntry, number: number, now: Instant): string => {
  const late = entry.due.at < now ? "　※期限を過ぎています。" : "";
  return [
    `${number}　【${entry.label}】${oneLine(entry.name)}（${oneLine(entry.organisation)}）`,
    `　期限　${dueText(entry.due)}${late}`,
    `　締切　${warekiTime(entry.closeAt)}`,
    itemLines(entry.items, "　"),
    `　${entry.link}`,
  ].join("\n");
};

/** The requests of a digest, numbered, each with its dates, what is still owed and where to answer. */
export const digestLines = (requests: readonly DigestEntry[], now: Instant): string =>
  requests.map((entry, index) => entryLines(entry, index + 1, now)).join("\n\n");
