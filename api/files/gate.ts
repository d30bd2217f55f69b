import { ProblemError } from "../problems.ts";

/**
 * So many at a time, and as many more wait for their turn: whoever comes beyond that is told to come again. What one
 * takes of memory, disk and processes is so bounded, however many come.
 */
export interface Gate {
  /** What to call once one is done; calling it again changes nothing. @throws ProblemError `uploads-busy` */
  readonly enter: () => Promise<() => void>;
}

export const makeGate = ({
  inside,
  waiting,
}: {
  readonly inside: number;
  readonly waiting: number;
}): Gate => {
  const queue: (() => void)[] = [];
  let busy = 0;
  const leaving = (): (() => void) => {
    let isOut = false;
    return () => {
      if (isOut) return;
      isOut = true;
      const next = queue.shift();
      if (next === undefined) busy -= 1;
      else next();
    };
  };
  return {
    enter: async () => {
      if (busy < inside) busy += 1;
      else if (queue.length >= waiting) throw new ProblemError("uploads-busy");
      else await new Promise<void>((resolve) => queue.push(resolve));
      return leaving();
    },
  };
};

/** Four readers of forms of 256 MiB are a gigabyte; a file that is attached passes through the disk. */
export const UPLOADS = { inside: 4, waiting: 16 } as const;
