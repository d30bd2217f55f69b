import { dateOf } from "../domain/time.ts";
import { warekiWithWeekday } from "../domain/wareki.ts";
import { stageName, yearShare } from "./stage-names.ts";
import type { View } from "./view.ts";

const BAR = 22;

const openRequests = ({ requests }: View): string => {
  const open = requests.filter(({ is }) => is === "open").length;
  return open === 0 ? "" : `　照会の残り${open}件`;
};

/** One line: how far the year has come, which stage it is in, and the date it has. */
export const progressLine = (view: View): string => {
  const filled = Math.round(yearShare(view.cycle.stage) * BAR);
  const bar = `${"█".repeat(filled)}${"░".repeat(BAR - filled)}`;
  return `${bar} ${stageName(view.cycle.stage)}　${warekiWithWeekday(dateOf(view.now))}${openRequests(view)}`;
};

export interface Progress {
  readonly show: (view: View) => void;
  readonly end: () => void;
}

/** On a terminal one line that is written over; elsewhere a line for each stage. */
export const makeProgress = (out: {
  readonly isTTY: boolean;
  readonly write: (text: string) => unknown;
}): Progress => {
  let shown = "";
  return {
    show: (view) => {
      if (out.isTTY) out.write(`\r\u001b[2K${progressLine(view)}`);
      else if (view.cycle.stage !== shown) out.write(`${progressLine(view)}\n`);
      shown = view.cycle.stage;
    },
    end: () => {
      if (out.isTTY) out.write("\n");
    },
  };
};
