import type { OrganisationId } from "../domain/ids.ts";
import { drawWeighted, type Draw } from "./draw.ts";

interface Role {
  readonly key: string;
  readonly weight: number;
}
export interface Casting<Kind extends Role> {
  readonly draw: Draw;
  readonly organisations: readonly OrganisationId[];
  /** What the lots are for: two castings of one rehearsal don't depend on each other. */
  readonly what: string;
  readonly behaviours: readonly Kind[];
  readonly assigned: Readonly<Record<string, string>>;
}
type Roles<Kind> = ReadonlyMap<OrganisationId, Kind>;

/** @throws RangeError for a key that is not in the list */
export const roleNamed = <Kind extends Role>(behaviours: readonly Kind[], key: string): Kind => {
  const found = behaviours.find((one) => one.key === key);
  if (found === undefined) throw new RangeError(`no behaviour ${key} in the script`);
  return found;
};

/** Gives the role nobody has to whoever's lot for it is lowest among those whose own role is taken twice. */
const withRole = <Kind extends Role>(
  roles: Roles<Kind>,
  { role, free, lot }: { role: Kind; free: readonly OrganisationId[]; lot: (id: OrganisationId) => number },
): Roles<Kind> => {
  const holders = (key: string): number => [...roles.values()].filter((one) => one.key === key).length;
  const [lowest] = free
    .filter((id) => holders(roles.get(id)?.key ?? "") > 1)
    .toSorted((one, other) => lot(one) - lot(other));
  return lowest === undefined ? roles : new Map([...roles, [lowest, role]]);
};

/**
 * Who behaves how: as the script assigns, else as the organisation's own lot falls. A behaviour that fell to nobody
 * goes to one organisation all the same, so that a rehearsal shows everything its script holds.
 */
export const castRoles = <Kind extends Role>({
  draw,
  organisations,
  what,
  behaviours,
  assigned,
}: Casting<Kind>): Roles<Kind> => {
  const free = organisations.filter((id) => assigned[id] === undefined);
  const drawn: Roles<Kind> = new Map(
    organisations.map((id) => {
      const given = assigned[id];
      return [
        id,
        given === undefined ? drawWeighted(draw, `${id} ${what}`, behaviours) : roleNamed(behaviours, given),
      ];
    }),
  );
  return behaviours
    .filter(({ weight }) => weight > 0)
    .reduce(
      (roles, role) =>
        [...roles.values()].some(({ key }) => key === role.key)
          ? roles
          : withRole(roles, { role, free, lot: (id) => draw(`${id} ${what} ${role.key}`) }),
      drawn,
    );
};
