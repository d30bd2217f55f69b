import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CycleKey } from "../../domain/ids.ts";
import { instant, type Instant } from "../../domain/time.ts";
import { startRehearsalHouse, type RehearsalHouse } from "../support/rehearsal-house.ts";
import { fy2014, standardScript } from "../support/scene.ts";
import { smallYear } from "../support/small-year.ts";

const AUDITOR = "nisc-auditor auditor";

let house: RehearsalHouse;
let cycle: CycleKey;
/** What the API said live, by address, when everybody had done what he had to do at that instant. */
const live = new Map<Instant, ReadonlyMap<string, unknown>>();

const ask = async (
  post: string,
  path: string,
): Promise<{ readonly status: number; readonly body: unknown }> => {
  const [person, role] = post.split(" ");
  const token = house.service.tokens.find((one) => one.person === person && one.role === role)?.token ?? "";
  const reply = await fetch(`${house.service.addresses.api}${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: reply.status, body: await reply.json() };
};
/** What is still to come, and how far work under way has come, is no state: the past has none. */
const recorded = (path: string, body: unknown): unknown => {
  if (path.endsWith("/board")) return { ...Object(body), mailsAhead: [] };
  return path.endsWith("/report") ? { ...Object(body), progress: [] } : body;
};
const past = (path: string, then: Instant) =>
  ask(AUDITOR, `${path}${path.includes("?") ? "&" : "?"}asOf=${encodeURIComponent(then)}`);

beforeAll(async () => {
  const [plan, script] = await Promise.all([fy2014(), standardScript()]);
  house = await startRehearsalHouse();
  ({ cycle } = await house.play({
    plan: smallYear(plan),
    script,
    seed: 7,
    onLook: async ({ now, cycle: { cycle: key }, requests }) => {
      const [first] = requests;
      const paths = [
        `/cycles/${key}`,
        `/cycles/${key}/requests?limit=500`,
        `/cycles/${key}/board`,
        `/cycles/${key}/report`,
        ...(first === undefined ? [] : [`/requests/${first.id}`]),
        ...requests.slice(-1).map(({ id }) => `/requests/${id}`),
      ];
      const said = new Map<string, unknown>();
      for (const path of paths) {
        const { body } = await ask(AUDITOR, path);
        said.set(path, recorded(path, body));
      }
      live.set(now, said);
    },
  }));
});
afterAll(() => house.stop());

describe("the year at any of its instants", () => {
  it("was looked at in every stage", () => {
    expect(live.size).toBeGreaterThan(40);
  });

  it("is what the API said live at that instant", async () => {
    for (const [then, said] of [...live].filter((_, n) => n % 4 === 0))
      for (const [path, body] of said) {
        const was = await past(path, then);
        expect({ path, then, was: was.body }).toEqual({ path, then, was: body });
      }
  });

  it("does not let the past into the present, on the same connections", async () => {
    const [first, last] = [
      [...live.keys()][3] ?? instant("2015-01-13T09:00:00+09:00"),
      [...live.keys()].at(-1),
    ];
    const present = await ask(AUDITOR, `/cycles/${cycle}`);
    for (let n = 0; n < 12; n += 1) {
      await past(`/cycles/${cycle}`, first);
      expect((await ask(AUDITOR, `/cycles/${cycle}`)).body).toEqual(present.body);
    }
    expect(present.body).toEqual((last && live.get(last))?.get(`/cycles/${cycle}`));
  });

  it("has no instant before its beginning, and takes no other than an instant", async () => {
    const before = await past(`/cycles/${cycle}`, instant("2014-01-01T00:00:00+09:00"));
    expect(before).toMatchObject({ status: 404, body: { code: "not-begun" } });
    expect(await ask(AUDITOR, `/cycles/${cycle}?asOf=yesterday`)).toMatchObject({ status: 400 });
  });
});
