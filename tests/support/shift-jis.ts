const LEADS = { from: 0x81, count: 0x9f - 0x81 + 1 };
const TRAILS = { from: 0x40, count: 0xfc - 0x40 + 1 };
const rangeOf = ({ from, count }: typeof LEADS): readonly number[] =>
  Array.from({ length: count }, (_, n) => from + n);

const decoder = new TextDecoder("shift_jis");
/** The pairs of bytes of JIS X 0208's first half, where the words of a calendar stand. */
const pairs = new Map(
  rangeOf(LEADS).flatMap((lead) =>
    rangeOf(TRAILS).map((trail) => [decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]] as const),
  ),
);

/** ASCII and the commoner 漢字 as bytes of Shift_JIS, which Node reads and does not write. */
export const shiftJis = (text: string): Uint8Array =>
  Uint8Array.from(Array.from(text).flatMap((letter) => pairs.get(letter) ?? [letter.charCodeAt(0)]));
