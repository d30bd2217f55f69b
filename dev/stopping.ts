type Stop = () => Promise<void> | void;

/** The way back of a start: places taken in order, filled as parts get ready, stopped last place first. */
export interface Stopping {
  /** Takes the next place; what is started late, when all else is stopped already, is stopped at once. */
  readonly place: () => (stop: Stop) => Promise<void>;
  /** Stops everything once, also when a part fails to; then the first failure is thrown. */
  readonly stop: () => Promise<void>;
}

export const makeStopping = (): Stopping => {
  const places: { stop: Stop | null }[] = [];
  let stopped: Promise<void> | null = null;
  const stopAll = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (const { stop } of places.toReversed())
      await Promise.resolve()
        .then(stop)
        .catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  return {
    place: () => {
      const place: { stop: Stop | null } = { stop: null };
      places.push(place);
      return async (stop) => {
        place.stop = stop;
        if (stopped === null) return;
        await stop();
        throw new Error("stopped while it was starting");
      };
    },
    stop: () => (stopped ??= stopAll()),
  };
};

/** All of it comes to its end before a failure is thrown, so that what did start is known and can be stopped. */
export const allOf = async <const Parts extends readonly Promise<unknown>[]>(
  parts: Parts,
): Promise<{ -readonly [Index in keyof Parts]: Awaited<Parts[Index]> }> => {
  await Promise.allSettled(parts);
  return Promise.all(parts);
};
