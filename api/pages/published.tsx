import type { CycleKey } from "../../domain/ids.ts";
import { dateOf, type Instant } from "../../domain/time.ts";
import { Caused } from "./caused.tsx";
import { warekiWithWeekday } from "../../domain/wareki.ts";

export interface PublishedFile {
  readonly name: string;
  readonly bytes: number;
  readonly publishedAt: Instant;
}

const titles: Readonly<Record<string, string>> = {
  "report.html": "年次報告（HTML）",
  "report.pdf": "年次報告（PDF）",
  "report.docx": "年次報告（Word）",
  "data.xlsx": "データ（Excel）",
  "data.csv": "データ（CSV）",
  "data.json": "データ（JSON）",
};

const sizeText = (bytes: number): string => `${Math.ceil(bytes / 1024).toLocaleString("ja-JP")} KB`;

/** 公表資料: the decided version in every form; to be had by who is signed in. */
export const Published = ({
  cycle,
  files,
  way,
  linked,
}: {
  readonly cycle: CycleKey;
  readonly files: readonly PublishedFile[];
  /** The address of the event that published them; null for who may not read the record. */
  readonly way: string | null;
  readonly linked: boolean;
}) => (
  <section aria-labelledby="published-heading">
    <h2 id="published-heading">公表資料</h2>
    <ul class="files">
      {files.map(({ name, bytes, publishedAt }) => (
        <li key={name}>
          {linked ? (
            <a href={`/api/v1/cycles/${cycle}/publications/${name}`}>{titles[name] ?? name}</a>
          ) : (
            (titles[name] ?? name)
          )}{" "}
          <span class="file-facts">
            {sizeText(bytes)}、
            <Caused by={way}>
              <time dateTime={publishedAt}>{warekiWithWeekday(dateOf(publishedAt))}</time>
            </Caused>
            公表
          </span>
        </li>
      ))}
    </ul>
  </section>
);
