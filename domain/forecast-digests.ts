import { isOwed } from "./answer.ts";
import { secretariatLead } from "./catalogue.ts";
import { digestsOf, type OwedRow } from "./digest.ts";
import type { OrganisationId, PersonId } from "./ids.ts";
import { ladderDueAt, ownRungs, owedRung, type RungInstant } from "./ladder.ts";
import type { LadderRung, RequestKind } from "./plan.ts";
import { remembering } from "./remembering.ts";
import { at, type Instant } from "./time.ts";
import {
  plannedYear,
  makeReaders,
  type PlannedMail,
  type Reader,
  type SentRung,
  type Standing,
} from "./forecast-standing.ts";

/** One thing somebody still has to do, with the ladder it is chased by. */
interface Chased {
  readonly kind: RequestKind;
  /** The request's id, or the survey's. */
  readonly request: string;
  readonly organisation: OrganisationId;
  readonly item: string;
  readonly dueAt: Instant;
  /** Since when it counts from that day, where its ladder stood before. */
  readonly since?: Instant | undefined;
  /** A survey's step that the secretariat itself has to do. */
  readonly isSecretariats?: boolean | undefined;
}

const chasedOf = (standing: Standing): readonly Chased[] => {
  const { closingTime } = plannedYear(standing).rules;
  const surveys = new Map(standing.surveys.map((one) => [one.survey, one]));
  return standing.requests.flatMap(({ request, joined }) => {
    const { kind, organisation, id } = request;
    return Object.entries(request.items).flatMap(([item, state]): readonly Chased[] => {
      if (state.is === "surveying") {
        const survey = surveys.get(state.survey);
        if (survey === undefined) return [];
        const { isSecretariats, dueOn, organisation: whose } = survey;
        const dueAt = at(dueOn, closingTime);
        return [{ kind: "survey", request: state.survey, organisation: whose, item, dueAt, isSecretariats }];
      }
      // While it stands still nothing of it is asked for.
      const dueAt = isOwed(state) && request.paused === null ? ladderDueAt(state, request) : undefined;
      return dueAt === undefined
        ? []
        : [{ kind, request: id, organisation, item, dueAt, since: joined?.[item] }];
    });
  });
};

const ladderKey = ({ request, dueAt }: { readonly request: string; readonly dueAt: Instant }): string =>
  `${request} ${dueAt}`;
const sentKey = ({ item, dueAt, person }: Omit<SentRung, "rung">): string => `${item} ${dueAt} ${person}`;

const sentNames = (sent: readonly SentRung[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const names = new Map<string, Set<string>>();
  for (const one of sent) {
    const known = names.get(sentKey(one));
    if (known === undefined) names.set(sentKey(one), new Set([one.rung]));
    else known.add(one.rung);
  }
  return names;
};

/** Who is written to about a rung of an organisation's ladder: looked up once for all of its items. */
const makeRecipients = (standing: Standing) => {
  const readersOf = makeReaders(standing);
  const lead = secretariatLead(standing.plan)?.id;
  const leaders = standing.directory.filter(({ id, reachable }) => reachable && id === lead);
  const once = remembering<readonly Reader[]>();
  return ({ organisation: of, isSecretariats = false }: Chased, rung: LadderRung): readonly Reader[] => {
    const contact = [...rung.to, ...rung.cc];
    const whom = isSecretariats ? ({ staff: "preparer" } as const) : { of, contact };
    return once(`${isSecretariats ? "" : of} ${contact.join(" ")} ${rung.lead}`, () => [
      ...new Set([...readersOf(whom), ...(rung.lead ? leaders : [])]),
    ]);
  };
};

/** Of what was chased by then already only a ladder that has come to its next rung since can be owed one. */
const laddersToAsk = (
  { ladders, chasedAt }: Standing,
  now: Instant,
): ReadonlyMap<string, readonly RungInstant[]> =>
  new Map(
    ladders
      .filter(({ rungs }) =>
        rungs.some((rung) => rung.at <= now && (chasedAt === null || rung.at > chasedAt)),
      )
      .map((ladder) => [ladderKey(ladder), ladder.rungs]),
  );

const owedRows = (standing: Standing, now: Instant): readonly OwedRow[] => {
  const ladders = laddersToAsk(standing, now);
  const sent = sentNames(standing.chasedAt === null ? standing.sent : []);
  const recipients = makeRecipients(standing);
  return chasedOf(standing).flatMap((one) => {
    const { kind, since, isSecretariats: _ours, ...chased } = one;
    const rungs = ownRungs(ladders.get(ladderKey(chased)) ?? [], since);
    const come = owedRung(rungs, new Set(), now);
    const rung = standing.plan.ladders[kind].find(({ name }) => name === come?.name);
    if (rung === undefined) return [];
    return recipients(one, rung)
      .filter(({ id: person }) => {
        const had = sent.get(sentKey({ ...chased, person }));
        return had === undefined || owedRung(rungs, had, now) !== undefined;
      })
      .map(({ id: contact }) => ({ ...chased, contact, rung, text: "" }));
  });
};

/** What the chase sends at a tick: whoever is owed a rung that has come gets one digest. */
export const chaseAt = (standing: Standing, now: Instant): readonly PlannedMail[] => {
  const known = new Map<PersonId, Reader>(standing.directory.map((reader) => [reader.id, reader]));
  return digestsOf(owedRows(standing, now)).flatMap(({ contact, requests }): readonly PlannedMail[] => {
    const [first, ...others] = requests;
    const items = requests.flatMap((part) => part.items);
    const organisation = known.get(contact)?.organisation;
    if (first === undefined || organisation === undefined) return [];
    return [
      {
        at: now,
        contact,
        organisation,
        letter: "digest",
        rung: items[0]?.rung.name ?? null,
        request: others.length > 0 ? null : first.request,
        items: items.map(({ item }) => item),
      },
    ];
  });
};
