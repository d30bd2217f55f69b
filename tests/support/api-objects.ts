import { makeOutbox } from "../../activities/outbox.ts";
import type { About } from "../../api/plugins/access.ts";
import { hashOfSecret } from "../../api/secrets.ts";
import { sha256Of } from "../../db/chain.ts";
import { openSession, storeContent } from "../../db/content.ts";
import { storeFile } from "../../db/files.ts";
import { actByKey } from "../../db/queries/acts.ts";
import { askedPostsOf } from "../../db/queries/asked-posts.ts";
import { plansOf } from "../../db/queries/plans.ts";
import { versions } from "../../db/schema/report.ts";
import { requests } from "../../db/schema/request.ts";
import { fiscalYear, organisationId, personId, type Sha256 } from "../../domain/ids.ts";
import { seesOnlyItsOwn, type Situation, type Standing } from "../../domain/policy.ts";
import { storeStandings, type Standings } from "./api-standings.ts";
import { cast, START, type ApiService, type Who } from "./api-service.ts";
import { keyOf, letter } from "./mail-desk.ts";
import { now, rehearsal } from "./screens-year.ts";

/** Something a path can name, and how everybody stands to it. */
export interface Named {
  readonly params: Readonly<Record<string, string>>;
  readonly situation: (who: Who) => Situation;
}
export type Objects = Readonly<Record<About, readonly Named[]>>;

const anybodys = (params: Named["params"]): Named => ({ params, situation: () => "open" });
/** Of a ministry; the secretariat is another organisation. */
const ofMinistry = (owner: "meti" | "mic", params: Named["params"]): Named => {
  const people: readonly Who[] = owner === "meti" ? ["meti", "machine"] : ["mic"];
  return { params, situation: (who) => (people.includes(who) ? "own" : "other") };
};
const personal = (owners: readonly Who[], params: Named["params"]): Named => ({
  params,
  situation: (who) => (owners.includes(who) ? "own" : "other"),
});

const come = (to: Standing, params: Named["params"]): Named => ({ params, situation: () => to });
/** Of what has ended a ministry learns only where it is its own. */
const ended = ({ params, situation }: Named): Named => ({
  params,
  situation: (who) => (situation(who) === "own" || !seesOnlyItsOwn(cast[who][1]) ? "closed" : "other"),
});
const approvalsIn = ({ contributed, approved, finished }: Standings): readonly Named[] => [
  anybodys({ cycle: rehearsal }),
  {
    params: { cycle: contributed },
    situation: (who) => (who === "approver" ? "contributed" : "open"),
  },
  come("approved", { cycle: approved }),
  come("closed", { cycle: finished }),
];

const sessionOfMeti = async ({ db }: ApiService): Promise<Sha256> => {
  const hash = sha256Of("a session of meti's");
  await openSession(db, { hash, person: personId("meti-officer"), role: "contact", now: START });
  return hash;
};

const askedPostOf = async (api: ApiService): Promise<string> => {
  await api.ask("admin", {
    method: "POST",
    url: "/api/v1/people/meti-officer/posts",
    headers: { "idempotency-key": "a-post-asked-for" },
    payload: { post: "recorder", reason: "併任" },
  });
  return (await askedPostsOf(api.db, 1))[0]?.id ?? "";
};

const storeVersion = async ({ db }: ApiService): Promise<Sha256> => {
  const data = { rows: [], evaluations: [], ratings: [] };
  const year = fiscalYear(2014);
  const body = { title: "原案", year, cycle: rehearsal, rehearsal: true, chapters: [], sources: [], data };
  const by = personId("nisc-preparer-1");
  const { id, hash } = await storeContent(db, { kind: "version", body, storedBy: by, storedAt: START });
  await db.insert(versions).values({ cycle: rehearsal, number: 1, content: id, hash, by, at: now });
  return hash;
};

/** 経済産業省 is asked about the version; to 総務省 it is still a draft. */
const consultMeti = async ({ db }: ApiService, version: Sha256): Promise<void> => {
  const [organisation, kind] = [organisationId("meti"), "consultation"] as const;
  const terms = { sentAt: now, dueAt: now, closeAt: now };
  await db.insert(requests).values({
    id: `${rehearsal}-consultation-meti`,
    cycle: rehearsal,
    is: "open",
    round: 1,
    version,
    kind,
    organisation,
    ...terms,
  });
};

const queueMail = async ({ db }: ApiService): Promise<Sha256> => {
  const mail = letter(1, {
    cycle: rehearsal,
    person: personId("mic-officer"),
    organisation: organisationId("mic"),
    address: "officer@mic.example",
    request: `${rehearsal}-data-mic`,
    at: now,
  });
  const outbox = makeOutbox({
    clock: () => START,
    from: { name: "内閣官房 NISC", address: "nenrin@nisc.example" },
    domain: "nisc.example",
    relay: "capture",
  });
  await db.transaction((tx) => outbox.queueMail(tx, mail));
  return keyOf(mail);
};

/** A file of 経済産業省, not yet named by an answer. */
export const storeEvidence = async ({ db }: Pick<ApiService, "db">): Promise<string> => {
  const request = `${rehearsal}-data-meti`;
  const bytes = new Blob(["経緯"]);
  const of = { request, item: `${request}/second`, name: "経緯.txt", bytes, hash: sha256Of("経緯") };
  const labels = { confidentiality: 2 } as const;
  const storing = { labels, storedBy: personId("meti-officer"), storedAt: START };
  return (await storeFile({ db, objects: null }, { ...of, ...storing })).id;
};

const actOfMeti = async (api: ApiService): Promise<string> => {
  const headers = { "idempotency-key": "an-act-of-meti" };
  const payload = { label: "手元", actions: ["requests"], organisation: null, cycle: null };
  const made = { method: "POST", url: "/api/v1/tokens", headers, payload } as const;
  await api.ask("meti", made);
  const [person, key] = [personId("meti-officer"), headers["idempotency-key"]];
  return (await actByKey(api.db, { person, key }))?.id ?? "";
};

/** One of each kind of thing in two situations where there are two. */
export const storeObjects = async (api: ApiService): Promise<Objects> => {
  const [plan] = await plansOf(api.db);
  const version = await storeVersion(api);
  await consultMeti(api, version);
  const mail = await queueMail(api);
  const standings = await storeStandings(api);
  const { finished } = standings;
  return {
    nothing: [anybodys({})],
    person: [anybodys({ person: "meti-officer" })],
    self: [personal(["meti", "machine"], { person: "meti-officer" })],
    "asked-post": [anybodys({ id: await askedPostOf(api) })],
    session: [personal(["meti", "machine"], { hash: await sessionOfMeti(api) })],
    plan: [anybodys({ hash: plan?.hash ?? "" })],
    cycle: [anybodys({ cycle: rehearsal }), come("closed", { cycle: finished })],
    policy: approvalsIn(standings),
    report: approvalsIn(standings),
    request: [
      ofMinistry("meti", { id: `${rehearsal}-data-meti` }),
      ofMinistry("mic", { id: `${rehearsal}-data-mic` }),
      ended(ofMinistry("meti", { id: `${finished}-data-meti` })),
      ended(ofMinistry("mic", { id: `${finished}-data-mic` })),
    ],
    survey: [
      ofMinistry("mic", { id: `${rehearsal}-survey-mic-1` }),
      ended(ofMinistry("mic", { id: `${finished}-survey-mic-1` })),
    ],
    file: [ofMinistry("meti", { id: `${rehearsal}-data-meti`, file: await storeEvidence(api) })],
    version: [
      {
        params: { cycle: rehearsal, hash: version },
        situation: (who) => (who === "meti" || who === "machine" ? "own" : "embargoed"),
      },
    ],
    mail: [ofMinistry("mic", { key: mail })],
    act: [personal(["meti", "machine"], { id: await actOfMeti(api) })],
    token: [personal(["meti", "machine"], { hash: hashOfSecret(api.tokens.meti) })],
  };
};

/** Ids that could be something's, and are nobody's. */
export const unknown: Readonly<Record<About, Named["params"] | null>> = {
  nothing: null,
  person: { person: "nobody" },
  self: { person: "nobody" },
  "asked-post": { id: "00000000-0000-4000-8000-000000000000" },
  session: { hash: sha256Of("no session") },
  policy: { cycle: "2013" },
  report: { cycle: "2013" },
  plan: { hash: sha256Of("no plan") },
  cycle: { cycle: "2013" },
  request: { id: `${rehearsal}-data-mof` },
  file: { id: `${rehearsal}-data-meti`, file: "00000000-0000-4000-8000-000000000000" },
  survey: { id: `${rehearsal}-survey-mic-9` },
  version: { cycle: rehearsal, hash: sha256Of("no version") },
  mail: { key: sha256Of("no mail") },
  act: { id: "00000000-0000-4000-8000-000000000000" },
  token: { hash: sha256Of("no token") },
};
