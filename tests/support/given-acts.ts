import { createHash } from "node:crypto";
import type {
  Act,
  ActArgs,
  ActingRole,
  ActName,
  ContentRef,
  GivenAnswer,
  ReviewedItem,
} from "../../domain/acts.ts";
import { organisationId, personId, sha256, type Sha256 } from "../../domain/ids.ts";
import { instant, type Instant } from "../../domain/time.ts";

/** Acts as people give them, for deciders: who, when and why only where it matters. */

const noon = instant("2015-04-10T12:00:00+09:00");

export interface Circumstances {
  readonly person?: string;
  readonly role?: ActingRole;
  readonly organisation?: string;
  readonly at?: Instant;
  readonly reason?: string | null;
}

export const actOf = <Name extends ActName>(
  name: Name,
  args: ActArgs[Name],
  {
    person = "suzuki",
    role = "preparer",
    organisation = "nisc",
    at = noon,
    reason = null,
  }: Circumstances = {},
): Act<Name> => ({
  id: `${name} ${person} ${at}`,
  name,
  actor: { person: personId(person), role, organisation: organisationId(organisation) },
  at,
  reason,
  args,
});

export const hashOf = (text: string): Sha256 => sha256(createHash("sha256").update(text).digest("hex"));
export const contentOf = (text: string): ContentRef => ({ id: `content of ${text}`, hash: hashOf(text) });

export const says = (
  item: string,
  what: GivenAnswer["says"] = "value",
  why: string | null = null,
): GivenAnswer => ({ item, says: what, content: contentOf(`${item} ${what}`), why });

/** The reviewer has read that very answer. */
export const read = ({ item, content }: GivenAnswer): ReviewedItem => ({ item, hash: content.hash });
