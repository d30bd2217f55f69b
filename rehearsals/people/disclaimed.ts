import type { OrganisationId } from "../../domain/ids.ts";
import { behaviourOf } from "../cast.ts";
import type { Cast } from "../view.ts";
import type { ItemReply, RequestReply } from "../wire.ts";
import { askedOf, isAmong } from "./answer.ts";

/** 所管外 with somebody else proposed: what the secretariat thinks of it. */

const proposedOwner = ({ state, answers: [newest] }: ItemReply): OrganisationId | undefined =>
  state.is === "submitted" && newest?.says === "not-applicable" ? newest.written?.owner : undefined;

/** What it does not agree to: it asks the same ministry once more. */
export const insistedOn = (cast: Cast, request: RequestReply): readonly ItemReply[] => {
  const proposed = request.items.filter((item) => proposedOwner(item) !== undefined);
  const all = proposed.map(({ datum }) => datum);
  const share = cast.script.secretariat.disclaimed.insistedShare;
  return proposed.filter((item) => {
    const asked = askedOf(request, item, behaviourOf(cast, request.organisation));
    return isAmong(cast.draw, { ...asked, all }, { what: "insisted", share });
  });
};

/** What it hands on, by whom it asks instead. */
export const handedOn = (
  cast: Cast,
  request: RequestReply,
): ReadonlyMap<OrganisationId, readonly ItemReply[]> => {
  const insisted = insistedOn(cast, request);
  const by = new Map<OrganisationId, readonly ItemReply[]>();
  for (const item of request.items) {
    const owner = proposedOwner(item);
    if (owner !== undefined && !insisted.includes(item)) by.set(owner, [...(by.get(owner) ?? []), item]);
  }
  return by;
};
