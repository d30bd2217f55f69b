/**
 * Windows-31J, which ministries' older tools still want. Node.js reads it and does not write it: the table is what
 * the reader makes of every byte and pair (Encoding Standard, index jis0208). Of two pairs for one character the first
 * counts; NEC's selection of IBM's extensions is the second (lead bytes ED–EF). User-defined characters (lead
 * bytes F0–F9) mean nothing on another machine: they count as lost.
 */
const rangeOf = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n);
const leads = [...rangeOf(0x81, 0x9f), ...rangeOf(0xe0, 0xec), ...rangeOf(0xfa, 0xfc)];
const trails = [...rangeOf(0x40, 0x7e), ...rangeOf(0x80, 0xfc)];
const singles = [...rangeOf(0x00, 0x7f), ...rangeOf(0xa1, 0xdf)];

const tableOf = (): ReadonlyMap<string, readonly number[]> => {
  const decoder = new TextDecoder("shift_jis");
  const table = new Map<string, readonly number[]>();
  const all = [
    ...singles.map((byte) => [byte]),
    ...leads.flatMap((lead) => trails.map((trail) => [lead, trail])),
  ];
  for (const bytes of all) {
    const letter = decoder.decode(Uint8Array.from(bytes));
    const isOne = Array.from(letter).length === 1 && letter !== "\u{fffd}";
    if (isOne && !table.has(letter)) table.set(letter, bytes);
  }
  return table;
};

const table = tableOf();

/** What the text would lose, each once, in its order. */
export const lostIn = (text: string): readonly string[] => [
  ...new Set(Array.from(text).filter((letter) => !table.has(letter))),
];

/** @throws RangeError for a text that would lose something */
export const encodeCp932 = (text: string): Uint8Array =>
  Uint8Array.from(
    Array.from(text).flatMap((letter) => {
      const bytes = table.get(letter);
      if (bytes === undefined) throw new RangeError(`not in Windows-31J: ${letter}`);
      return bytes;
    }),
  );
