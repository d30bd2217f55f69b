import type { Task } from "../../domain/agenda.ts";
import type { CycleKey } from "../../domain/ids.ts";
import { taskPlace, taskText, type TaskPlace } from "./task-words.ts";

const Place = ({ place }: { readonly place: TaskPlace }) =>
  "screen" in place ? (
    <a href={place.screen}>該当箇所を開く</a>
  ) : (
    <span class="call">
      API <code>{place.call}</code>
    </span>
  );

/** はじめに行うこと: the first thing first, or that there is none. */
export const Tasks = ({ tasks, cycle }: { readonly tasks: readonly Task[]; readonly cycle: CycleKey }) =>
  tasks.length === 0 ? (
    <p class="nothing">現在、あなたが行うことはありません。</p>
  ) : (
    <ol class="tasks">
      {tasks.map((task) => (
        <li key={taskText(task)}>
          <span class="task-text">{taskText(task)}</span>
          <Place place={taskPlace(task, cycle)} />
        </li>
      ))}
    </ol>
  );
