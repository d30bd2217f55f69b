import { z } from "zod";
import { auditActions, searchAudit } from "../../db/queries/audit-search.ts";
import { namesOf } from "../../db/queries/home.ts";
import { personId, type PersonId } from "../../domain/ids.ts";
import { insideSeenBy } from "../../domain/chain.ts";
import { aroundCycle } from "../around.ts";
import type { Screen } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import { objectHref, versionHref } from "../object-screens.ts";
import { auditPage, type EventView } from "../pages/audit.tsx";
import { ProblemError } from "../problems.ts";
import { date } from "../schemas.ts";

const empty = z.literal("").transform(() => undefined);
const words = z.union([empty, z.string().max(200)]).optional();
const day = z.union([empty, date]).optional();
const AuditQuery = z.object({
  person: words,
  object: words,
  action: words,
  from: day,
  to: day,
  before: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .optional(),
});
type AuditQuery = z.output<typeof AuditQuery>;

const SHOWN = 50;

const maybePerson = (actor: string): readonly PersonId[] => {
  try {
    return [personId(actor)];
  } catch {
    return [];
  }
};

const olderThan = (cycle: string, query: AuditQuery, last: number): string => {
  const kept = Object.entries({ ...query, before: last }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return `/cycles/${cycle}/audit?${new URLSearchParams(kept).toString()}`;
};

const show: Screen["show"] = async (deps, exchange) => {
  const around = await aroundCycle(deps, { exchange, tried: null });
  const query = AuditQuery.safeParse(exchange.request.query);
  if (!query.success) throw new ProblemError("invalid-query");
  const { reader, standing, frame, forms, may } = around;
  const of = { cycle: standing.cycle, inside: insideSeenBy(reader) };
  const { cycle } = of;
  const found = await searchAudit(deps.db, { ...of, ...query.data, limit: SHOWN + 1 });
  const events = found.slice(0, SHOWN);
  const names = await namesOf(
    deps.db,
    events.flatMap(({ actor }) => maybePerson(actor)),
  );
  const nameOf = (actor: string): string =>
    maybePerson(actor).flatMap((id) => names.get(id) ?? [])[0] ?? actor;
  const { person = "", object = "", action = "", from = "", to = "" } = query.data;
  const last = events.at(-1);
  const page = auditPage({
    frame,
    forms,
    cycle,
    asked: { person, object, action, from, to },
    actions: await auditActions(deps.db, of),
    events: events.map((event): EventView => ({
      sequence: event.sequence,
      at: event.at,
      actor: nameOf(event.actor),
      role: event.role,
      action: event.action,
      object: event.object,
      href: objectHref(event.object),
      reason: event.reason,
      hash: event.hash,
      version: versionHref({ cycle, ...event }),
      self: event.self,
      act: event.act !== null && may("act") ? event.act : null,
      history: event.workflow === null ? null : `/cycles/${cycle}/histories/${event.workflow}`,
    })),
    bundle: may("bundle") ? `/api/v1/cycles/${cycle}/bundle` : null,
    older: found.length > SHOWN && last !== undefined ? olderThan(cycle, query.data, last.sequence) : null,
  });
  return sendPage(exchange.reply, page);
};

/** /cycles/{cycle}/audit: search by person, object, action and day. */
export const auditScreen: Screen = {
  url: "/cycles/:cycle/audit",
  view: "audit",
  about: "cycle",
  show,
  forms: [],
};
