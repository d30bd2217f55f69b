import { describe, expect, it } from "vitest";
import { read, written } from "../../api/english/markup.ts";
import { englishPage } from "../../api/english/page.ts";
import { phrases } from "../../api/english/phrases.ts";
import { hostileTexts } from "../support/hostile-texts.ts";

/** A page as the renderer wrote it, turned into English by phrases. */

const inEnglish = englishPage({
  "あと{n}開庁日": "{n} business days left",
  "{date}までに、照会項目{n}件に回答してください。": "Answer {n} items by {date}.",
  "手続を行うには、<1>してください。": "To do something, please <1>.",
  サインイン: "sign in",
  "{organisation}の{word}を選ぶ": "Choose the {word} to {organisation}",
  データ照会: "request for data",
  経済産業省: "METI",
  "{name}件": "{name} items",
  回答: "Answer",
  削除: '<b>gone</b> & "over"',
});

describe("a text of ours", () => {
  it.each([
    ["<p>あと3開庁日</p>", "<p>3 business days left</p>"],
    ["<p>あと1開庁日</p>", "<p>1 business day left</p>"],
    ["<p>あと21開庁日</p>", "<p>21 business days left</p>"],
    [
      "<p>平成27年4月17日（金）17時30分までに、照会項目12件に回答してください。</p>",
      "<p>Answer 12 items by 17\u00a0Apr\u00a02015 (Fri) 17:30\u00a0JST.</p>",
    ],
    [
      '<p>手続を行うには、<a href="/sign-in">サインイン</a>してください。</p>',
      '<p>To do something, please <a href="/sign-in">sign in</a>.</p>',
    ],
    [
      '<input aria-label="経済産業省のデータ照会を選ぶ"/>',
      '<input aria-label="Choose the request for data to METI"/>',
    ],
    ["<td>回答、データ照会</td>", "<td>Answer, request for data</td>"],
    ['<html lang="ja"><body>回答</body></html>', '<html lang="en"><body>Answer</body></html>'],
    ["<time>平成26年度</time>", "<time>FY2014</time>"],
    ["<time>令和元年5月1日</time>", "<time>1\u00a0May\u00a02019</time>"],
    ["<p>削除</p>", "<p>&lt;b>gone&lt;/b> &amp; &quot;over&quot;</p>"],
  ])("%s", (japanese, english) => {
    expect(inEnglish(japanese)).toBe(english);
  });
});

describe("what has no English", () => {
  it.each([
    ["<p>山田の報告</p>", '<p lang="ja">山田の報告</p>'],
    ["<p>山田<b>回答</b></p>", '<p><span lang="ja">山田</span><b>Answer</b></p>'],
    ["<p>不審な案件</p>", '<p lang="ja">不審な案件</p>'],
    ["<textarea>\nあと3開庁日</textarea>", '<textarea lang="ja">\nあと3開庁日</textarea>'],
    ['<input value="回答"/>', '<input value="回答"/>'],
    ["<pre>回答</pre>", '<pre lang="ja">回答</pre>'],
    ['<p translate="no">回答</p>', '<p translate="no" lang="ja">回答</p>'],
    ['<a lang="ja">回答</a>', '<a lang="ja">回答</a>'],
    ["<p>Answer</p>", "<p>Answer</p>"],
  ])("stays as it is, and says that it is Japanese: %s", (japanese, english) => {
    expect(inEnglish(japanese)).toBe(english);
  });
});

describe("what somebody wrote", () => {
  const real = englishPage(phrases);
  const escaped = (text: string): string =>
    text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  const frames: readonly ((text: string) => string)[] = [
    (text) => `<p>${text}</p>`,
    (text) => `<p title="${text}の版">${text}を行いました。<b>回答</b></p>`,
    (text) => `<textarea>\n${text}</textarea>`,
    (text) => `<option value="${text}">${text}（データ照会）</option>`,
  ];

  it("is a text and no markup in English, as it was in Japanese", () => {
    for (const text of hostileTexts)
      for (const frame of frames) {
        const page = frame(escaped(text));
        const tags = (html: string) => html.match(/<\/?[a-z]+/g)?.filter((tag) => !tag.endsWith("span"));
        expect(tags(real(page))).toEqual(tags(page));
        // Only what marks the language has come.
        expect(
          real(page)
            .match(/<span[^>]*>/g)
            ?.every((tag) => tag === '<span lang="ja">') ?? true,
        ).toBe(true);
      }
  });

  it("cannot take the place of an element of the sentence", () => {
    const mark = String.fromCharCode(0xe001);
    expect(inEnglish(`<p>手続を行うには、${mark}<a>x</a>してください。</p>`).match(/<a>/g)).toHaveLength(1);
  });
});

describe("markup", () => {
  it("is read and written without a change", () => {
    const page =
      '<html lang="ja"><head><meta charset="utf-8"/></head><body><svg><circle cx="1"/></svg><p a b="x > y">1 > 0 &lt; 2<br/></p></body></html>';
    expect(written(read(page))).toBe(page);
  });

  it.each(["<p>", "</p>", "<p></b>", "<p a='x'>", "<!-- x -->", "<p a=x></p>", "a < b"])(
    "that is not our renderer's is refused: %s",
    (page) => {
      expect(() => read(page)).toThrow(Error);
    },
  );
});
