import { z } from "zod";
import { contentByHash } from "../../db/queries/content.ts";
import { labelsOfSources } from "../../db/queries/source-labels.ts";
import { versionsOf, type ReportVersion } from "../../db/queries/versions.ts";
import { sectionsOf, type ReportDocument } from "../../domain/document.ts";
import type { CycleKey } from "../../domain/ids.ts";
import { labelText } from "../../domain/labels.ts";
import { sectionLabels } from "../../domain/section-labels.ts";
import { diffVersions } from "../../domain/version-diff.ts";
import { cyclePath } from "../approval-forms.ts";
import { aroundOf, type Around } from "../around.ts";
import { readForm } from "../form-fields.ts";
import type { Exchange, Screen, ScreenForm } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import { versionPage, type VersionView } from "../pages/version.tsx";
import { changesOnPage } from "../change-pages.ts";
import { wantedPage } from "../item-pages.ts";
import { above, pageWith, versionPages, type VersionPage } from "../version-pages.ts";
import { ProblemError } from "../problems.ts";
import { cycle, hash } from "../schemas.ts";
import { seatOf, type ScreenDeps } from "../screens.ts";

const VersionParams = z.object({ cycle, hash });
const VersionQuery = z.object({
  against: hash.optional(),
  section: z.string().optional(),
  part: z.string().optional(),
  page: z.string().optional(),
});

const writingOf = (document: ReportDocument, key: string | undefined): VersionView["writing"] => {
  const section = sectionsOf(document.chapters).find((one) => one.key === key);
  if (section === undefined) return null;
  const edited = section.blocks.find((block) => block.is === "edited");
  return { section, text: edited?.text ?? "" };
};

const linkTo = (page: VersionPage | undefined): NonNullable<VersionView["read"]>["next"] => {
  if (page === undefined) return null;
  const { section, sheet, sheets } = page;
  const query = { part: section.key, ...(sheet === 1 ? {} : { page: String(sheet) }) };
  return {
    href: `?${new URLSearchParams(query).toString()}`,
    title: sheets === 1 ? section.title : `${section.title}（${sheet}／${sheets}）`,
  };
};

/** @throws ProblemError `not-found` for a part the version does not have */
const readIn = (document: ReportDocument, { part, page }: Wanted): VersionView["read"] => {
  if (part === undefined) return null;
  const pages = versionPages(document);
  const shown = pageWith(pages, { key: part, sheet: wantedPage(page) });
  if (shown === undefined) throw new ProblemError("not-found");
  const place = pages.indexOf(shown);
  return {
    section: shown.section,
    above: above(document.chapters, shown.section.key).join("　"),
    elsewhere: shown.elsewhere,
    previous: linkTo(pages[place - 1]),
    next: linkTo(pages[place + 1]),
  };
};

const changesSince = async (
  { db }: ScreenDeps,
  document: ReportDocument,
  { version, against, page, cycle: of }: Wanted,
): Promise<VersionView["changes"]> => {
  const older = against === undefined ? undefined : await contentByHash(db, "version", against.hash);
  if (against === undefined || older === undefined) return null;
  return changesOnPage(diffVersions(older.body, document), {
    wanted: wantedPage(page),
    hrefOf: (one) => `/cycles/${of}/report/versions/${version.hash}?against=${against.hash}&page=${one}`,
  });
};

const mayWriteOn = ({ standing, may }: Around): boolean =>
  (standing.stage === "drafting" || standing.stage === "consultation") && may("report.edit");

interface Wanted {
  readonly cycle: CycleKey;
  readonly version: ReportVersion;
  readonly isNewest: boolean;
  readonly against: ReportVersion | undefined;
  readonly section: string | undefined;
  readonly part: string | undefined;
  readonly page: string | undefined;
}

/** @throws ProblemError `not-found` */
const wantedOf = async ({ db }: ScreenDeps, { request }: Exchange): Promise<Wanted> => {
  const params = VersionParams.safeParse(request.params);
  const query = VersionQuery.safeParse(request.query);
  if (!params.success || !query.success) throw new ProblemError("not-found");
  const versions = await versionsOf(db, params.data.cycle);
  const named = (wanted: string | undefined) => versions.find((one) => one.hash === wanted);
  const version = named(params.data.hash);
  if (version === undefined) throw new ProblemError("not-found");
  return {
    cycle: params.data.cycle,
    version,
    isNewest: version === versions.at(-1),
    against: named(query.data.against),
    section: query.data.section,
    part: query.data.part,
    page: query.data.page,
  };
};

/** Who is only consulted on a version sees that one, and no way around it. */
const aroundVersion = async (deps: ScreenDeps, { may }: Around, document: ReportDocument, wanted: Wanted) => {
  if (!may("report")) return { number: null, changes: null, way: null };
  return {
    number: wanted.version.number,
    changes: await changesSince(deps, document, wanted),
    way: { href: `/cycles/${wanted.cycle}/report`, name: "年次報告" },
  };
};

const sealsOf = async (
  { db }: ScreenDeps,
  { chapters, sources }: ReportDocument,
): Promise<VersionView["seals"]> => {
  const labels = sectionLabels(chapters, await labelsOfSources(db, sources));
  return new Map([...labels].map(([key, held]) => [key, labelText(held)]));
};

const show: Screen["show"] = async (deps, exchange, tried) => {
  const wanted = await wantedOf(deps, exchange);
  const { cycle: of, version } = wanted;
  const stored = await contentByHash(deps.db, "version", version.hash);
  if (stored === undefined) throw new ProblemError("not-found");
  const around = await aroundOf(deps, { cycle: of, exchange, tried });
  const mayWrite = wanted.isNewest && mayWriteOn(around);
  const page = versionPage({
    frame: around.frame,
    forms: around.forms,
    cycle: of,
    hash: version.hash,
    document: stored.body,
    seals: seatOf(exchange.request).situation === "open" ? new Map() : await sealsOf(deps, stored.body),
    read: readIn(stored.body, wanted),
    ...(await aroundVersion(deps, around, stored.body, wanted)),
    writing: mayWrite ? writingOf(stored.body, wanted.section ?? tried?.fields["section"]?.[0]) : null,
    mayWrite,
  });
  return sendPage(exchange.reply, page, tried?.status ?? 200);
};

const edits: ScreenForm = {
  name: "edits",
  does: "report.edit",
  leads: "back",
  call: (fields, params) => {
    const form = readForm(fields);
    const [section, text, againstSource] = ["section", "text", "againstSource"].map(form.text);
    return { path: `${cyclePath(params)}/report/edits`, body: { section, text, againstSource } };
  },
};

/** /cycles/{cycle}/report/versions/{hash}: one version of the report. */
export const versionScreen: Screen = {
  url: "/cycles/:cycle/report/versions/:hash",
  view: "version",
  about: "version",
  show,
  forms: [edits],
};
