import { z } from "zod";
import { cyclesOf } from "../../db/queries/cycles.ts";
import { organisationNames } from "../../db/queries/asked-posts.ts";
import { sessionsOf, signInPersonOf } from "../../db/queries/sessions.ts";
import { tokensOf, type ListedToken } from "../../db/queries/tokens.ts";
import { actions, isInPerson, judge, scopeOf, seesOnlyItsOwn } from "../../domain/policy.ts";
import { sessionEndsAt } from "../../domain/session.ts";
import type { Instant } from "../../domain/time.ts";
import { readForm } from "../form-fields.ts";
import { formsViewOf, type Screen, type ScreenForm } from "../form-screens.ts";
import { frameOf } from "../frame.ts";
import { seatOf } from "../screens.ts";
import { sendPage } from "../html.ts";
import { accountPage } from "../pages/account.tsx";
import type { TokenRow } from "../pages/tokens.tsx";

const Told = z.object({ token: z.string().nullable() });

const standingOf = ({ revokedAt, expiresAt }: ListedToken, now: Instant): TokenRow["standing"] => {
  if (revokedAt !== null) return "revoked";
  return expiresAt <= now ? "expired" : "valid";
};

const show: Screen["show"] = async (deps, exchange, tried, told) => {
  const { request, reply } = exchange;
  const { reader } = seatOf(request);
  const { db } = deps;
  const { person, role, organisation } = reader;
  const now = deps.clock();
  const names = await organisationNames(db);
  const open = (await sessionsOf(db, person)).map((one) => ({ ...one, endsAt: sessionEndsAt(one) }));
  const view = {
    frame: await frameOf(db, { reader, cycle: null, wall: now }),
    forms: await formsViewOf(deps, { request, reader, tried }),
    person,
    role,
    posts: (await signInPersonOf(db, person))?.posts ?? [],
    sessions: open.filter(({ endsAt }) => endsAt > now),
    tokens: (await tokensOf(db, person))
      .filter((token) => token.role === role)
      .map((token) => ({
        ...token,
        organisation:
          token.organisation === null
            ? "全ての府省庁"
            : (names.get(token.organisation) ?? token.organisation),
        standing: standingOf(token, now),
      })),
    delegable:
      judge(role, "token.create", "own") === "allowed"
        ? actions.filter((action) => !isInPerson(action) && judge(role, action, "own", "token") === "allowed")
        : [],
    organisations: [...names]
      .filter(([value]) => !seesOnlyItsOwn(role) || value === organisation)
      .map(([value, name]) => ({ value, name })),
    cycles: (await cyclesOf(db)).map(({ cycle }) => cycle),
    told:
      told === undefined
        ? null
        : (Told.parse(told).token ?? "（既に表示しました。失効させて、発行し直してください。）"),
    seesPeople: scopeOf(reader, "people") !== "nothing",
  };
  return sendPage(reply, accountPage(view), tried?.status ?? 200);
};

const inPath = (value: string): string => encodeURIComponent(value);

const forms: readonly ScreenForm[] = [
  {
    name: "session",
    does: "session.revoke",
    leads: "back",
    call: (fields) => {
      const form = readForm(fields);
      return form.calling({ path: `/sessions/${inPath(form.text("hash"))}/revocation`, body: {} });
    },
  },
  {
    name: "sign-out-everywhere",
    does: "session.revoke",
    leads: "out",
    call: (fields) => {
      const form = readForm(fields);
      return form.calling({ path: `/people/${inPath(form.text("person"))}/sessions/revocation`, body: {} });
    },
  },
  {
    name: "token",
    does: "token.create",
    leads: "tells",
    fieldOf: (pointer) => (pointer.startsWith("/actions") ? "actions" : pointer.slice(1)),
    call: (fields) => {
      const form = readForm(fields);
      const body = {
        label: form.needed("label", "用途"),
        actions: form.ticked("actions", "許す操作"),
        organisation: form.text("organisation") === "" ? null : form.text("organisation"),
        cycle: form.text("cycle") === "" ? null : form.text("cycle"),
      };
      return form.calling({ path: "/tokens", body });
    },
  },
  {
    name: "token-revoke",
    does: "token.revoke",
    leads: "back",
    call: (fields) => {
      const form = readForm(fields);
      return form.calling({ path: `/tokens/${inPath(form.text("hash"))}/revocation`, body: {} });
    },
  },
];

/** /account: what everybody sees to for himself. */
export const accountScreen: Screen = { url: "/account", view: "me", about: "nothing", show, forms };
