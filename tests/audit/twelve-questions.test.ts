import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { canonical } from "../../audit/verify.mjs";
import { deedWords } from "../../domain/act-words.ts";
import { owedStates } from "../../domain/answer.ts";
import { calendarOf, isOpen } from "../../domain/calendar.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import { rungWords, shortTime } from "../../domain/reminder-words.ts";
import { dateOf, instant, type Instant } from "../../domain/time.ts";
import { warekiTime } from "../../domain/wareki.ts";
import { auditorAt, recordIn, stateOf, type Auditor, type Recorded } from "../support/auditor.ts";
import { startChromium } from "../support/chromium.ts";
import { startRehearsalHouse, type RehearsalHouse } from "../support/rehearsal-house.ts";
import { fy2014, standardScript } from "../support/scene.ts";
import { smallYear } from "../support/small-year.ts";
import { seldomDone } from "../support/seldom-done.ts";

/** docs/auditors.md, 十二の問い: each walked as it says there, and every answer held against the record. */

let house: RehearsalHouse;
let browser: Browser;
let auditor: Auditor;
let cycle: CycleKey;
let plan: Plan;
let [folder, bundle] = ["", ""];
let events: readonly Recorded[] = [];
let lines: readonly string[] = [];

const run = (program: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, [join(bundle, program), ...args], { encoding: "utf8", cwd: bundle });
const json = (file: string) => JSON.parse(readFileSync(join(bundle, file), "utf8"));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "nenrin-auditor-"));
  bundle = join(folder, "bundle");
  const [whole, script] = await Promise.all([fy2014(), standardScript()]);
  plan = smallYear(whole);
  [house, browser] = await Promise.all([startRehearsalHouse(), startChromium()]);
  ({ cycle } = await house.play({ plan, script, seed: 7, onLook: seldomDone(house) }));
  auditor = await auditorAt(browser, house.service.addresses.web, cycle);
  // Until the last histories are kept and the last checkpoint is signed, the bundle itself says what is missing.
  await vi.waitUntil(
    async () => {
      rmSync(bundle, { recursive: true, force: true });
      await auditor.takeBundle(bundle);
      return run("verify.mjs", ".").status === 0 && json("manifest.json").checkpoints.length > 0;
    },
    { timeout: 120_000, interval: 2_000 },
  );
  ({ events, lines } = recordIn(bundle, cycle));
});
afterAll(async () => {
  await browser.close();
  await house.stop();
  rmSync(folder, { recursive: true });
});

const of = (action: string): readonly Recorded[] => events.filter(({ leaf }) => leaf.action === action);
const nameOf = (person: string): string => plan.people.find(({ id }) => id === person)?.name ?? person;
/** Newest first, as the screen has them. */
const told = (one: readonly Recorded[]) =>
  one.toReversed().map(({ leaf, said }) => ({
    number: String(leaf.sequence),
    at: warekiTime(leaf.at),
    by: nameOf(leaf.actor),
    hash: leaf.hash ?? "",
    object: leaf.object,
    reason: said.reason?.words ?? "",
  }));
const expectRows = (rows: readonly string[], action: string): void => {
  const expected = told(of(action));
  expect(expected).not.toEqual([]);
  expect(rows).toHaveLength(expected.length);
  for (const [n, facts] of expected.entries())
    for (const fact of Object.values(facts)) expect(rows[n]).toContain(fact);
};

const stateAt = (is: (event: Recorded) => boolean) => stateOf({ lines, events }, cycle, is);
const owedIs: ReadonlySet<string> = new Set(owedStates);
const isItemOf = (request: string) => (item: string) => item.startsWith(`${request}/`);

describe("the auditor's twelve questions", () => {
  it("1 who approved this sentence", async () => {
    await auditor.open(`/cycles/${cycle}/report`);
    const version = await auditor.follow(/^第\d+版を読む$/);
    const [hash = ""] = /[0-9a-f]{64}/.exec(version) ?? [];
    const rows = await auditor.search("年次報告の承認");
    expectRows(rows, "report.approve");
    const approved = rows.filter((row) => row.includes(hash));
    const expected = told(of("report.approve").filter(({ leaf }) => leaf.hash === hash));
    expect(expected.map(({ by, number }) => `${number} ${by}`)).not.toEqual([]);
    expect(approved).toHaveLength(expected.length);
    for (const [n, { by, at }] of expected.entries())
      expect([approved[n]?.includes(by), approved[n]?.includes(at)]).toEqual([true, true]);
    const event = await auditor.follow(expected[0]?.number ?? "");
    expect(event).toContain("年次報告の承認");
    await auditor.follow("操作");
    expect(auditor.page.url()).toContain(of("report.approve").at(-1)?.leaf.act);
  });

  it("2 why this ministry was reminded twice", async () => {
    const overdue = Object.values(plan.ladders)
      .flat()
      .filter(({ label, offsetBusinessDays }) => offsetBusinessDays > 0 && label.includes("督促"));
    const asked = Object.entries(stateAt(() => true).requests).filter(
      ([, { kind, organisation }]) => kind === "data" && organisation !== "nisc",
    );
    let twice = 0;
    for (const [request] of asked) {
      await auditor.open(`/requests/${request}`);
      await auditor.follow(/全ての経過/);
      const rows = (await auditor.rows()).filter((row) => row.includes("を送信 理由: 期限"));
      const reminded = overdue.flatMap((rung) => rows.find((row) => row.includes(rungWords(rung))) ?? []);
      for (const row of reminded) {
        const number = Number(/監査記録 第(\d+)号/.exec(row)?.[1]);
        const cause = events.find(({ leaf }) => leaf.sequence === number);
        expect(cause?.leaf.action).toBe("chase.remind");
        expect(row).toContain(cause && warekiTime(cause.leaf.at));
        const { requests, items } = stateAt(({ leaf }) => leaf.sequence < number);
        const owed = Object.entries(items).filter(
          ([item, { is }]) => isItemOf(request)(item) && owedIs.has(is),
        );
        const dueAt = requests[request]?.dueAt;
        expect(row).toContain(`期限 ${dueAt && shortTime(dueAt)} に未提出 ${owed.length}項目`);
      }
      if (reminded.length > 1) twice += 1;
    }
    expect(twice).toBeGreaterThan(0);
  });

  it("3 what the board showed on 1 April", async () => {
    await auditor.open(`/cycles/${cycle}/past`);
    await auditor.page.getByLabel("日付").fill("2015-04-01");
    await auditor.page.getByLabel("時刻").fill("17:00");
    await auditor.page.getByRole("button", { name: "この時点を見る" }).click();
    await auditor.page.waitForURL(/on=2015-04-01/);
    const then = instant("2015-04-01T17:00:00+09:00");
    const was = stateAt(({ leaf }) => leaf.at <= then);
    expect(was.cycle.stage).toBe("collection");
    const main = await auditor.page.locator("main").innerText();
    expect(main).toContain(`版 ${was.versions.length}`);
    const rows = await auditor.rows();
    expect(rows).toHaveLength(Object.keys(was.requests).length);
    const board = await auditor.follow("この時点の提出状況");
    expect(board).toContain(`${warekiTime(then)}の時点`);
    const [items, submitted] = [was.items, was.answers].map((one) => Object.keys(one).length);
    expect(board).toContain(`${submitted}/${items}`);
    expect(await auditor.rows("#requests")).toHaveLength(Object.keys(was.requests).length);
  });

  it("4 who extended what", async () => {
    expectRows(await auditor.search("期限延長の申出"), "request.ask-extension");
    expectRows(await auditor.search("期限延長の承認"), "request.grant-extension");
    const [granted] = of("request.grant-extension").toReversed();
    const event = await auditor.follow(String(granted?.leaf.sequence));
    const number = granted?.leaf.sequence ?? 0;
    const request = granted?.leaf.object.replace("request ", "") ?? "";
    const [before, after] = [number - 1, number].map(
      (last) => stateAt(({ leaf }) => leaf.sequence <= last).requests[request]?.dueAt,
    );
    expect(after && before && after > before).toBe(true);
    expect(event.replaceAll(/\s+/g, " ")).toContain(`この記録の後の期限 ${after && warekiTime(after)}`);
  });

  it("5 whether anything was sent on a closed day", async () => {
    const main = await auditor.open(`/cycles/${cycle}/mails`);
    const { mails } = z
      .object({ mails: z.array(z.object({ at: z.string().transform(instant) })) })
      .parse(await auditor.ask(`/cycles/${cycle}/mails?limit=500`));
    const days = new Set(mails.map(({ at }) => dateOf(at)));
    const calendar = calendarOf(plan.holidays);
    expect([...days].filter((day) => !isOpen(day, calendar))).toEqual([]);
    expect(main).toContain(`閉庁日の日付のメールはありません（メールのある${days.size}日`);
  });

  it("6 which figures came late", async () => {
    await auditor.open(`/cycles/${cycle}/board`);
    await auditor.page.getByLabel("項目の状態").selectOption({ label: "期限後に提出" });
    await auditor.page.getByRole("button", { name: "絞り込む" }).click();
    await auditor.page.waitForURL(/state=late/);
    const { requests, answers } = stateAt(() => true);
    const isLate =
      (dueAt: Instant) =>
      ([, [first]]: readonly [string, readonly { readonly at: Instant }[]]) =>
        first !== undefined && first.at > dueAt;
    const late = Object.entries(requests).flatMap(([id, { kind, dueAt }]) => {
      const many = Object.entries(answers)
        .filter(([item]) => isItemOf(id)(item))
        .filter(isLate(dueAt)).length;
      return many > 0 && (kind === "data" || kind === "chapter") ? [{ id, many }] : [];
    });
    expect(late).not.toEqual([]);
    expect(await auditor.rows("#requests")).toHaveLength(late.length);
    for (const { id, many } of late) {
      const link = auditor.page.locator(`a[href="/requests/${id}"]`);
      expect(await auditor.page.locator("#requests tr").filter({ has: link }).innerText()).toContain(
        `${many}／${many}`,
      );
    }
    const [one] = late;
    await auditor.open(`/requests/${one?.id}`);
    expect((await auditor.rows()).filter((row) => /第1版.*期限後/.test(row))).not.toEqual([]);
  });

  it("7 what was in the version that the headquarters decided", async () => {
    expectRows(await auditor.search("年次報告の本部決定の記録"), "report.decide");
    const hash = of("report.decide").at(-1)?.leaf.hash ?? "";
    const version = await auditor.follow(hash);
    expect(version).toContain(hash);
    const document = await auditor.ask(`/cycles/${cycle}/report/versions/${hash}`);
    expect(createHash("sha256").update(canonical(document)).digest("hex")).toBe(hash);
  });

  it("8 whether anything changed after the approval", async () => {
    const hashOf = async (action: string): Promise<string> =>
      /[0-9a-f]{64}/.exec((await auditor.search(action))[0] ?? "")?.[0] ?? "none";
    const approved = await hashOf("年次報告の承認");
    expect(await hashOf("年次報告の本部決定の記録")).toBe(approved);
    expect(await hashOf("年次報告の公表")).toBe(approved);
    const published = z.array(z.object({ version: z.string() })).parse(json("versions.json").publications);
    expect(new Set(published.map(({ version }) => version))).toEqual(new Set([approved]));
    expect(of("report.publish").map(({ leaf }) => leaf.hash)).toEqual([approved]);
  });

  it("9 who returned an answer, and why", async () => {
    expectRows(await auditor.search("回答の差戻し"), "request.return");
    expect(told(of("request.return")).every(({ reason }) => reason !== "")).toBe(true);
  });

  it("10 why this mail was sent", async () => {
    await auditor.open(`/cycles/${cycle}/mails`);
    await auditor.follow(/./, "main table");
    const mail = auditor.page.url();
    const event = await auditor.follow(/^監査記録 第\d+号$/);
    const number = Number(/audit\/(\d+)$/.exec(auditor.page.url())?.[1]);
    const cause = events.find(({ leaf }) => leaf.sequence === number);
    expect(event).toContain(cause && deedWords(cause.leaf.action));
    expect(event).toContain(cause && nameOf(cause.leaf.actor));
    await auditor.page.locator(`main a[href="${new URL(mail).pathname}"]`).waitFor();
    await auditor.follow("操作");
    expect(auditor.page.url()).toContain(cause?.leaf.act);
    expect(await auditor.follow(`第${number}号`)).toContain(`監査記録 第${number}号`);
  });

  it("11 whether somebody stood in, or approved what he had prepared", async () => {
    await auditor.open(`/cycles/${cycle}/reviews`);
    const { approvals } = z
      .object({ approvals: z.array(z.object({ by: z.string(), standsInFor: z.string().nullable() })) })
      .parse(json("projections.json"));
    const shown = await auditor.page.locator("main table").first().locator("tbody tr").allInnerTexts();
    expect(shown).toHaveLength(approvals.length);
    expect(shown.filter((row) => row.includes("が代決")).length).toBe(
      approvals.filter(({ standsInFor }) => standsInFor !== null).length,
    );
    const { status, stdout } = run("verify.mjs", ".");
    expect([status, stdout.includes("［不一致］duties")]).toEqual([0, false]);
  });

  it("12 whether record or rows were made anew: the bundle proves itself, offline", () => {
    const witness = join(house.state, "witness");
    const key = readFileSync(join(witness, "verifier-key.txt"), "utf8").trim();
    const size = json("manifest.json").checkpoints.at(-1);
    const kept = readdirSync(witness).find((name) => Number(/^checkpoint-(\d+)/.exec(name)?.[1]) === size);
    const args = [".", "--key", key, "--checkpoint", join(witness, kept ?? "none")];
    const proved = run("verify.mjs", ...args);
    expect([proved.status, proved.stdout]).toEqual([0, expect.stringContaining("不一致 0 件")]);
    expect(run("compare.mjs", ".").stdout).toContain("不一致 0 件");
    expect(json("versions.json").files).not.toEqual([]);
    for (const file of ["entries.ndjson", "versions.json", "projections.json"]) {
      const was = readFileSync(join(bundle, file));
      const changed = Buffer.from(was);
      changed[was.length >> 1] = (changed[was.length >> 1] ?? 0) ^ 1;
      writeFileSync(join(bundle, file), changed);
      const { status, stdout } = run("verify.mjs", ...args);
      expect([status, stdout]).toEqual([1, expect.stringContaining(`${file} の SHA-256 が目録と異なります`)]);
      writeFileSync(join(bundle, file), was);
    }
  });
});
