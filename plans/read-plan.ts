import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Plan } from "../domain/plan.ts";
import { areaFile } from "./area-file.ts";
import { dataOf, flatArea } from "./catalogue-text.ts";
import { dataFile } from "./data-file.ts";
import { readYaml, type PlanProblem, type ReadFile } from "./read-yaml.ts";
import {
  carriedOverFile,
  holidaysFile,
  lettersFile,
  lineageFile,
  organisationsFile,
  peopleFile,
  planFile,
} from "./year-files.ts";

export type ReadPlan =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly problems: readonly PlanProblem[] };

const AREA_FILE = /^area-[1-9]\.yaml$/;

const listed = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder).catch(() => [])).filter((name) => /\.ya?ml$/.test(name)).toSorted();

const problemsOf = (files: readonly ReadFile<unknown>[]): readonly PlanProblem[] =>
  files.flatMap((file) => (file.ok ? [] : file.problems));

/** A file that nobody reads is a mistyped name: what stands in it would silently be missing. */
const strays = (folder: readonly string[], known: (name: string) => boolean, prefix: string) =>
  folder
    .filter((name) => !known(name))
    .map((name): PlanProblem => ({
      file: `${prefix}${name}`,
      line: null,
      path: "",
      message: "計画のどのファイルでもありません。名前を直すか、別の場所へ移してください",
    }));

const CARRIED_OVER = "carried-over.yaml";
const LINEAGE = "lineage.yaml";
const yearFiles = [
  ...["plan", "data", "organisations", "people", "letters", "holidays"].map((name) => `${name}.yaml`),
  CARRIED_OVER,
  LINEAGE,
];

/** Need not be there: a year whose measures are last year's has nothing to say of it. */
const readLineage = async (folder: string): Promise<ReadFile<Pick<Plan, "lineage">>> => {
  if (!(await listed(folder)).includes(LINEAGE)) return { ok: true, value: {} };
  const file = await readYaml({ folder, file: LINEAGE, schema: lineageFile });
  return file.ok && file.value.lineage.length === 0 ? { ok: true, value: {} } : file;
};

/** Need not be there: the first year follows none. */
const readCarriedOver = async (folder: string): Promise<ReadFile<Pick<Plan, "carriedOver">>> => {
  if (!(await listed(folder)).includes(CARRIED_OVER)) return { ok: true, value: {} };
  const file = await readYaml({ folder, file: CARRIED_OVER, schema: carriedOverFile });
  return file.ok && file.value.carriedOver.length === 0 ? { ok: true, value: {} } : file;
};

const readAreas = async (folder: string) => {
  const names = await listed(join(folder, "measures"));
  const areas = await Promise.all(
    names
      .filter((name) => AREA_FILE.test(name))
      .map((name) => readYaml({ folder, file: `measures/${name}`, schema: areaFile })),
  );
  const missing: readonly PlanProblem[] =
    areas.length > 0
      ? []
      : [
          {
            file: "measures/area-1.yaml",
            line: null,
            path: "",
            message: "施策のファイルが一つもありません。measures/area-1.yaml から置いてください",
          },
        ];
  return { areas, problems: [...strays(names, (name) => AREA_FILE.test(name), "measures/"), ...missing] };
};

/**
 * The year as data from its folder of YAML files. Reading checks each file's form and that the shared data named
 * in it exist; what the year as a whole needs is `lintPlan`'s.
 *
 * @returns the plan, or everything that keeps it from being read, with file, line and what to do
 */
export const readPlan = async (folder: string): Promise<ReadPlan> => {
  const [year, data, organisations, people, letters, holidays, carriedOver, lineage, catalogue] =
    await Promise.all([
      readYaml({ folder, file: "plan.yaml", schema: planFile }),
      readYaml({ folder, file: "data.yaml", schema: dataFile }),
      readYaml({ folder, file: "organisations.yaml", schema: organisationsFile }),
      readYaml({ folder, file: "people.yaml", schema: peopleFile }),
      readYaml({ folder, file: "letters.yaml", schema: lettersFile }),
      readYaml({ folder, file: "holidays.yaml", schema: holidaysFile }),
      readCarriedOver(folder),
      readLineage(folder),
      readAreas(folder),
    ]);
  const problems = [
    ...problemsOf([
      year,
      data,
      organisations,
      people,
      letters,
      holidays,
      carriedOver,
      lineage,
      ...catalogue.areas,
    ]),
    ...catalogue.problems,
    ...strays(await listed(folder), (name) => yearFiles.includes(name), ""),
  ];
  if (
    !(year.ok && data.ok && organisations.ok && people.ok && letters.ok && holidays.ok && carriedOver.ok) ||
    !lineage.ok ||
    problems.length > 0
  )
    return { ok: false, problems };
  const areas = catalogue.areas.flatMap((file) => (file.ok ? [flatArea(file.value)] : []));
  const asked = dataOf(
    areas.flatMap((area) => area.asked),
    data.value.data,
  );
  if (asked.unknown.length > 0)
    return {
      ok: false,
      problems: asked.unknown.map((name) => ({
        file: "data.yaml",
        line: null,
        path: "data",
        message: `照会事項 ${name} がありません。ここに加えるか、measures/ の data: の番号を直してください`,
      })),
    };
  return {
    ok: true,
    plan: {
      ...year.value,
      ...organisations.value,
      ...people.value,
      ...letters.value,
      ...holidays.value,
      ...carriedOver.value,
      ...lineage.value,
      areas: areas.map(({ area }) => area),
      measures: areas.flatMap(({ measures }) => measures),
      delegated: areas.flatMap(({ delegated }) => delegated),
      data: asked.data,
    },
  };
};
