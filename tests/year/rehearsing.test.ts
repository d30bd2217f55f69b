import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import type { Rehearsed } from "../../rehearsals/rehearsal.ts";
import type { Script } from "../../rehearsals/script.ts";
import { timelineText } from "../../rehearsals/timeline.ts";
import type { View } from "../../rehearsals/view.ts";
import { organisationId, personId, type CycleKey } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import * as wire from "../../rehearsals/wire.ts";
import { npmRunRehearse } from "../support/npm-run-rehearse.ts";
import { startRehearsalHouse, type RehearsalHouse } from "../support/rehearsal-house.ts";
import { fy2014, standardScript } from "../support/scene.ts";
import { smallYear } from "../support/small-year.ts";

let house: RehearsalHouse;
let year: { readonly plan: Plan; readonly script: Script; readonly seed: number };
let undisturbed: string;
let harder: Rehearsed & { readonly cycle: CycleKey };
beforeAll(async () => {
  const [plan, script] = await Promise.all([fy2014(), standardScript()]);
  house = await startRehearsalHouse();
  year = { plan: smallYear(plan), script, seed: 7 };
  const [plain, hard] = await Promise.all([
    house.play(year),
    house.play({ ...year, script: harderThan(script) }),
  ]);
  undisturbed = timelineText(plain.timeline);
  harder = hard;
});
afterAll(() => house.stop());

const reading = async <Schema extends z.ZodType>(path: string, schema: Schema) =>
  house.client.get({ person: personId("nisc-auditor"), role: "auditor" }, path, schema);

/** The headquarters returns the report once; no extension is granted, and no approver returns anything. */
const harderThan = (script: Script): Script => {
  const nextDay = { afterDays: 1 };
  return {
    ...script,
    // Whoever the lots fall on: somebody has to ask for what is refused.
    ministries: {
      ...script.ministries,
      assigned: { ...script.ministries.assigned, [organisationId("mofa")]: "extension" },
    },
    secretariat: {
      ...script.secretariat,
      extension: { is: "refused", afterDays: 0, reason: "期限までの提出を求めるため。" },
    },
    approvals: { policy: nextDay, report: nextDay, evaluations: nextDay },
    decisions: {
      ...script.decisions,
      report: {
        meeting: script.decisions.report.meeting,
        outcomes: [
          { outcome: "returned", reason: "把握できなかった指標の扱いを改めること。" },
          { outcome: "decided-with-changes", reason: "第２章の表現を改める。" },
        ],
      },
    },
  };
};

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
  expect(timelineText(again.timeline)).toBe(undisturbed);

  const { onLook, taken } = killingOnce();
  const disturbed = await house.play({ ...year, onLook });
  await taken();
  expect(await house.service.worker.ended).toBe("SIGKILL");
  expect(timelineText(disturbed.timeline)).toBe(undisturbed);
});

describe("a year in which the headquarters returns the report", () => {
  it("drafts, approves and decides it once more, without another consultation", () => {
    const { stages, acts } = harder.timeline;
    expect(stages.map(({ stage }) => stage).slice(4)).toEqual([
      "drafting",
      "consultation",
      "approval",
      "decision",
      "drafting",
      "approval",
      "decision",
      "publication",
      "carry-over",
      "finished",
    ]);
    expect(acts.filter(({ action }) => action === "report.decide").map(({ at }) => at.slice(0, 10))).toEqual([
      "2015-06-25",
      stages.find(({ stage }) => stage === "publication")?.enteredAt.slice(0, 10),
    ]);
  });

  it("publishes the version that was decided last, not the one that came back", async () => {
    const { versions } = await reading(`/cycles/${harder.cycle}/report`, wire.report);
    const { publications } = await reading(`/cycles/${harder.cycle}/publications`, wire.publications);
    expect(new Set(publications.map(({ version }) => version))).toEqual(new Set([versions.at(-1)?.hash]));
    expect(versions.length).toBeGreaterThan(3);
  });

  it("has every ministry answer by the due date it was given", () => {
    const { acts } = harder.timeline;
    const refused = acts.filter(({ action }) => action === "request.refuse-extension");
    expect(refused).not.toEqual([]);
    for (const { object } of refused)
      expect(acts.find((act) => act.action === "request.submit" && act.object === object)?.at).toBe(
        "2015-04-17T11:00:00+09:00",
      );
  });
});

describe("the command", () => {
  it("opens a rehearsal to be stepped by hand where it is given no seed", async () => {
    const byHand = npmRunRehearse(house.state);
    expect(await byHand.ended).toBe(0);
    expect(byHand.printed()).toContain("「次へ」");
    const [, cycle = ""] = /訓練 (\S+) を開きました/.exec(byHand.printed()) ?? [];
    expect(await reading(`/cycles/${cycle}`, wire.cycle)).toMatchObject({
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
