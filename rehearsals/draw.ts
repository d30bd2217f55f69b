/**
 * Chance that repeats itself. Every draw is a function of the seed and of what is drawn for: whoever draws first,
 * how often and in which order makes no difference, and another organisation changes nobody else's lot.
 */

const WORD = 0xffff_ffff_ffff_ffffn;
const GOLDEN_GAMMA = 0x9e37_79b9_7f4a_7c15n;
const FNV_BASIS = 0xcbf2_9ce4_8422_2325n;
const FNV_PRIME = 0x100_0000_01b3n;
const DOUBLE_BITS = 53n;

/** FNV-1a, 64 bits, over UTF-8 (Fowler, Noll, Vo; draft-eastlake-fnv). */
export const fnv1a64 = (text: string): bigint =>
  new TextEncoder()
    .encode(text)
    .reduce((hash, byte) => ((hash ^ BigInt(byte)) * FNV_PRIME) & WORD, FNV_BASIS);

/** One output of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014). */
export const splitMix64 = (state: bigint): bigint => {
  let mixed = (state + GOLDEN_GAMMA) & WORD;
  mixed = ((mixed ^ (mixed >> 30n)) * 0xbf58_476d_1ce4_e5b9n) & WORD;
  mixed = ((mixed ^ (mixed >> 27n)) * 0x94d0_49bb_1331_11ebn) & WORD;
  return mixed ^ (mixed >> 31n);
};

/** From 0 inclusive to 1 exclusive. `of` names what is drawn for, e.g. `meti behaviour`. */
export type Draw = (of: string) => number;

export const drawWith =
  (seed: number): Draw =>
  (of) =>
    Number(splitMix64(fnv1a64(`${seed} ${of}`)) >> (64n - DOUBLE_BITS)) / 2 ** Number(DOUBLE_BITS);

/** A whole number from `from` to `to`, both inclusive. */
export const drawWithin = (
  draw: Draw,
  of: string,
  { from, to }: { readonly from: number; readonly to: number },
): number => from + Math.floor(draw(of) * (to - from + 1));

/** @throws RangeError where there is nothing to choose from */
export const drawOne = <Choice>(draw: Draw, of: string, choices: readonly Choice[]): Choice => {
  const chosen = choices[Math.floor(draw(of) * choices.length)];
  if (chosen === undefined) throw new RangeError(`nothing to choose from for ${of}`);
  return chosen;
};

/** Each as likely as its weight says. @throws RangeError where no weight is above zero */
export const drawWeighted = <Choice extends { readonly weight: number }>(
  draw: Draw,
  of: string,
  choices: readonly Choice[],
): Choice => {
  let left = draw(of) * choices.reduce((sum, { weight }) => sum + weight, 0);
  for (const choice of choices) {
    left -= choice.weight;
    if (left < 0) return choice;
  }
  throw new RangeError(`nothing to choose from for ${of}`);
};
