import type { VNode } from "preact";
import type { CycleKey } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import { warekiTime } from "../../domain/wareki.ts";
import { VersionHash } from "./audit.tsx";
import { Crumbs } from "./crumbs.tsx";
import { Sentences, type SentenceView } from "./history.tsx";
import { layout, type Frame } from "./layout.tsx";

interface TermView {
  readonly request: string;
  readonly dueAt: Instant;
  readonly closeAt: Instant;
}
export interface EventPageView {
  readonly frame: Frame;
  readonly cycle: CycleKey;
  readonly sequence: number;
  readonly sentence: SentenceView;
  readonly object: { readonly name: string; readonly href: string | null };
  readonly hash: string | null;
  /** The screen of the version with that hash; null where it has none. */
  readonly version: string | null;
  /** 期限 and 締切 as the event left them. */
  readonly terms: readonly TermView[];
  readonly self: string;
  readonly prev: string;
}

const Term = ({ term: { dueAt, closeAt } }: { readonly term: TermView }) => (
  <>
    <div>
      <dt>この記録の後の期限</dt>
      <dd>
        <time dateTime={dueAt}>{warekiTime(dueAt)}</time>
      </dd>
    </div>
    <div>
      <dt>この記録の後の締切</dt>
      <dd>
        <time dateTime={closeAt}>{warekiTime(closeAt)}</time>
      </dd>
    </div>
  </>
);

/** GET /cycles/{cycle}/audit/{sequence}: one event of the record, with what it brought about and what brought it. */
export const eventPage = ({
  frame,
  cycle,
  sequence,
  sentence,
  object,
  hash,
  version,
  terms,
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
              <VersionHash hash={hash} version={version} />
            </dd>
          </div>
        )}
        {terms.map((term) => (
          <Term key={term.request} term={term} />
        ))}
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
