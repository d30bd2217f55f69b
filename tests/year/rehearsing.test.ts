import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Script } from "../../rehearsals/script.ts";
import { timelineText } from "../../rehearsals/timeline.ts";
import type { View } from "../../rehearsals/view.ts";
import { personId } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import * as wire from "../../rehearsals/wire.ts";
import { npmRunRehearse } from "../support/npm-run-rehearse.ts";
import { startRehearsalHouse, type RehearsalHouse } from "../support/rehearsal-house.ts";
import { fy2014, standardScript } from "../support/scene.ts";
import { smallYear } from "../support/small-year.ts";

let house: RehearsalHouse;
let year: { readonly plan: Plan; readonly script: Script; readonly seed: number };
let undisturbed: string;
beforeAll(async () => {
  const [plan, script] = await Promise.all([fy2014(), standardScript()]);
  house = await startRehearsalHouse();
  year = { plan: smallYear(plan), script, seed: 7 };
  undisturbed = timelineText((await house.play(year)).timeline);
});
afterAll(() => house.stop());

const KILLED_AFTER = "2015-04-20T00:00:00+09:00";

/** Kills the worker for good in the middle of collection; another takes over. */
const killingOnce = () => {
  let successor: Promise<unknown> | undefined;
  return {
    onLook: ({ cycle: { stage }, now }: View): void => {
      if (successor !== undefined || stage !== "collection" || now < KILLED_AFTER) return;
      process.kill(house.service.worker.pid, "SIGKILL");
      successor = house.service.worker.ended.then(house.service.startWorker);
    },
    taken: () => successor,
  };
};

it("a year rehearsed again goes byte for byte as it went, also where the worker is killed meanwhile", async () => {
  const again = await house.play(year);
  expect(again.cycle).toBe("2014-r2");
  expect(timelineText(again.timeline)).toBe(undisturbed);

  const { onLook, taken } = killingOnce();
  const disturbed = await house.play({ ...year, onLook });
  await taken();
  expect(await house.service.worker.ended).toBe("SIGKILL");
  expect(timelineText(disturbed.timeline)).toBe(undisturbed);
});

describe("the command", () => {
  it("opens a rehearsal to be stepped by hand where it is given no seed", async () => {
    const byHand = npmRunRehearse(house.state);
    expect(await byHand.ended).toBe(0);
    expect(byHand.printed()).toContain("「次へ」");
    const [, cycle = ""] = /訓練 (\S+) を開きました/.exec(byHand.printed()) ?? [];
    const auditor = { person: personId("nisc-auditor"), role: "auditor" } as const;
    expect(await house.client.get(auditor, `/cycles/${cycle}`, wire.cycle)).toMatchObject({
      stage: "policy",
    });
  });

  it("ends cleanly on Ctrl-C, and the rehearsal can be gone on with", async () => {
    const stopped = npmRunRehearse(house.state, "--seed", "8");
    await stopped.says("施策の実施");
    stopped.interrupt();
    expect(await stopped.ended).toBe(0);
    expect(stopped.printed()).toContain("途中で止めました");
    expect(stopped.printed()).not.toContain("【段階】");
  });

  it.each([
    [["--seed", "seven"], "--seed には"],
    [["--people", "rehearsals/nobody.yaml", "--seed", "7"], "台本"],
    [["--plan", "plans/fy1900"], "計画"],
  ])("says what to change: %j", async (args, said) => {
    const refused = npmRunRehearse(house.state, ...args);
    expect(await refused.ended).toBe(1);
    expect(refused.printed()).toContain(said);
  });
});
