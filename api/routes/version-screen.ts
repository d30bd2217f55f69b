import { z } from "zod";
import { contentByHash } from "../../db/queries/content.ts";
import { reportDecision, publicationsOf } from "../../db/queries/publications.ts";
import { wasConsultedOn } from "../../db/queries/requests.ts";
import { versionsOf, type ReportVersion } from "../../db/queries/versions.ts";
import { sectionsOf, type ReportDocument } from "../../domain/document.ts";
import type { CycleKey } from "../../domain/ids.ts";
import { diffVersions, type SectionChange } from "../../domain/version-diff.ts";
import type { Actor } from "../../domain/acts.ts";
import type { Situation } from "../../domain/policy.ts";
import { cyclePath } from "../approval-forms.ts";
import { aroundOf, letIn, signedIn, type Around } from "../around.ts";
import { readForm } from "../form-fields.ts";
import type { Screen, ScreenForm } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import { versionPage, type VersionView } from "../pages/version.tsx";
import { ProblemError } from "../problems.ts";
import { cycle, hash } from "../schemas.ts";
import type { ScreenDeps } from "../screens.ts";

const VersionParams = z.object({ cycle, hash });
const VersionQuery = z.object({ against: hash.optional(), section: z.string().optional() });

/** As the API sees it: published to everybody, else only who was consulted on it. */
const situationOfVersion = async (
  { db }: ScreenDeps,
  { organisation }: Actor,
  of: { readonly cycle: CycleKey; readonly version: ReportVersion["hash"] },
): Promise<Situation> => {
  const decided = (await reportDecision(db, of.cycle))?.hash === of.version;
  if (decided && (await publicationsOf(db, of.cycle)).length > 0) return "open";
  return (await wasConsultedOn(db, { ...of, organisation })) ? "own" : "embargoed";
};

const writingOf = (document: ReportDocument, key: string | undefined): VersionView["writing"] => {
  const section = sectionsOf(document.chapters).find((one) => one.key === key);
  if (section === undefined) return null;
  const edited = section.blocks.find((block) => block.is === "edited");
  return { section, text: edited?.text ?? "" };
};

const changesSince = async (
  { db }: ScreenDeps,
  document: ReportDocument,
  against: ReportVersion | undefined,
): Promise<readonly SectionChange[] | null> => {
  const older = against === undefined ? undefined : await contentByHash(db, "version", against.hash);
  return older === undefined ? null : diffVersions(older.body, document);
};

const mayWriteOn = ({ standing, may }: Around): boolean =>
  (standing.stage === "drafting" || standing.stage === "consultation") && may("report.edit");

const show: Screen["show"] = async (deps, exchange, tried) => {
  const { request, reply } = exchange;
  const reader = await signedIn(deps, exchange);
  if (reader === undefined) return reply;
  const params = VersionParams.safeParse(request.params);
  const query = VersionQuery.safeParse(request.query);
  if (!params.success || !query.success) throw new ProblemError("not-found");
  const versions = await versionsOf(deps.db, params.data.cycle);
  const of = { cycle: params.data.cycle, version: params.data.hash };
  const version = versions.find((one) => one.hash === of.version);
  if (version === undefined) throw new ProblemError("not-found");
  const situation = await situationOfVersion(deps, reader, of);
  letIn(reader, "version", situation);
  const stored = await contentByHash(deps.db, "version", version.hash);
  if (stored === undefined) throw new ProblemError("not-found");
  const around = await aroundOf(deps, { reader, cycle: of.cycle, situation, exchange, tried });
  const mayWrite = mayWriteOn(around) && version === versions.at(-1);
  const section = query.data.section ?? tried?.fields["section"]?.[0];
  const against = versions.find((one) => one.hash === query.data.against);
  const page = versionPage({
    frame: around.frame,
    forms: around.forms,
    cycle: of.cycle,
    hash: version.hash,
    number: around.may("report") ? version.number : null,
    document: stored.body,
    changes: around.may("report") ? await changesSince(deps, stored.body, against) : null,
    writing: mayWrite ? writingOf(stored.body, section) : null,
    mayWrite,
    way: around.may("report") ? { href: `/cycles/${of.cycle}/report`, name: "年次報告" } : null,
  });
  return sendPage(reply, page, tried?.status ?? 200);
};

const edits: ScreenForm = {
  name: "edits",
  leads: "back",
  call: (fields, params) => {
    const form = readForm(fields);
    const [section, text, againstSource] = ["section", "text", "againstSource"].map(form.text);
    return { path: `${cyclePath(params)}/report/edits`, body: { section, text, againstSource } };
  },
};

/** /cycles/{cycle}/report/versions/{hash}: one version of the report. */
export const versionScreen: Screen = { url: "/cycles/:cycle/report/versions/:hash", show, forms: [edits] };
