import { renderToString } from "preact-render-to-string";
import { describe, expect, it } from "vitest";
import { homePage, type CycleGlance } from "../../api/pages/home.tsx";
import type { Waking } from "../../api/pages/next-step.tsx";
import { requestPage } from "../../api/pages/request.tsx";
import { taskPlace, taskText } from "../../api/pages/task-words.ts";
import type { Task } from "../../domain/agenda.ts";
import { cycleKey } from "../../domain/ids.ts";
import { instant, plainDate } from "../../domain/time.ts";
import { sampleGlance, sampleHome, sampleRequest } from "../support/sample-year.ts";

const home = (glance: Partial<CycleGlance> = {}): string =>
  renderToString(homePage({ ...sampleHome, glance: { ...sampleGlance, ...glance } }));
const texts = (html: string): string => html.replaceAll(/<[^>]+>/g, "");

describe("the home screen", () => {
  it("draws attention to mail that nobody is sure of, and says what that means", () => {
    expect(home()).toContain('data-attention="uncertain"');
    expect(texts(home())).toContain("自動では送り直しません");
  });

  it("keeps quiet about it while there is none", () => {
    const none = { queued: 0, sending: 0, accepted: 9, rejected: 0, uncertain: 0, cancelled: 0, captured: 0 };
    const html = home({
      mails: { lastAt: null, lastCaused: null, counts: none, trouble: { rows: [], many: 0 } },
    });
    expect(html).not.toContain('data-attention="uncertain"');
  });

  it("says when there is nothing to do", () => {
    expect(texts(home({ tasks: [] }))).toContain("現在、あなたが行うことはありません。");
  });

  it("names five of the many that wake, and counts the others", () => {
    const waking = Array.from({ length: 9 }, (_, n): Waking => ({
      wakes: "request",
      kind: "data",
      organisation: `組織${n}`,
    }));
    const to = instant("2015-05-01T17:00:01+09:00");
    const html = texts(home({ next: { is: "ready", to, key: "key", waking } }));
    expect(html).toContain("データ照会の期限（組織4）");
    expect(html).not.toContain("組織5");
    expect(html).toContain("ほか4件");
  });

  it("says so before the first year is opened", () => {
    expect(texts(renderToString(homePage({ ...sampleHome, glance: null })))).toContain(
      "年次サイクルはまだ開かれていません",
    );
  });

  it("gives published files only to who is signed in", () => {
    expect(home()).toContain('href="/api/v1/cycles/2014-r1/publications/report.pdf"');
    const html = home({ tasks: null });
    expect(texts(html)).toContain("年次報告（PDF）");
    expect(html).not.toContain("publications/report.pdf");
  });
});

describe("a consultation", () => {
  const [item] = sampleRequest.items;
  const view = {
    ...sampleRequest,
    kind: "consultation" as const,
    items: item === undefined ? [] : [{ ...item, is: "value" as const, versions: [], reason: null }],
    opinions: [
      {
        id: "content/1",
        at: instant("2015-06-10T11:00:00+09:00"),
        section: null,
        text: "表現を改められたい。",
        proposal: "……を推進した。",
        disposition: "partly-reflected" as const,
        reason: "趣旨を踏まえ、表現を改めた。",
        change: "「推進した」に改めた。",
        nextYear: false,
      },
    ],
  };
  it("speaks of opinions, not of data, and says what was done about each", () => {
    const html = texts(renderToString(requestPage(view)));
    for (const said of [
      "意見あり",
      "修正文案：……を推進した。",
      "一部反映",
      "趣旨を踏まえ",
      "修正の内容：「推進した」",
    ])
      expect(html).toContain(said);
    expect(html).not.toContain("回答はまだありません");
  });
});

describe("what to do", () => {
  const at = instant("2015-04-17T17:00:00+09:00");
  const tasks: readonly Task[] = [
    { do: "submit-policy" },
    { do: "answer", request: "2014-data-meti", items: 3, dueAt: at },
    { do: "comment", request: "2014-consultation-meti", dueAt: at },
    { do: "allocate", request: "2014-data-meti", items: 3, dueAt: at },
    { do: "prepare", request: "2014-data-meti", items: 3, dueAt: at },
    { do: "sign-off", request: "2014-data-meti", items: 3, dueAt: at },
    { do: "submit", request: "2014-data-meti", items: 3, dueAt: at },
    { do: "review-answers", items: 2 },
    { do: "decide-report" },
    { do: "check-mails", mails: 1 },
    { do: "record-steps", surveys: 1, dueOn: plainDate("2015-05-13") },
    { do: "decide-late-answers", items: 1 },
  ];
  it.each(tasks.map((task) => [task.do, task] as const))("says what and where: %s", (_, task) => {
    expect(taskText(task)).toMatch(/ください。$/);
    expect(taskPlace(task, cycleKey("2014"))).toMatch(/^(#|\/requests\/|\/cycles\/2014\/)/);
  });
});
