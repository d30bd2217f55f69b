import { actNames, type ActName, type DeskActName } from "../../domain/acts.ts";
import { actWords } from "../../domain/act-words.ts";

/** An act of the reader's own, and how far it has come. */
export interface DoneAct {
  readonly act: string;
  readonly name: ActName | DeskActName;
  readonly standing: ActStandingView;
}
export type ActStandingView =
  | { readonly is: "stored" }
  | { readonly is: "done"; readonly sequence: number }
  | { readonly is: "refused"; readonly title: string; readonly detail: string };

export const Done = ({ done }: { readonly done: DoneAct }) => {
  const { act, name, standing } = done;
  // What is done at the desk is at once on the screen and has no receipt of its own.
  const receipt = actNames.some((one) => one === name) ? <a href={`/acts/${act}`}>控えを見る</a> : null;
  switch (standing.is) {
    case "done":
      return (
        <p class="done" role="status">
          <strong>{actWords[name]}を行いました。</strong>（監査記録第{standing.sequence}号）{receipt}
        </p>
      );
    case "stored":
      return (
        <p class="done" role="status">
          <strong>{actWords[name]}を受け付けました。</strong>
          処理が終わると、この画面に反映されます。しばらくしてから読み込み直してください。{receipt}
        </p>
      );
    case "refused":
      return (
        <p class="notice" role="status">
          <strong>{actWords[name]}は行われませんでした。</strong>
          {standing.title}。{standing.detail}
        </p>
      );
  }
};
