import type { VNode } from "preact";
import type { CycleKey } from "../../domain/ids.ts";
import { Crumbs } from "./crumbs.tsx";
import { Sentences, type SentenceView } from "./history.tsx";
import { layout, type Frame } from "./layout.tsx";

export interface EventPageView {
  readonly frame: Frame;
  readonly cycle: CycleKey;
  readonly sequence: number;
  readonly sentence: SentenceView;
  readonly object: { readonly name: string; readonly href: string | null };
  readonly hash: string | null;
  readonly self: string;
  readonly prev: string;
}

/** GET /cycles/{cycle}/audit/{sequence}: one event of the record, with what it brought about and what brought it. */
export const eventPage = ({
  frame,
  cycle,
  sequence,
  sentence,
  object,
  hash,
  self,
  prev,
}: EventPageView): VNode => {
  const title = `監査記録 第${sequence}号`;
  return layout(
    title,
    frame,
    <>
      <Crumbs
        cycle={cycle}
        between={[{ href: `/cycles/${cycle}/audit`, name: "監査記録" }]}
        here={`第${sequence}号`}
      />
      <h1>{title}</h1>
      <Sentences caption="行われたことと、これにより送られたメール" sentences={[sentence]} />
      <dl class="facts facts-lines facts-column">
        <div>
          <dt>対象</dt>
          <dd>{object.href === null ? object.name : <a href={object.href}>{object.name}</a>}</dd>
        </div>
        {hash === null ? null : (
          <div>
            <dt>版のSHA-256</dt>
            <dd>
              <code>{hash}</code>
            </dd>
          </div>
        )}
        <div>
          <dt>この記録のSHA-256</dt>
          <dd>
            <code>{self}</code>
          </dd>
        </div>
        <div>
          <dt>一つ前の記録のSHA-256</dt>
          <dd>
            <code>{prev}</code>
          </dd>
        </div>
      </dl>
    </>,
  );
};

/** GET /requests/{id}/timeline: everything that happened to a request, in one column. */
export const timelinePage = ({
  frame,
  cycle,
  request,
  name,
  sentences,
}: {
  readonly frame: Frame;
  readonly cycle: CycleKey;
  readonly request: string;
  readonly name: string;
  readonly sentences: readonly SentenceView[];
}): VNode =>
  layout(
    `経過　${name}`,
    frame,
    <>
      <Crumbs cycle={cycle} between={[{ href: `/requests/${request}`, name }]} here="経過" />
      <h1>経過　{name}</h1>
      <p>回答、差戻し、延長、補完調査、メール、手続の動きを一列に並べ、それぞれに理由を示します。</p>
      <Sentences caption={`起きたこと（古い順に${sentences.length}件）`} sentences={sentences} />
    </>,
  );
