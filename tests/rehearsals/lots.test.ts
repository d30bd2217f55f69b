import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { organisationId } from "../../domain/ids.ts";
import { drawWith } from "../../rehearsals/draw.ts";
import { castRoles } from "../../rehearsals/lots.ts";

const roles = [
  { key: "prompt", weight: 20 },
  { key: "late", weight: 5 },
  { key: "silent", weight: 0.01 },
  { key: "never", weight: 0 },
];
const organisations = ["nisc", "npa", "mic", "mofa", "meti", "mod", "ipa"].map(organisationId);
const cast = (seed: number, more: Partial<Parameters<typeof castRoles>[0]> = {}) =>
  castRoles({
    draw: drawWith(seed),
    organisations,
    what: "behaviour",
    behaviours: roles,
    assigned: {},
    ...more,
  });

describe("casting", () => {
  it("shows every behaviour of the script, and none without weight", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const played = new Set([...cast(seed).values()].map(({ key }) => key));
        expect([...played].toSorted()).toEqual(["late", "prompt", "silent"]);
      }),
    );
  });

  it("does not depend on the order in which organisations are asked", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.shuffledSubarray(organisations, { minLength: organisations.length }),
        (seed, order) => {
          const shuffled = cast(seed, { organisations: order });
          for (const [id, { key }] of cast(seed)) expect(shuffled.get(id)?.key).toBe(key);
        },
      ),
    );
  });

  it("leaves everybody's lot alone where an organisation joins, but for what had fallen to nobody", () => {
    const plain = { behaviours: roles.filter(({ key }) => key !== "silent") };
    const joined = cast(7, { ...plain, organisations: [...organisations, organisationId("moe")] });
    for (const [id, { key }] of cast(7, plain)) expect(joined.get(id)?.key).toBe(key);
  });

  it("does as it is told where the script assigns", () => {
    const assigned = Object.fromEntries(organisations.map((id) => [id, "never"]));
    const told = cast(7, { assigned: { ...assigned, ipa: "silent" } });
    expect([...told.values()].map(({ key }) => key)).toEqual([...Array<string>(6).fill("never"), "silent"]);
    expect(() => cast(7, { assigned: { ipa: "nobody" } })).toThrow(RangeError);
  });

  it("falls otherwise for another seed", () => {
    const of = (seed: number) => [...cast(seed).values()].map(({ key }) => key).join(" ");
    expect(new Set(Array.from({ length: 30 }, (_, seed) => of(seed))).size).toBeGreaterThan(5);
  });
});
