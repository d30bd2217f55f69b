// Keeps what the workflows of this version write, for every later version to replay: `npm run histories`. It plays a
// small year on a service of its own, and by hand what seldom happens; and keeps, of each kind of workflow, a few runs
// that between them show every turn.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { actNames } from "../../domain/acts.ts";
import { startRehearsalHouse } from "../support/rehearsal-house.ts";
import { fy2014, standardScript } from "../support/scene.ts";
import { smallYear } from "../support/small-year.ts";
import { runsByHand } from "./by-hand.ts";
import { runsAt, store, type Run } from "./recording.ts";
import { representative } from "./representative.ts";
import { currentVersion, storedHistories } from "./stored.ts";

const rehearsed = async (): Promise<readonly Run[]> => {
  const house = await startRehearsalHouse();
  try {
    const [plan, script] = await Promise.all([fy2014(), standardScript()]);
    await house.play({ plan: smallYear(plan), script, seed: 7 });
    return await runsAt(house.service.addresses.temporal, house.state);
  } finally {
    await house.stop();
  }
};

const runs = [...(await runsByHand()), ...(await rehearsed())];
const types = [...new Set(runs.map(({ type }) => type))].toSorted();
const chosen = types.flatMap((type) => representative(runs.filter((run) => run.type === type)));
store(join(fileURLToPath(new URL("histories/", import.meta.url)), currentVersion()), chosen);

const done = new Set(storedHistories().flatMap(({ updates }) => updates));
const missing = actNames.filter((name) => !done.has(name));
if (missing.length > 0)
  throw new Error(`Nobody does ${missing.join(", ")}: let somebody, in tests/replay/by-hand.ts.`);
