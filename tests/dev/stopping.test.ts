import { describe, expect, it } from "vitest";
import { allOf, makeStopping } from "../../dev/stopping.ts";

const written = () => {
  const log: string[] = [];
  const write = (what: string) => () => void log.push(what);
  return { log, write };
};

describe("what has been started", () => {
  it("is stopped last place first, whichever got ready first", async () => {
    const { log, write } = written();
    const stopping = makeStopping();
    const [postgres, temporal, api] = [stopping.place(), stopping.place(), stopping.place()];
    await api(write("api"));
    await postgres(write("postgres"));
    await temporal(write("temporal"));
    await stopping.stop();
    expect(log).toEqual(["api", "temporal", "postgres"]);
  });

  it("is stopped once, however often it is asked for", async () => {
    const { log, write } = written();
    const stopping = makeStopping();
    await stopping.place()(write("one"));
    await Promise.all([stopping.stop(), stopping.stop()]);
    expect(log).toEqual(["one"]);
  });

  it("is stopped to the end, also when a part fails to, which is then said", async () => {
    const { log, write } = written();
    const stopping = makeStopping();
    await stopping.place()(write("first"));
    await stopping.place()(() => Promise.reject(new Error("stuck")));
    await stopping.place()(write("last"));
    await expect(stopping.stop()).rejects.toThrow("stuck");
    expect(log).toEqual(["last", "first"]);
  });

  it("is stopped at once if it gets ready when all else has been stopped", async () => {
    const { log, write } = written();
    const stopping = makeStopping();
    const late = stopping.place();
    await stopping.stop();
    await expect(late(write("late"))).rejects.toThrow("stopped while it was starting");
    expect(log).toEqual(["late"]);
  });

  it("has all come to its end when one of several fails", async () => {
    const { log, write } = written();
    const slow = Promise.resolve()
      .then(() => Promise.resolve())
      .then(write("slow"));
    await expect(allOf([Promise.reject(new Error("one")), slow])).rejects.toThrow("one");
    expect(log).toEqual(["slow"]);
  });
});
