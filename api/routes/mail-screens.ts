import { z } from "zod";
import { causeOfMail } from "../../db/queries/causes.ts";
import { namesOf } from "../../db/queries/home.ts";
import {
  daysOfMails,
  decisionsOnMail,
  mailsInTrouble,
  mailsOnDays,
  newestMails,
} from "../../db/queries/mail-attention.ts";
import { mailOf, type MailSummary } from "../../db/queries/mail.ts";
import { calendarOf, closedReason, hasYear } from "../../domain/calendar.ts";
import { personId, sha256 } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import { dateOf, type PlainDate } from "../../domain/time.ts";
import { listedFor } from "../acting.ts";
import { aroundCycle, aroundOf } from "../around.ts";
import { mailWays } from "../causes.ts";
import { readForm } from "../form-fields.ts";
import type { Params, Screen, ScreenForm } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import { mailRowOf, mailViewOf } from "../mail-view.ts";
import { mailPage } from "../pages/mail.tsx";
import { mailsPage } from "../pages/mails.tsx";
import { ProblemError } from "../problems.ts";
import type { ScreenDeps } from "../screens.ts";
import { pageOf } from "../schemas.ts";

const MailParams = z.object({
  key: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .transform(sha256),
});

const showMail: Screen["show"] = async (deps, exchange, tried) => {
  const { request, reply } = exchange;
  const { db } = deps;
  const params = MailParams.safeParse(request.params);
  const mail = params.success ? await mailOf(db, params.data.key) : undefined;
  if (mail === undefined) throw new ProblemError("not-found");
  const around = await aroundOf(deps, { cycle: mail.cycle, exchange, tried });
  const decisions = await decisionsOnMail(db, mail);
  const deciders = decisions.map(({ actor }) => personId(actor));
  const people = await namesOf(db, [mail.person, ...deciders]);
  const causeOf = await mailWays(db, { cycle: mail.cycle, reader: around.reader }, [mail.key]);
  const names = { plan: around.plan, people, wall: deps.clock(), causeOf };
  return sendPage(
    reply,
    mailPage(mailViewOf({ mail, decisions, names, cause: await causeOfMail(db, mail) }, around)),
    tried?.status ?? 200,
  );
};

/** More than anybody works through in a sitting. */
const TROUBLE_SHOWN = 500;
const PAGE = 100;
const MailsQuery = z.object({
  before: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .optional()
    .catch(undefined),
});

/** Was anything sent on a closed day? The holidays of the plan tell, and a year without any is no open day either. */
const mailsOnClosedDays = async (
  db: ScreenDeps["db"],
  of: Parameters<typeof daysOfMails>[1],
  { holidays }: Plan,
) => {
  const calendar = calendarOf(holidays);
  const reasonOf = (day: PlainDate): string | undefined =>
    hasYear(Number(day.slice(0, 4)), calendar) ? closedReason(day, calendar) : "休日が計画に書かれていない年";
  const days = await daysOfMails(db, of);
  const rows = await mailsOnDays(db, { ...of, days: days.filter((day) => reasonOf(day) !== undefined) });
  return { rows, days: days.length, reasonOf };
};

const showMails: Screen["show"] = async (deps, exchange, tried) => {
  const around = await aroundCycle(deps, { exchange, tried });
  const { reader, standing, plan, frame } = around;
  const seen = listedFor(reader, "mails");
  // Nobody who may open the screen gets here; the table might say otherwise one day.
  if (seen === "nobody") throw new ProblemError("forbidden");
  const { before } = MailsQuery.parse(exchange.request.query);
  const [of, wall] = [{ cycle: standing.cycle, ...seen }, deps.clock()];
  const trouble =
    before === undefined ? await mailsInTrouble(deps.db, { ...of, now: wall }, TROUBLE_SHOWN) : null;
  const closed = before === undefined ? await mailsOnClosedDays(deps.db, of, plan) : null;
  const found = await newestMails(deps.db, { ...of, before, limit: PAGE + 1 });
  const { rows, next } = pageOf(found, PAGE, ({ position }) => String(position));
  const shown = [...rows, ...(trouble?.rows ?? []), ...(closed?.rows ?? [])];
  const [written, keys] = [shown.map(({ person }) => person), shown.map(({ key }) => key)];
  const causeOf = await mailWays(deps.db, { cycle: standing.cycle, reader }, keys);
  const names = { plan, people: await namesOf(deps.db, [...new Set(written)]), wall, causeOf };
  const rowsOf = (mails: readonly MailSummary[]) => mails.map((mail) => mailRowOf(mail, names));
  return sendPage(
    exchange.reply,
    mailsPage({
      frame,
      cycle: standing.cycle,
      trouble: trouble && { rows: rowsOf(trouble.rows), many: trouble.many },
      closed: closed && {
        rows: closed.rows.map((mail) => ({
          ...mailRowOf(mail, names),
          closedFor: closed.reasonOf(dateOf(mail.at)) ?? "",
        })),
        days: closed.days,
      },
      ledger: rowsOf(rows),
      next,
    }),
  );
};

const pathOf = ({ key = "" }: Params): string => `/mails/${encodeURIComponent(key)}`;

const mailForms: readonly ScreenForm[] = [
  {
    name: "resolution",
    does: "mail.resolve",
    leads: "back",
    call: (fields, params) => {
      const form = readForm(fields);
      const body = {
        as: form.picked("as", "確かめた結果"),
        reason: form.needed("reason", "確かめた方法と相手"),
      };
      return form.calling({ path: `${pathOf(params)}/resolution`, body });
    },
  },
  {
    name: "cancellation",
    does: "mail.cancel",
    leads: "back",
    call: (fields, params) => {
      const form = readForm(fields);
      const body = { reason: form.needed("reason", "取り消す理由") };
      return form.calling({ path: `${pathOf(params)}/cancellation`, body });
    },
  },
];

/** /mails/{key}: where the secretariat says what became of a mail; its recipient's organisation may look. */
export const mailScreen: Screen = {
  url: "/mails/:key",
  view: "mail",
  about: "mail",
  show: showMail,
  forms: mailForms,
};
/** /cycles/{cycle}/mails: the ledger, and first what somebody has to do something about. */
export const mailsScreen: Screen = {
  url: "/cycles/:cycle/mails",
  view: "mails",
  about: "cycle",
  show: showMails,
  forms: [],
};
