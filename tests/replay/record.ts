// Keeps what the workflows of this version write, for every later version to replay: `npm run histories`. It plays a
// small year on the stepped clock and lets two requests run on the real one, and keeps, of each kind of workflow, a few
// runs that between them show every turn.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout } from "node:timers/promises";
import { requestWorkflowId } from "../../workflows/contract.ts";
import { actingYear, reason } from "../support/acting-year.ts";
import { openInRealTime, twoAgenciesToday } from "../support/real-request.ts";
import { startRehearsalHouse } from "../support/rehearsal-house.ts";
import { fy2014, standardScript } from "../support/scene.ts";
import { smallYear } from "../support/small-year.ts";
import { startYearHouse } from "../support/year-house.ts";
import { runsAt, runsOf, store, type Run } from "./recording.ts";
import { representative } from "./representative.ts";
import { currentVersion } from "./stored.ts";

const stepped = async (): Promise<readonly Run[]> => {
  const house = await startRehearsalHouse();
  try {
    const [plan, script] = await Promise.all([fy2014(), standardScript()]);
    await house.play({ plan: smallYear(plan), script, seed: 7 });
    return await runsAt(house.service.addresses.temporal);
  } finally {
    await house.stop();
  }
};

/** One request is answered, returned, corrected and accepted in time; the other meets with silence. */
const inRealTime = async (): Promise<readonly Run[]> => {
  const house = await startYearHouse();
  try {
    const cycle = await house.openYear("2014-r9", await twoAgenciesToday());
    const year = actingYear(house, cycle);
    const [answered, silent] = [`${cycle}-data-agency-1`, `${cycle}-data-agency-2`];
    const item = `${answered}/drills`;
    await openInRealTime(house, { cycle, id: silent, seconds: 3 });
    const at = await openInRealTime(house, { cycle, id: answered, seconds: 3_600 });
    const given = await year.answer(item);
    const read = [{ item, hash: given.content.hash }];
    await year.request(answered)("request.submit", { answers: [given] }, { at });
    await year.request(answered)("request.return", { items: read }, { at, reason });
    await year.request(answered)("request.submit", { answers: [given] }, { at });
    await year.request(answered)("request.accept", { items: read }, { at });
    while (Object.values(await year.states(silent)).some(({ is }) => is === "owed")) await setTimeout(100);
    await year.request(silent)("request.give-up", { items: [`${silent}/drills`] }, { reason });
    await house.client.workflow.getHandle(requestWorkflowId(silent)).result();
    return (await runsOf(house.client)).filter(({ type }) => type === "request");
  } finally {
    await house.stop();
  }
};

const runs = [...(await inRealTime()), ...(await stepped())];
const types = [...new Set(runs.map(({ type }) => type))].toSorted();
const chosen = types.flatMap((type) => representative(runs.filter((run) => run.type === type)));
store(join(fileURLToPath(new URL("histories/", import.meta.url)), currentVersion()), chosen);
