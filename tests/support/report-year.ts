import { sql } from "drizzle-orm";
import { expect, vi } from "vitest";
import { projectionsOf } from "../../db/queries/projections.ts";
import { cycleKey, type Sha256 } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import type { ApiYear } from "./api-year.ts";

/** A year of one measure and two ministries as its people do it over HTTP, and see refused what comes in bad order. */

export const [preparer, recorder, auditor] = [
  "nisc-preparer-1 preparer",
  "nisc-recorder recorder",
  "nisc-auditor auditor",
];
export const approvers = ["nisc-counsellor", "nisc-deputy-director", "nisc-director"].map(
  (one) => `${one} approver`,
);
export const [counsellor = "", deputy = "", director = ""] = approvers;
export const [meti, mic] = ["meti-officer contact", "mic-officer contact"];
export const base = "/cycles/2014-r1";
const cycle = cycleKey("2014-r1");
export const reason = "記載を改める必要がある。";

/** One measure, asked of two ministries. */
export const oneMeasure = (small: Plan): Plan => {
  const [datum] = small.data;
  const [measure] = small.measures.filter(({ indicators }) =>
    indicators.some(({ key }) => datum?.indicators.includes(key)),
  );
  if (datum === undefined || measure === undefined) throw new Error("no datum");
  const owners = small.organisations
    .filter(({ id }) => id === "meti" || id === "mic")
    .map(({ id }) => ({ organisation: id, basis: "inferred" as const }));
  return {
    ...small,
    measures: [measure],
    areas: small.areas
      .filter(({ number }) => number === measure.area)
      .map((area) => ({
        ...area,
        domains: area.domains.filter(({ number }) => number === measure.domain),
      })),
    data: measure.indicators.map(({ key, text }, n) => ({
      key: `datum-${n}`,
      text,
      indicators: [key],
      owners,
    })),
    chapters: [],
    delegated: [],
  };
};

interface Reply {
  readonly statusCode: number;
  readonly json: () => { readonly code: string; readonly hash: Sha256; readonly act: string };
}
const said = (reply: Reply) => [reply.statusCode, reply.json().code];

export const reportYear = (api: ApiYear, plan: Plan) => {
  /** Done, also where the engine takes its time. */
  const done = async (post: string, path: string, body: object): Promise<Sha256> => {
    const reply: Reply = await api.post(post, path, body);
    const { act, hash, code } = reply.json();
    expect([path, reply.statusCode, code]).toEqual([path, expect.toBeOneOf([200, 202]), undefined]);
    if (reply.statusCode === 200) return hash;
    const state = async () => (await api.get(post, `/acts/${act}`)).json().state;
    await vi.waitUntil(async () => (await state()) === "done", { timeout: 60_000, interval: 200 });
    return hash;
  };

  /** All that could have changed: the record's head, and every row of the year. */
  const standing = async () => {
    await api.house.rest("cycle-2014-r1");
    return recorded();
  };
  const recorded = async () => ({
    head: (await api.house.db.execute(sql`select sequence, self from audit_head`)).at(0),
    rows: await api.house.db.transaction((tx) => projectionsOf(tx, cycle)),
  });
  /** Refused with its reason, and nothing is otherwise than before. */
  const refuses = async (
    [status, code]: readonly [number, string],
    [post, path, body]: readonly [string, string, object],
  ): Promise<void> => {
    const before = await standing();
    expect([path, ...said(await api.post(post, `${base}${path}`, body))]).toEqual([path, status, code]);
    expect(await standing()).toEqual(before);
  };

  const settle = async (): Promise<void> => {
    for (const [who, organisation] of [
      [meti, "meti"],
      [mic, "mic"],
    ] as const) {
      const id = `2014-r1-data-${organisation}`;
      const read = await api.get(who, `/requests/${id}`);
      const items: readonly { readonly id: string }[] = read.json().items;
      const answers = items.map(({ id: item }) => ({ item, says: "nil", text: "該当する取組はなかった。" }));
      const etag = String(read.headers.etag);
      const submitted = await api.post(who, `/requests/${id}/answers`, { answers }, { ifMatch: etag });
      expect(submitted.statusCode).toBe(200);
      const now: readonly {
        readonly id: string;
        readonly state: { readonly answer: { readonly content: { readonly hash: string } } };
      }[] = (await api.get(preparer, `/requests/${id}`)).json().items;
      await done(preparer, `/requests/${id}/acceptance`, {
        items: now.map(({ id: item, state }) => ({ item, hash: state.answer.content.hash })),
      });
    }
  };

  const evaluate = async (): Promise<void> => {
    const { asked } = (await api.get(preparer, `${base}/evaluations`)).json();
    const entries = asked.map(({ kind, key }: { kind: "output" | "outcome"; key: string }) => ({
      kind,
      key,
      rating: plan.scales[kind][0]?.key,
      text: "計画に沿って進捗した。",
    }));
    await done(preparer, `${base}/evaluations`, { entries });
    const { evaluations } = (await api.get(preparer, `${base}/evaluations`)).json();
    const reviewed = evaluations.map(({ kind, key, content, hash }: Record<string, string>) => ({
      kind,
      key,
      content,
      hash,
    }));
    await done(counsellor, `${base}/evaluations/approval`, { entries: reviewed });
    for (const { kind, key } of entries)
      if (kind === "outcome")
        await done(preparer, `${base}/analyses`, { domain: key, needed: false, text: null, reason });
  };

  const compile = (): Promise<Sha256> => done(preparer, `${base}/report/versions`, {});
  const edit = (text: string) =>
    done(preparer, `${base}/report/edits`, { section: "overview", text, againstSource: "" });

  /** Both ministries answer the round; 経済産業省 with these opinions. */
  const consultOn = async (hash: Sha256, round: number, opinions: readonly object[]): Promise<void> => {
    await done(preparer, `${base}/report/consultation`, { hash });
    for (const [who, organisation, own] of [
      [meti, "meti", opinions],
      [mic, "mic", []],
    ] as const) {
      const id = `2014-r1-consultation${round === 1 ? "" : round}-${organisation}`;
      const read = await api.get(who, `/requests/${id}`);
      const [item] = read.json().items;
      const answer =
        own.length === 0
          ? { item: item.id, says: "nil", text: "意見なし" }
          : { item: item.id, says: "value", text: "意見を提出する。", opinions: own };
      if (round === 1 && organisation === "mic")
        await refuses(
          [409, "not-yet"],
          [preparer, "/report/dispositions", { comments: ["x/1"], disposition: "not-reflected", reason }],
        );
      const etag = String(read.headers.etag);
      expect(
        (await api.post(who, `/requests/${id}/answers`, { answers: [answer] }, { ifMatch: etag })).statusCode,
      ).toBe(200);
    }
    await api.house.rest("report-2014-r1");
  };

  return { done, refuses, settle, evaluate, compile, edit, consultOn };
};
