import type { WorkflowBundle } from "@temporalio/worker";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CycleKey } from "../../domain/ids.ts";
import { join } from "../../worker/joining.ts";
import { replayOpen } from "../../worker/open-histories.ts";
import { currentRelease, makeCurrent, placeOf } from "../../worker/release.ts";
import { cycleWorkflowId } from "../../workflows/contract.ts";
import { workflowsWith, type Plant } from "../replay/planting.ts";
import { twoAgencies } from "../support/two-agencies.ts";
import { startYearHouse, type Employed, type YearHouse } from "../support/year-house.ts";
import { outcomeOf } from "./outcome.ts";
import { tell, type Chapter } from "./story.ts";
import { workedOn, type Worked } from "./worked.ts";

/**
 * A year that begins in one release and ends in another, with both at work in between and one step back. The other
 * release is today's with one change, as a release makes one: the code that runs stays free of it.
 */

const [OLD, NEW] = ["0.1.0", "0.2.0"];
const PATCH = "told-after-a-breath";

/** 0.2.0 tells others that a request has settled only after a breath: a timer where there was none. */
const change: Plant = {
  file: "workflows/request.ts",
  from: /import \{ setCurrentDetails, setHandler \}([\s\S]*)if \(isRequestSettled\(state\)\) await tellIfLast\((.*)\);/,
  to: `import { patched, setCurrentDetails, setHandler, sleep }$1if (isRequestSettled(state)) {
      if (patched("${PATCH}")) await sleep(1);
      await tellIfLast($2);
    }`,
};

let house: YearHouse;
let old: WorkflowBundle;
let young: WorkflowBundle;
let plain: CycleKey;
let changing: CycleKey;
let worked: readonly Worked[] = [];
const whatBecame: (string | null)[] = [];

const joining = (bundle: WorkflowBundle, release: string): Promise<() => Promise<void>> =>
  join({
    client: house.client,
    release,
    isAlone: false,
    replay: () => replayOpen({ client: house.client, bundle, dataConverter: {} }),
    logger: { info: () => {}, warn: () => {} },
  });

/** Takes its place as worker.ts does. */
const employed = async (bundle: WorkflowBundle, release: string): Promise<Employed> => {
  const takeTasks = await joining(bundle, release);
  const worker = await house.employ(bundle, release);
  await takeTasks();
  return worker;
};

beforeAll(async () => {
  [house, old, young] = await Promise.all([
    startYearHouse({ isManned: false }),
    workflowsWith(),
    workflowsWith(change),
  ]);
  const plan = await twoAgencies();
  const first = await employed(old, OLD);
  plain = await tell(house, { key: "2014-r1", plan, meanwhile: async () => {} });

  const turns: Readonly<Record<Chapter, () => Promise<unknown>>> = {
    opened: () => employed(young, NEW),
    amended: async () => {},
    "half-answered": async () => {
      expect((await replayOpen({ client: house.client, bundle: old, dataConverter: {} })).failed).toEqual([]);
      await makeCurrent(house.client, OLD);
      expect(await placeOf(house.client, NEW)).toBe("former");
    },
    chased: async () => {
      await makeCurrent(house.client, NEW);
      await first.stop();
    },
  };
  const meanwhile = async (chapter: Chapter): Promise<void> => {
    await turns[chapter]();
    whatBecame.push(await currentRelease(house.client));
  };
  changing = await tell(house, { key: "2014-r2", plan, meanwhile });
  worked = await workedOn(house, changing);
});
afterAll(() => house.stop());

describe("a year that survives releases", () => {
  it("was worked on by the old release, by the new one, by the old one again and by the new one to its end", () => {
    expect(whatBecame).toEqual([NEW, NEW, OLD, NEW]);
    const cycle = worked.find(({ workflow }) => workflow === cycleWorkflowId(changing));
    expect(cycle?.releases).toEqual([OLD, NEW, OLD, NEW]);
  });

  it("has no task that failed or that nobody answered, and nothing that is still open", () => {
    expect(worked.filter(({ stuck, isOpen }) => stuck > 0 || isOpen)).toEqual([]);
    expect(worked.length).toBeGreaterThan(7);
  });

  it("took the changed rule from the day the release had it, also before the step back", () => {
    const patched = worked.filter(({ patches }) => patches.length > 0).map(({ workflow }) => workflow);
    expect(patched.length).toBeGreaterThan(2);
    expect(patched).toContain("request-2014-r2-data-agency-1");
    expect(patched).toContain("request-2014-r2-data-agency-2");
  });

  it("came to the same as a year that nobody changed anything about", async () => {
    expect(await outcomeOf(house, changing)).toEqual(await outcomeOf(house, plain));
  });
});
