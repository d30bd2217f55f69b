import type { Says } from "../../domain/says.ts";
import type { RequestKind } from "../../domain/plan.ts";
import { EvidenceInputs } from "./evidence.tsx";
import { LineField, ProseField, RadioField, SelectField, type Form, type Option } from "./form.tsx";
import type { ItemView, Written } from "./request-item.tsx";
import { ValueFields } from "./value-fields.tsx";
import { saysNames } from "./words.ts";

const notes: Readonly<Record<Says, string>> = {
  value: "確定した値又は状況",
  provisional: "後日、確定値を提出",
  nil: "実績がない",
  "not-applicable": "所掌していない",
  unmeasurable: "補完調査を行います",
};

const choicesOf = (kind: RequestKind): readonly Option[] => {
  const all: readonly Says[] =
    kind === "data" ? ["value", "provisional", "nil", "not-applicable", "unmeasurable"] : ["value", "nil"];
  return [
    ...all.map((says) => ({
      value: says,
      name: kind === "chapter" && says === "value" ? "提出する" : saysNames[says],
      note: kind === "chapter" ? undefined : notes[says],
    })),
    { value: "", name: "今回は回答しない" },
  ];
};

interface AnswerFields {
  readonly item: ItemView;
  readonly kind: RequestKind;
  readonly form: Form;
  readonly reasons: readonly Option[];
  /** Who else can be proposed to own what is asked. */
  readonly owners: readonly Option[];
}

/** What the fields started with: without a kind of answer picked, a change in them would be lost. */
const Started = ({ item, values }: { readonly item: string; readonly values: Written }) => (
  <>
    {Object.entries(values).map(([part, value]) => (
      <input key={part} type="hidden" name={`was-${part}:${item}`} value={value} />
    ))}
  </>
);

/** 把握困難 and 所管外 ask for more than a text. */
const DataFields = ({ item, form, reasons, owners }: AnswerFields) => {
  const { id } = item;
  return (
    <>
      <div class="field-row">
        <ValueFields form={form} item={id} {...item} />
        <SelectField
          form={form}
          name={`why:${id}`}
          label="把握困難の理由"
          options={reasons}
          none="選んでください"
        />
      </div>
      <div class="field-row">
        <LineField
          form={form}
          name={`availableOn:${id}`}
          label="時期未到来のとき、把握できる日"
          kind="date"
        />
        <SelectField
          form={form}
          name={`owner:${id}`}
          label="所管外のとき、所管と考える府省庁"
          options={owners}
          none="選んでください（分からないときは空欄）"
        />
      </div>
    </>
  );
};

const blockParts = ["number", "unit", "text", "date", "choice", "table"];

/** Only where a check had something to say: nobody is asked to explain what nobody has questioned. */
const CheckFields = ({ item: { id, written }, form }: AnswerFields) => {
  const explained = form.valueOf(`explanation:${id}`, written["explanation"]);
  const asks = form.mistakeOf(`explanation:${id}`) !== null || explained !== "";
  const isBlocked = blockParts.some((part) => form.mistakeOf(`${part}:${id}`) !== null);
  return (
    <>
      {asks ? (
        <ProseField
          form={form}
          name={`explanation:${id}`}
          label="検査の指摘に対する説明"
          hint="指摘の点が誤りでないときに記入してください。事務局の確認に用います。"
          rows={2}
          value={written["explanation"] ?? ""}
        />
      ) : null}
      {isBlocked || form.has(`asIs:${id}`, "yes") ? (
        <label class="check">
          <input type="checkbox" name={`asIs:${id}`} value="yes" checked={form.has(`asIs:${id}`, "yes")} />
          <span>
            直すことができないため、不備のあるまま提出する（回答としては扱わず、締切まで督促の対象となります）
          </span>
        </label>
      ) : null}
    </>
  );
};

const Inputs = (fields: AnswerFields) => {
  const { item, kind, form } = fields;
  const { id, written } = item;
  return (
    <>
      <Started item={id} values={written} />
      <input type="hidden" name={`seen:${id}`} value={String(item.versions[0]?.version ?? 0)} />
      <RadioField form={form} name={`says:${id}`} label="回答の区分" options={choicesOf(kind)} />
      {kind === "data" ? <DataFields {...fields} /> : null}
      <ProseField
        form={form}
        name={`text:${id}`}
        label={kind === "data" ? "内容・説明" : "本文"}
        rows={kind === "data" ? 3 : 14}
        value={written["text"] ?? ""}
      />
      <CheckFields {...fields} />
      <EvidenceInputs item={id} form={form} {...item.evidence} />
    </>
  );
};

/** Typed for an item that takes no answers any more: kept for who typed it. */
const Kept = ({ item, form }: Pick<AnswerFields, "item" | "form">) => {
  const typed = form.valueOf(`text:${item.id}`);
  return form.tried && typed !== "" ? (
    <div class="field">
      <p class="field-label">あなたが入力した内容（送信されていません）</p>
      <p class="prose kept">{typed}</p>
    </div>
  ) : null;
};

/** 回答: the fields of one item. What is already answered can be answered anew while it is not settled. */
export const AnswerInputs = (fields: AnswerFields) => {
  const { item, form } = fields;
  switch (item.answering) {
    case "wanted":
      return <Inputs {...fields} />;
    case "possible":
      return (
        <details
          class="again"
          open={
            form.valueOf(`says:${item.id}`) !== "" ||
            form.mistakeOf(`says:${item.id}`) !== null ||
            // Attached, and not submitted yet: it must not be out of sight.
            item.evidence.attached.some(({ named }) => !named)
          }
        >
          <summary>回答を出し直す</summary>
          <Inputs {...fields} />
        </details>
      );
    case "over":
      return <Kept item={item} form={form} />;
    case "others":
      return null;
  }
};
