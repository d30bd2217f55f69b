import process from "node:process";
import { dueCalendar } from "../../activities/letters/due-calendar.ts";
import { japaneseHolidays } from "../../plans/holidays.ts";
import { addBusinessDays, calendarOf, closedReason } from "../../domain/calendar.ts";
import { nextTick } from "../../domain/ladder.ts";
import { at, instantOfEpochMs, plainDate, plainTime } from "../../domain/time.ts";
import { warekiTime } from "../../domain/wareki.ts";

/** Prints what the calendar answers under this process's TZ, and how far that TZ is from UTC. */
const calendar = calendarOf(japaneseHolidays());
const window = { from: plainTime("09:00"), until: plainTime("16:00") };

const dates = Array.from({ length: 47 * 12 }, (_, n) => {
  const year = 2004 + Math.floor(n / 12);
  const day = plainDate(
    `${year}-${String((n % 12) + 1).padStart(2, "0")}-${String((n % 28) + 1).padStart(2, "0")}`,
  );
  const back = addBusinessDays(day, -12, calendar);
  const tick = nextTick(at(back, plainTime("23:30")), window, calendar);
  return [
    `${back} ${closedReason(day, calendar) ?? "開庁日"}`,
    warekiTime(tick),
    dueCalendar({ dueAt: tick, title: "期限", link: "https://nenrin.example/", uid: `${n}`, now: tick }),
  ];
}).flat();

const winter = new Date(2015, 0, 1).getTime();
process.stdout.write(JSON.stringify({ offset: instantOfEpochMs(winter), dates }));
