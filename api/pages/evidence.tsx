import type { ComponentChildren } from "preact";
import { fileEndings } from "../../domain/file-name.ts";
import { FILE_SIZE_LIMIT_BYTES } from "../../domain/file.ts";
import { handlingNames, handlings, type AnswerLabels } from "../../domain/labels.ts";
import { fieldId, FileField, Send, SelectField, type Form, type Option } from "./form.tsx";

/** 添付 as a screen names it. */
export interface FileView {
  readonly id: string;
  readonly hash: string;
  readonly href: string;
  readonly name: string;
  readonly version: number;
  readonly size: number;
  /** 印. */
  readonly label: string;
}
export interface AttachedView extends FileView {
  /** An answer names it: it can be left out of the next, and not be taken back. */
  readonly named: boolean;
  /** Whether it is in the answer that counts, or waits for the first. */
  readonly chosen: boolean;
}

const MIB = 2 ** 20;
const sizeText = (size: number): string =>
  size < MIB ? `${Math.ceil(size / 1024)} KB` : `${(size / MIB).toFixed(1)} MB`;

const FileLink = ({ file }: { readonly file: FileView }) => (
  <>
    <a href={file.href}>{file.name}</a>（第{file.version}版、{sizeText(file.size)}、{file.label}）
  </>
);

/** Handed over as downloads, each with the hash by which the answer names it. */
export const Files = ({ files }: { readonly files: readonly FileView[] }) =>
  files.length === 0 ? null : (
    <ul class="files">
      {files.map((file) => (
        <li key={file.id}>
          <FileLink file={file} />
          <br />
          <span class="hash">
            SHA-256 <code>{file.hash}</code>
          </span>
        </li>
      ))}
    </ul>
  );

const confidentialityOptions: readonly Option[] = [
  { value: "1", name: "機密性１情報（公表して差し支えない）" },
  { value: "2", name: "機密性２情報（公表まで取扱いに注意する）" },
];

interface LabelFields {
  readonly item: string;
  readonly form: Form;
  readonly labels: AnswerLabels;
}
interface EvidenceFields extends LabelFields {
  readonly attached: readonly AttachedView[];
}

const Box = ({
  form,
  name,
  value,
  before,
  children,
}: {
  readonly form: Form;
  readonly name: string;
  readonly value: string;
  readonly before: boolean;
  readonly children: ComponentChildren;
}) => (
  <label class="check">
    <input type="checkbox" name={name} value={value} checked={form.has(name, value, before)} />
    <span>{children}</span>
  </label>
);

const Handling = ({ item, form, labels }: LabelFields) => (
  <fieldset class="field">
    <legend class="field-label">取扱制限・公表前</legend>
    {handlings.map((limit) => (
      <Box
        key={limit}
        form={form}
        name={`handling:${item}`}
        value={limit}
        before={labels.handling?.includes(limit) ?? false}
      >
        {handlingNames[limit]}
      </Box>
    ))}
    <Box form={form} name={`embargoed:${item}`} value="yes" before={labels.embargoed === true}>
      公表前（ほかの府省庁には件数にも表れず、年次報告にも載りません）
    </Box>
  </fieldset>
);

const Attached = ({ item, form, attached }: EvidenceFields) =>
  attached.length === 0 ? null : (
    <fieldset class="field">
      <legend class="field-label">添付するファイル</legend>
      {attached.map((file) => (
        <div key={file.id} class="attached">
          <Box
            form={form}
            name={`attached:${item}`}
            value={`${file.id} ${file.hash} ${file.name}`}
            before={file.chosen}
          >
            <FileLink file={file} />
          </Box>
          {file.named ? null : (
            <button class="button button-quiet" type="submit" name="do" value={`take-back ${file.id}`}>
              {file.name}（第{file.version}版）を取り消す
            </button>
          )}
        </div>
      ))}
    </fieldset>
  );

const LabelInputs = (fields: LabelFields) => (
  <>
    <SelectField
      form={fields.form}
      name={`confidentiality:${fields.item}`}
      label="機密性の格付け"
      options={confidentialityOptions}
      value={String(fields.labels.confidentiality)}
      none="機密性２情報として扱う"
      hint="機密性３情報は提出できません。登録せずに、事務局に直接連絡してください。"
    />
    <Handling {...fields} />
  </>
);

/** 格付け and 添付 of one item's answer. What is attached stays, whatever becomes of the rest of the form. */
export const EvidenceInputs = (fields: EvidenceFields) => {
  const { item, form, labels, attached } = fields;
  const isUsed =
    attached.length > 0 || labels.confidentiality === 1 || labels.handling !== undefined || labels.embargoed;
  const isOpen = form.tried || isUsed === true;
  return (
    <details class="evidence" open={isOpen} id={fieldId(form.name, `evidence:${item}`)}>
      <summary>添付・格付け</summary>
      <Attached {...fields} />
      <FileField
        form={form}
        name={`file:${item}`}
        label="ファイルの添付"
        accept={fileEndings.join(",")}
        hint={`${fileEndings.join("、")}で、${FILE_SIZE_LIMIT_BYTES / MIB}MBまで。同じ名前のファイルは、次の版になります。`}
      />
      <p>
        <Send quiet choice="attach">
          添付だけを行う
        </Send>
      </p>
      <LabelInputs {...fields} />
    </details>
  );
};

/** 格付け and 添付 of an answer that is corrected: as they stand unless they are changed. No file comes anew. */
export const KeptEvidence = (fields: EvidenceFields) => (
  <>
    <Attached {...fields} />
    <LabelInputs {...fields} />
  </>
);
