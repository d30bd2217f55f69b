import { z } from "zod";
import { namesOf } from "../../db/queries/home.ts";
import { decisionsOnMail, mailsInTrouble } from "../../db/queries/mail-attention.ts";
import { mailOf } from "../../db/queries/mail.ts";
import { personId, sha256, type PersonId } from "../../domain/ids.ts";
import { listedFor } from "../acting.ts";
import { aroundCycle, aroundOf, letIn, signedIn, situationOf } from "../around.ts";
import { readForm } from "../form-fields.ts";
import type { Params, Screen, ScreenForm } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import { mailRowOf, mailViewOf } from "../mail-view.ts";
import { mailPage } from "../pages/mail.tsx";
import { mailsPage } from "../pages/mails.tsx";
import { ProblemError } from "../problems.ts";

const MailParams = z.object({
  key: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .transform(sha256),
});

const showMail: Screen["show"] = async (deps, exchange, tried) => {
  const { request, reply } = exchange;
  const reader = await signedIn(deps, exchange);
  if (reader === undefined) return reply;
  const { db } = deps;
  const params = MailParams.safeParse(request.params);
  const mail = params.success ? await mailOf(db, params.data.key) : undefined;
  if (mail === undefined) throw new ProblemError("not-found");
  const situation = situationOf(reader, mail.organisation);
  letIn(reader, "mail", situation);
  const around = await aroundOf(deps, { reader, cycle: mail.cycle, situation, exchange, tried });
  const decisions = await decisionsOnMail(db, mail);
  const deciders = decisions.map(({ actor }) => personId(actor));
  const people = await namesOf(db, [mail.person, ...deciders]);
  const names = { plan: around.plan, people, wall: deps.clock() };
  return sendPage(reply, mailPage(mailViewOf({ mail, decisions, names }, around)), tried?.status ?? 200);
};

/** More than anybody works through in a sitting. */
const SHOWN = 500;

const showMails: Screen["show"] = async (deps, exchange, tried) => {
  const around = await aroundCycle(deps, { exchange, view: "mails", tried });
  if (around === undefined) return exchange.reply;
  const { reader, standing, plan, frame } = around;
  const whose = listedFor(reader, "mails");
  const [{ cycle }, wall] = [standing, deps.clock()];
  const found =
    whose === "nobody"
      ? { rows: [], many: 0 }
      : await mailsInTrouble(deps.db, { cycle, now: wall, ...whose }, SHOWN);
  const written: readonly PersonId[] = [...new Set(found.rows.map(({ person }) => person))];
  const names = { plan, people: await namesOf(deps.db, written), wall };
  const rows = found.rows.map((mail) => mailRowOf(mail, names));
  return sendPage(exchange.reply, mailsPage({ frame, cycle, rows, many: found.many }));
};

const pathOf = ({ key = "" }: Params): string => `/mails/${encodeURIComponent(key)}`;

const mailForms: readonly ScreenForm[] = [
  {
    name: "resolution",
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
    leads: "back",
    call: (fields, params) => {
      const form = readForm(fields);
      const body = { reason: form.needed("reason", "取り消す理由") };
      return form.calling({ path: `${pathOf(params)}/cancellation`, body });
    },
  },
];

/** /mails/{key}: where the secretariat says what became of a mail; its recipient's organisation may look. */
export const mailScreen: Screen = { url: "/mails/:key", show: showMail, forms: mailForms };
/** /cycles/{cycle}/mails: what somebody has to do something about. */
export const mailsScreen: Screen = { url: "/cycles/:cycle/mails", show: showMails, forms: [] };
