import type { VNode } from "preact";
import type { CatalogueDomain } from "../../domain/catalogue.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { Measure } from "../../domain/plan.ts";
import { Crumbs } from "./crumbs.tsx";
import { layout, type Frame } from "./layout.tsx";
import { planCrumb } from "./plan.tsx";

/** What is asked for an indicator, and of whom. */
export interface AskedFor {
  readonly text: string;
  readonly owners: readonly { readonly name: string; readonly inferred: boolean }[];
}
export interface CatalogueView {
  readonly frame: Frame;
  readonly cycle: CycleKey;
  readonly domains: readonly CatalogueDomain[];
  /** The one that is shown. */
  readonly shown: CatalogueDomain;
  readonly measures: readonly Measure[];
  readonly askedFor: (indicator: string) => readonly AskedFor[];
}

const Domains = ({ cycle, domains, shown }: Pick<CatalogueView, "cycle" | "domains" | "shown">) => (
  <nav aria-label="分野の選択">
    <ul class="domain-choice">
      {domains.map(({ key, name }) => (
        <li key={key}>
          <a
            href={`/cycles/${cycle}/plan/catalogue?domain=${key}`}
            aria-current={key === shown.key ? "page" : undefined}
          >
            {key}　{name}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

const Asked = ({ asked }: { readonly asked: readonly AskedFor[] }) =>
  asked.length === 0 ? (
    <p class="notice">照会先がありません。</p>
  ) : (
    <ul>
      {asked.map(({ text, owners }) => (
        <li key={text}>
          {text}（{owners.map(({ name, inferred }) => `${name}${inferred ? "〔推定〕" : ""}`).join("、")}）
        </li>
      ))}
    </ul>
  );

const MeasureSection = ({ measure, view }: { readonly measure: Measure; readonly view: CatalogueView }) => (
  <section aria-labelledby={`m-${measure.key}`}>
    <h3 id={`m-${measure.key}`}>
      {measure.key}　{measure.name}
    </h3>
    {measure.nameNote === undefined ? null : <p class="radio-note">{measure.nameNote}</p>}
    <dl>
      {measure.indicators.map(({ key, text }) => (
        <div key={key}>
          <dt>
            {key}　{text}
          </dt>
          <dd>
            <Asked asked={view.askedFor(key)} />
          </dd>
        </div>
      ))}
    </dl>
  </section>
);

/** GET /cycles/{cycle}/plan/catalogue: measures and indicators of one domain, with what is asked of whom. */
export const cataloguePage = (view: CatalogueView): VNode =>
  layout(
    "施策と指標",
    view.frame,
    <>
      <Crumbs cycle={view.cycle} between={planCrumb(view.cycle)} here="施策と指標" />
      <h1>施策と指標</h1>
      <Domains {...view} />
      <h2>
        {view.shown.areaName === view.shown.name ? "" : `${view.shown.areaName}　`}
        {view.shown.name}（施策{view.measures.length}）
      </h2>
      {view.measures.map((measure) => (
        <MeasureSection key={measure.key} measure={measure} view={view} />
      ))}
    </>,
  );
