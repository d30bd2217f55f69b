import { mkdir, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Document, isMap, isScalar, visit } from "yaml";
import type { Plan, RequestTerm } from "../domain/plan.ts";
import { areaText, ownersText, sharedData } from "./catalogue-text.ts";
import { guidance, type PlanFileName } from "./guidance.ts";
import type { LettersText, PlanText } from "./year-files.ts";

const schemaFile = fileURLToPath(new URL("schema.json", import.meta.url));

const termText = (term: RequestTerm): PlanText["dates"]["requests"]["data"] =>
  term.is === "fixed"
    ? { dueOn: term.dueOn, closeOn: term.closeOn }
    : { dueBusinessDays: term.dueBusinessDays, closeBusinessDays: term.closeBusinessDays };

const ladderText = (rungs: Plan["ladders"]["data"]): PlanText["ladders"]["data"] =>
  rungs.map(({ to, cc, lead, ...rung }) => ({
    ...rung,
    to: [...to],
    ...(cc.length === 0 ? {} : { cc: [...cc] }),
    ...(lead ? { lead } : {}),
  }));

const methodsText = (methods: NonNullable<Plan["surveyMethods"]>): NonNullable<PlanText["surveyMethods"]> =>
  methods.map(({ steps, ...method }) => ({ ...method, steps: [...steps] }));

const planText = (plan: Plan): PlanText => {
  const { requests, ...days } = plan.dates;
  return {
    year: plan.year,
    title: plan.title,
    dates: {
      opensOn: days.opensOn,
      policyDecisionOn: days.policyDecisionOn,
      collectionOn: days.collectionOn,
      requests: {
        data: termText(requests.data),
        survey: termText(requests.survey),
        chapter: termText(requests.chapter),
        consultation: termText(requests.consultation),
      },
      reportDecisionOn: days.reportDecisionOn,
      closingTime: days.closingTime,
      closedDays: days.closedDays,
    },
    sendWindow: plan.sendWindow,
    ladders: {
      data: ladderText(plan.ladders.data),
      survey: ladderText(plan.ladders.survey),
      chapter: ladderText(plan.ladders.chapter),
      consultation: ladderText(plan.ladders.consultation),
    },
    ...(plan.innerLadder === undefined ? {} : { innerLadder: ladderText(plan.innerLadder) }),
    scales: { output: [...plan.scales.output], outcome: [...plan.scales.outcome] },
    approvals: { policy: [...plan.approvals.policy], report: [...plan.approvals.report] },
    chapters: [...plan.chapters],
    unmeasurableReasons: [...plan.unmeasurableReasons],
    ...(plan.surveyMethods === undefined ? {} : { surveyMethods: methodsText(plan.surveyMethods) }),
    ...(plan.surveyGrades === undefined ? {} : { surveyGrades: [...plan.surveyGrades] }),
    ...(plan.headquarters === undefined ? {} : { headquarters: [...plan.headquarters] }),
  };
};

const peopleText = (plan: Plan) =>
  plan.people.map(({ reachable, contact, staff, ...person }) => ({
    ...person,
    ...(reachable ? {} : { reachable }),
    ...(contact.length === 0 ? {} : { contact }),
    ...(staff.length === 0 ? {} : { staff }),
  }));

/** A year that carries nothing over has no such file. */
const carriedOverFiles = ({ carriedOver = [] }: Plan): readonly PlanFile[] =>
  carriedOver.length === 0
    ? []
    : [{ file: "carried-over.yaml", kind: "carriedOver", content: { carriedOver } }];

const lineageFiles = ({ lineage = [] }: Plan): readonly PlanFile[] =>
  lineage.length === 0 ? [] : [{ file: "lineage.yaml", kind: "lineage", content: { lineage } }];

interface PlanFile {
  readonly file: string;
  readonly kind: PlanFileName;
  readonly content: object;
}
const filesOf = (plan: Plan): readonly PlanFile[] => {
  const letters: LettersText = { letters: plan.letters };
  return [
    { file: "plan.yaml", kind: "plan", content: planText(plan) },
    ...plan.areas.map((area): PlanFile => ({
      file: `measures/area-${area.number}.yaml`,
      kind: "area",
      content: areaText(plan, area),
    })),
    {
      file: "data.yaml",
      kind: "data",
      content: {
        data: sharedData(plan).map(({ indicators: _indicators, owners, key, text, ...wanted }) => ({
          key,
          text,
          owners: ownersText(owners),
          ...wanted,
        })),
      },
    },
    { file: "organisations.yaml", kind: "organisations", content: { organisations: plan.organisations } },
    { file: "people.yaml", kind: "people", content: { people: peopleText(plan) } },
    { file: "letters.yaml", kind: "letters", content: letters },
    {
      file: "holidays.yaml",
      kind: "holidays",
      content: { holidays: Object.fromEntries(plan.holidays.map(({ date, name }) => [date, name])) },
    },
    ...carriedOverFiles(plan),
    ...lineageFiles(plan),
  ];
};

const OWNERS_ON_A_LINE = 4;

/** Short lists and owners on one line, as one reads them. */
const yamlText = (content: object): string => {
  const document = new Document(content, { aliasDuplicateObjects: false });
  visit(document, {
    Seq: (_, list) => {
      if (list.items.every((item) => isScalar(item))) list.flow = true;
    },
    Pair: (_, { key, value }) => {
      if (isScalar(key) && key.value === "owners" && isMap(value))
        value.flow = value.items.length <= OWNERS_ON_A_LINE;
    },
  });
  return document.toString({ lineWidth: 0 });
};

const comment = (lines: readonly string[]): string => lines.map((line) => `# ${line}\n`).join("");

/**
 * A plan as the folder `readPlan` reads, each file with what an official has to know to edit it. Files of the same
 * name are replaced, others left alone; comments added by hand to replaced files are lost.
 */
export const writePlan = async ({
  plan,
  folder,
}: {
  readonly plan: Plan;
  readonly folder: string;
}): Promise<void> => {
  await mkdir(join(folder, "measures"), { recursive: true });
  await Promise.all(
    filesOf(plan).map(async ({ file, kind, content }) => {
      const path = join(folder, file);
      const schema = relative(join(path, ".."), schemaFile).split(sep).join("/");
      const head = `# yaml-language-server: $schema=${schema}\n${comment(guidance[kind])}`;
      await writeFile(path, `${head}${yamlText(content)}`);
    }),
  );
};
