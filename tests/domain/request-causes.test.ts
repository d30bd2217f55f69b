import { describe, expect, it } from "vitest";
import { causesOfRequest, type RecordedStep } from "../../domain/request-causes.ts";
import { instant } from "../../domain/time.ts";

const REQUEST = "2014-data-meti";
const at = (day: number) => instant(`2015-05-${String(day).padStart(2, "0")}T17:00:00+09:00`);
const term = { write: "term", request: REQUEST, dueAt: at(1), closeAt: at(8), asked: null, paused: null };
const opening: RecordedStep = { sequence: 7, opened: { dueAt: at(1), closeAt: at(8) }, changes: [] };
const step = (sequence: number, ...changes: RecordedStep["changes"]): RecordedStep => ({
  sequence,
  opened: null,
  changes,
});
const after = (...steps: readonly RecordedStep[]) => causesOfRequest(REQUEST, [opening, ...steps]);

describe("what made a request's facts what they are", () => {
  it("is its opening, until something changes", () => {
    expect(after()).toEqual({
      opened: 7,
      due: 7,
      close: 7,
      state: 7,
      asked: null,
      paused: null,
      items: new Map(),
      inner: new Map(),
      answers: new Map(),
    });
  });

  it("is of each date what moved that date, and of a wish or a pause what began it", () => {
    const asked = { dueOn: "2015-05-03" };
    const moved = after(
      step(8, { ...term, asked }),
      step(9, { ...term, asked, paused: {} }),
      step(10, { ...term, asked, paused: {}, closeAt: at(9) }),
    );
    expect(moved).toMatchObject({ due: 7, close: 10, asked: 8, paused: 9 });
    expect(after(step(8, { ...term, asked }), step(9, term), step(12, { ...term, asked })).asked).toBe(12);
    expect(after(step(11, { ...term, dueAt: at(2) }))).toMatchObject({ due: 11, close: 7 });
  });

  it("is of an item its last change, and of each version of its answer the event that brought it", () => {
    const item = `${REQUEST}/1`;
    const answer = { write: "answer", answer: { item } };
    const { items, answers, inner } = after(
      step(8, answer, { write: "item", item }),
      step(9, { write: "item", item }),
      step(10, answer, { write: "item", item }),
      step(11, { write: "inner", item, request: REQUEST }),
    );
    expect([...items]).toEqual([[item, 10]]);
    expect(answers.get(item)).toEqual([8, 10]);
    expect(inner.get(item)).toBe(11);
  });

  it("is nothing that was done to another request in the same event", () => {
    const other = "2014-data-meti-2";
    const changes = [
      { write: "item", item: `${other}/1` },
      { write: "request", request: other },
      { ...term, request: other, dueAt: at(5) },
    ];
    expect(after(step(8, ...changes))).toEqual(after());
    expect(after(step(8, { write: "request", request: REQUEST })).state).toBe(8);
  });
});
