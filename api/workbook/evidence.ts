import { handlingNames, handlings, type Confidentiality, type Handling } from "../../domain/labels.ts";
import { titles } from "./form.ts";
import type { RowReading } from "./row-reading.ts";

/** 格付け of an answer on a filled form. A cell that is left blank says nothing, and of files no form does. */

export const confidentialityNames: Readonly<Record<Confidentiality, string>> = {
  1: "機密性１情報",
  2: "機密性２情報",
};
export const EMBARGOED = { yes: "該当する", no: "該当しない" } as const;
export const NO_HANDLING = "なし";
export const AS_IS = "提出する";

/** As the API takes it; what is not there is not said. */
export interface RowEvidence {
  readonly confidentiality?: Confidentiality;
  readonly handling?: readonly Handling[];
  readonly embargoed?: boolean;
}

const plain = (text: string): string => text.normalize("NFKC");

const confidentialityIn = ({ text, wrong }: RowReading): RowEvidence => {
  const said = plain(text(titles.confidentiality));
  if (said === "") return {};
  const found = ([1, 2] as const).find((one) => plain(confidentialityNames[one]) === said);
  if (found !== undefined) return { confidentiality: found };
  const message = said.includes("機密性3")
    ? "機密性３情報は受け付けません。調査票に記入せず、事務局に直接連絡してください。"
    : "コード表の格付けから選んでください。";
  wrong(titles.confidentiality, message);
  return {};
};

const handlingIn = ({ text, wrong }: RowReading): RowEvidence => {
  const said = text(titles.handling);
  if (said === "") return {};
  if (said === NO_HANDLING) return { handling: [] };
  const names = said.split(/[、，,・\s]+/u).filter((name) => name !== "");
  const unknown = names.filter((name) => !handlings.some((one) => handlingNames[one] === name));
  if (unknown.length > 0) wrong(titles.handling, `コード表にない取扱制限があります：${unknown.join("、")}`);
  return { handling: handlings.filter((one) => names.includes(handlingNames[one])) };
};

const embargoIn = ({ text, wrong }: RowReading): RowEvidence => {
  const said = text(titles.embargoed);
  if (said === "") return {};
  if (said !== EMBARGOED.yes && said !== EMBARGOED.no)
    wrong(titles.embargoed, `「${EMBARGOED.yes}」又は「${EMBARGOED.no}」を選んでください。`);
  return { embargoed: said === EMBARGOED.yes };
};

export const evidenceOf = (reading: RowReading): RowEvidence => ({
  ...confidentialityIn(reading),
  ...handlingIn(reading),
  ...embargoIn(reading),
});

/** 不備のあるまま提出. */
export const asIsOf = ({ text, wrong }: RowReading): { readonly asIs?: true } => {
  const said = text(titles.asIs);
  if (said === "") return {};
  if (said !== AS_IS) wrong(titles.asIs, `「${AS_IS}」とするか、空欄にしてください。`);
  return { asIs: true };
};
