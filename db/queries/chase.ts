import { sql } from "drizzle-orm";
import { owedStates } from "../../domain/answer.ts";
import type { CycleKey, OrganisationId, PersonId } from "../../domain/ids.ts";
import { rungsIn } from "../../domain/ladder.ts";
import type { ContactRole, Plan, RequestKind } from "../../domain/plan.ts";
import { instant, type Instant, type PlainTime } from "../../domain/time.ts";
import type { Tx } from "../client.ts";

/** One item one person is owed a rung for, with what his digest says of it. */
export type OwedReminder = {
  readonly person: PersonId;
  readonly name: string;
  readonly address: string;
  /** Where the person works. */
  readonly works: OrganisationId;
  /** Whose answer is owed. */
  readonly organisation: OrganisationId;
  /** Of what is owed inside an organisation: its request's. */
  readonly kind: RequestKind;
  /** The request's id, or the survey's. */
  readonly request: string;
  /** By which it is chased: the kind's ladder, or the one inside the organisation. */
  readonly ladder: RequestKind | "inner";
  /** One name for all that a digest says together of what is owed by one ladder. */
  readonly chased: string;
  /** Whether it is a survey itself; its questions to respondents are requests of that kind. */
  readonly isSurvey: boolean;
  readonly item: string;
  readonly text: string;
  readonly rung: string;
  readonly sentAt: Instant;
  readonly dueAt: Instant;
  /** The last instant at which an answer counts. */
  readonly closeAt: Instant;
};

/** Who gets which rung: the plan's ladders, flat. */
export interface RungPost {
  readonly ladder: RequestKind | "inner";
  readonly name: string;
  readonly roles: readonly ContactRole[];
  readonly lead: boolean;
}
export const rungPosts = (plan: Pick<Plan, "ladders" | "innerLadder">): readonly RungPost[] =>
  (["data", "survey", "chapter", "consultation", "inner"] as const).flatMap((ladder) =>
    rungsIn(plan, ladder).map(({ name, to, cc, lead }) => ({ ladder, name, roles: [...to, ...cc], lead })),
  );

const isNotBeingPrepared = sql`not exists (
  select 1 from acts act
  where act.state = 'stored' and act.name in ('request.submit', 'request.enter', 'request.prepare')
    and act.act #> '{args,answers}' @> jsonb_build_array(jsonb_build_object('item', item.id)))`;

export interface ChaseQuestion {
  readonly cycle: CycleKey;
  readonly now: Instant;
  readonly posts: readonly RungPost[];
  /** Who gets a 上申 besides. */
  readonly lead: PersonId | null;
  /** At which a survey's day ends. */
  readonly closingTime: PlainTime;
}

/** ISO 8601 with an offset, whatever the session's style of dates. */
const iso = (column: string) => sql.raw(`to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM')`);

/** Somebody has answered it, although the engine could not take it yet: whether it was in time is known already. */
const isNotOnItsWay = sql`not exists (
  select 1 from acts act
  where act.state = 'stored' and act.name in ('request.submit', 'request.enter')
    and act.act #> '{args,answers}' @> jsonb_build_array(jsonb_build_object('item', item.id)))`;

/**
 * Who is owed which rung now, in one statement whatever the number of organisations: of everything owed the last
 * rung whose instant has come (domain/ladder.ts, `owedRung`), unless the person has had it for this item and due
 * date. A range against the ledger, so days on which nothing ran are caught up, and what was passed over stays so.
 */
export const owedReminders = async (
  tx: Tx,
  { cycle, now, posts, lead, closingTime }: ChaseQuestion,
): Promise<readonly OwedReminder[]> => {
  const rows = await tx.execute<OwedReminder>(sql`
    with chased as (
      select item.id, item.text, request.id as request, false as is_survey, false as is_secretariats,
             request.kind, request.organisation,
             request.kind as ladder, request.id as chased, null as officer,
             request.sent_at, item.due_at, item.due_since, (item.state ->> 'until')::timestamptz as close_at
      from items item join requests request on request.id = item.request
      where request.cycle = ${cycle} and request."is" = 'open' and request.paused_at is null
        and item."is" = any(${sql.param([...owedStates])}) and ${isNotOnItsWay}
      union all
      select item.id, item.text, request.id, false, false, request.kind, request.organisation,
             'inner', work.ladder, work.officer,
             request.sent_at, work.due_at, work.since, (item.state ->> 'until')::timestamptz
      from inner_works work
      join items item on item.id = work.item
      join requests request on request.id = item.request
      where request.cycle = ${cycle} and request."is" = 'open' and request.paused_at is null
        and item."is" = any(${sql.param([...owedStates])}) and work.is_with_officer and ${isNotBeingPrepared}
      union all
      select item.id, item.text, survey.id, true, survey.is_secretariats, 'survey', survey.organisation,
             'survey', survey.id, null,
             survey.opened_at, due.at, null, due.at
      from surveys survey
      cross join lateral
        (select (survey.due_on + ${closingTime}::text::time) at time zone 'Asia/Tokyo' as at) due
      join items item on item.id = any(survey.items)
      where survey.cycle = ${cycle} and survey.ended_at is null
        and item."is" = 'surveying' and item.state ->> 'survey' = survey.id
    ),
    come as (
      select chased.*, rung.name as rung
      from chased cross join lateral (
        select name from rungs
        where rungs.request = chased.chased and rungs.due_at = chased.due_at
          and rungs.at <= ${now}::text::timestamptz
          and rungs.at > coalesce(chased.due_since, '-infinity')
        order by position desc limit 1
      ) rung
    ),
    post as (
      select come.*, post.roles, post.lead
      from come join jsonb_to_recordset(${JSON.stringify(posts)}::text::jsonb)
        as post(ladder text, name text, roles text[], lead boolean)
        on post.ladder = come.ladder and post.name = come.rung
    ),
    owed as (
      select post.*, person.id as person
      from post join people person on person.organisation = post.organisation
        and case when post.officer is null then person.contact && post.roles
                 else person.contact && array_remove(post.roles, 'officer')
                   or person.id = post.officer and 'officer' = any(post.roles) end
      where not post.is_secretariats
      union
      select post.*, person.id from post join people person on 'preparer' = any(person.staff)
      where post.is_secretariats
      union
      select post.*, ${lead}::text from post where post.lead
    )
    select person.id as person, person.name, person.email as address, person.organisation as works,
           owed.organisation, owed.kind, owed.request, owed.is_survey as "isSurvey", owed.ladder, owed.chased,
           owed.id as item, owed.text, owed.rung,
           ${iso("owed.sent_at")} as "sentAt", ${iso("owed.due_at")} as "dueAt", ${iso("owed.close_at")} as "closeAt"
    from owed join people person on person.id = owed.person and person.reachable
    where not exists (
      select 1 from reminders sent
      where sent.item = owed.id and sent.rung = owed.rung and sent.due_at = owed.due_at
        and sent.person = owed.person)`);
  return [...rows].map((row) => ({
    ...row,
    sentAt: instant(row.sentAt),
    dueAt: instant(row.dueAt),
    closeAt: instant(row.closeAt),
  }));
};
