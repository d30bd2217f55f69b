import type { Task } from "../../domain/agenda.ts";
import type { BusinessCalendar } from "../../domain/calendar.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import { Countdown } from "./countdown.tsx";
import { taskPlace, taskText } from "./task-words.ts";

interface TasksOf {
  readonly tasks: readonly Task[];
  readonly cycle: CycleKey;
  readonly now: Instant;
  readonly calendar: BusinessCalendar;
}

/** はじめに行うこと: the first thing first, or that there is none. */
export const Tasks = ({ tasks, cycle, now, calendar }: TasksOf) =>
  tasks.length === 0 ? (
    <p class="nothing">現在、あなたが行うことはありません。</p>
  ) : (
    <ol class="tasks">
      {tasks.map((task) => (
        <li key={taskText(task)}>
          <span class="task-text">{taskText(task)}</span>
          <a href={taskPlace(task, cycle)}>手続の画面を開く</a>
          {"dueAt" in task ? <Countdown now={now} dueAt={task.dueAt} calendar={calendar} /> : null}
        </li>
      ))}
    </ol>
  );
