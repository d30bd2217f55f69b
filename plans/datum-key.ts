import type { IndicatorKey } from "../domain/ids.ts";

/** The labels of Japanese official texts in their order, each with its Latin spelling (ヘボン式). */
const spellings = new Map(
  (
    "ア-a イ-i ウ-u エ-e オ-o カ-ka キ-ki ク-ku ケ-ke コ-ko サ-sa シ-shi ス-su セ-se ソ-so " +
    "タ-ta チ-chi ツ-tsu テ-te ト-to ナ-na ニ-ni ヌ-nu ネ-ne ノ-no ハ-ha ヒ-hi フ-fu ヘ-he ホ-ho " +
    "マ-ma ミ-mi ム-mu メ-me モ-mo ヤ-ya ユ-yu ヨ-yo ラ-ra リ-ri ル-ru レ-re ロ-ro ワ-wa ヲ-wo ン-n"
  )
    .split(" ")
    .map((pair): [string, string] => [pair.slice(0, 1), pair.slice(2)]),
);

/** Other characters that a label may have are spelled by their code points. */
const spelled = (label: string): string =>
  spellings.get(label) ?? `u${label.codePointAt(0)?.toString(16) ?? ""}`;

/**
 * The key of the datum that serves one indicator and no other: `1-4-0-ケ/2` becomes `1-4-0-ke-2`. ASCII, because it
 * is a part of ids; from the indicator alone, so that it stays when others come and go.
 */
export const datumKeyOf = (indicator: IndicatorKey): string =>
  indicator.replace(/([ァ-ヺ])\/(\d)$/, (_, label: string, number: string) => `${spelled(label)}-${number}`);
