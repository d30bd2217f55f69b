import type { CycleKey } from "../../domain/ids.ts";
import type { RequestKind } from "../../domain/plan.ts";
import type { Instant } from "../../domain/time.ts";
import { warekiTime } from "../../domain/wareki.ts";
import { PostForm } from "./post-form.tsx";
import { kindNames } from "./words.ts";

/** What the clock's next step wakes. */
export type Waking =
  | { readonly wakes: "cycle" | "chase" | "report" | "survey" }
  | { readonly wakes: "request"; readonly organisation: string; readonly kind: RequestKind };

/** Of a stepped cycle: where 「次へ」 leads. */
export type NextStep =
  | {
      readonly is: "ready";
      readonly to: Instant;
      readonly waking: readonly Waking[];
      /** One per rendered form: a double click is one step. */
      readonly key: string;
    }
  | { readonly is: "nothing" | "busy" | "unknown" };

const wakingText = (waking: Waking): string => {
  switch (waking.wakes) {
    case "cycle":
      return "年次サイクル（次の段階に移ります）";
    case "chase":
      return "督促の確認（期限の近い照会、過ぎた照会を確かめます）";
    case "report":
      return "年次報告";
    case "request":
      return `${kindNames[waking.kind]}の期限（${waking.organisation}）`;
    case "survey":
      return "補完調査の期限";
  }
};

const SHOWN = 5;

const WakingList = ({ waking }: { readonly waking: readonly Waking[] }) => {
  const texts = [...new Set(waking.map(wakingText))];
  return (
    <ul class="waking">
      {texts.slice(0, SHOWN).map((text) => (
        <li key={text}>{text}</li>
      ))}
      {texts.length > SHOWN ? <li>ほか{texts.length - SHOWN}件</li> : null}
    </ul>
  );
};

const Ready = ({
  cycle,
  step,
}: {
  readonly cycle: CycleKey;
  readonly step: Extract<NextStep, { is: "ready" }>;
}) => (
  <PostForm action={`/cycles/${cycle}/advance`}>
    <input type="hidden" name="key" value={step.key} />
    <p>
      <button class="button button-main" type="submit" aria-describedby="next-to">
        次へ
      </button>
    </p>
    <p id="next-to">
      時計を<strong>{warekiTime(step.to)}</strong>まで進めます。そのとき動くものは、次のとおりです。
    </p>
    <WakingList waking={step.waking} />
  </PostForm>
);

/** 「次へ」: moves a rehearsal's clock to its next instant. Works without JavaScript. */
export const NextStepPanel = ({ cycle, step }: { readonly cycle: CycleKey; readonly step: NextStep }) => {
  switch (step.is) {
    case "ready":
      return <Ready cycle={cycle} step={step} />;
    case "nothing":
      return <p>時計が進んで動くものはありません。人の手続を待っています。</p>;
    case "busy":
      return <p>手続が進んでいます。しばらくしてから、この画面を読み込み直してください。</p>;
    case "unknown":
      return <p>手続の状況を確認できませんでした。しばらくしてから、この画面を読み込み直してください。</p>;
  }
};
