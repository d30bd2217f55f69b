/**
 * 格付け (政府機関等のサイバーセキュリティ対策のための統一基準): who writes something says how it is to be kept. 機密性３情報
 * (秘密文書に相当するもの) has no place here: it is refused at the door and goes the way that its rules prescribe.
 */
export type Confidentiality = 1 | 2;
export const confidentialities: readonly Confidentiality[] = [1, 2];

/** 取扱制限: what whoever receives it must not do, or must. In the order in which they are printed. */
export type Handling = "no-copying" | "no-distribution" | "no-forwarding" | "concerned-only" | "encrypted";
export const handlingNames: Readonly<Record<Handling, string>> = {
  "no-copying": "複製禁止",
  "no-distribution": "配付禁止",
  "no-forwarding": "転送禁止",
  "concerned-only": "関係者限り",
  encrypted: "暗号化必須",
};
export const handlings: readonly Handling[] = [
  "no-copying",
  "no-distribution",
  "no-forwarding",
  "concerned-only",
  "encrypted",
];

/** Of a file, or of an answer. */
export interface Labels {
  readonly confidentiality: Confidentiality;
  /** Absent where there is none: an empty list has another hash. */
  readonly handling?: readonly Handling[];
}
/** 公表前: until it is lifted nobody but its own organisation and the secretariat knows of the answer. */
export interface AnswerLabels extends Labels {
  readonly embargoed?: true;
}

/** What is not said is 機密性２情報: kept until somebody decides that it may be read by everyone. */
export const DEFAULT_CONFIDENTIALITY: Confidentiality = 2;

/** In the list's order, each once. */
export const labelsOf = (confidentiality: Confidentiality, limits: readonly Handling[]): Labels => {
  const handling = handlings.filter((limit) => limits.includes(limit));
  return { confidentiality, ...(handling.length > 0 && { handling }) };
};

/** As an answer's content holds it: undefined for what holds without being said. */
export const storedLabels = (labels: Labels, embargoed: boolean): AnswerLabels | undefined =>
  labels.confidentiality === DEFAULT_CONFIDENTIALITY && labels.handling === undefined && !embargoed
    ? undefined
    : { ...labels, ...(embargoed && { embargoed }) };

/** What an answer's content says, or what holds where it says nothing. */
export const heldLabels = ({ labels }: { readonly labels?: AnswerLabels | undefined }): AnswerLabels =>
  labels ?? { confidentiality: DEFAULT_CONFIDENTIALITY };

/** 印, e.g. 機密性２情報, 関係者限り and 公表前, each apart from the next. */
export const labelText = ({ confidentiality, handling = [], ...more }: AnswerLabels): string =>
  [
    `機密性${confidentiality === 1 ? "１" : "２"}情報`,
    ...handling.map((limit) => handlingNames[limit]),
    ...("embargoed" in more ? ["公表前"] : []),
  ].join("　");
