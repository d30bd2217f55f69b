import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Script } from "../../rehearsals/script.ts";
import { timelineText } from "../../rehearsals/timeline.ts";
import type { View } from "../../rehearsals/view.ts";
import type { Plan } from "../../domain/plan.ts";
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

describe("a year rehearsed again", () => {
  it("goes byte for byte as it went", async () => {
    const again = await house.play(year);
    expect(again.cycle).toBe("2014-r2");
    expect(timelineText(again.timeline)).toBe(undisturbed);
  });

  it("goes the same where the worker is killed in the middle of collection", async () => {
    let killed: Promise<unknown> | undefined;
    const killOnce = ({ cycle: { stage }, now }: View): void => {
      if (killed !== undefined || stage !== "collection" || now < KILLED_AFTER) return;
      process.kill(house.service.worker.pid, "SIGKILL");
      killed = house.service.worker.ended.then(house.service.startWorker);
    };
    const disturbed = await house.play({ ...year, onLook: killOnce });
    await killed;
    expect(await house.service.worker.ended).toBe("SIGKILL");
    expect(timelineText(disturbed.timeline)).toBe(undisturbed);
  });

  it("goes otherwise with another seed", async () => {
    const other = await house.play({ ...year, seed: 8 });
    expect(other.timeline.seed).toBe(8);
    expect(other.timeline.mails).not.toEqual(JSON.parse(undisturbed).mails);
  });
});
