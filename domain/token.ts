import type { CycleKey, OrganisationId } from "./ids.ts";
import type { Action } from "./policy.ts";

/** What a token reaches of what its owner may do: actions × organisation × cycle. */
export interface TokenScope {
  /** null: all that the post may do by token. Only the embedded mode makes such tokens. */
  readonly actions: readonly Action[] | null;
  /** Whose things; null: of all whom the post sees. */
  readonly organisation: OrganisationId | null;
  /** null: every year's. */
  readonly cycle: CycleKey | null;
}

/** Where what is asked for belongs, as far as the address says. */
export interface Place {
  readonly organisation: OrganisationId | null;
  readonly cycle: CycleKey | null;
}

/** Whoever holds a token may know whose it is, and what became of an act of its own. */
const always: readonly Action[] = ["me", "act"];

/** A scope never widens: what does not say where it belongs is beyond a token that is bound to a place. */
export const reaches = (scope: TokenScope, action: Action, place: Place): boolean =>
  always.includes(action) ||
  ((scope.actions === null || scope.actions.includes(action)) &&
    (scope.organisation === null || scope.organisation === place.organisation) &&
    (scope.cycle === null || scope.cycle === place.cycle));
