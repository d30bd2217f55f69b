import type { IndicatorKey } from "../domain/ids.ts";

/** The labels of Japanese official texts in their order, and how each is written in Latin letters (ヘボン式). */
const kana = [
  ..."アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
];
const latin = (
  "a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no " +
  "ha hi fu he ho ma mi mu me mo ya yu yo ra ri ru re ro wa wo n"
).split(" ");

const spelled = (label: string): string =>
  latin[kana.indexOf(label)] ?? `u${label.codePointAt(0)?.toString(16) ?? ""}`;

/**
 * The key of the datum that serves one indicator and no other: `1-4-0-ケ/2` becomes `1-4-0-ke-2`. ASCII, because it
 * is a part of ids; from the indicator alone, so that it stays when others come and go.
 */
export const datumKeyOf = (indicator: IndicatorKey): string =>
  indicator.replace(/([ァ-ヺ])\/(\d)$/, (_, label: string, number: string) => `${spelled(label)}-${number}`);
