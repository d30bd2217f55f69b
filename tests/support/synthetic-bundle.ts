import { generateKeyPairSync } from "node:crypto";
import { z } from "zod";
import { checkpointText, signerOf, type Signer } from "../../activities/signed-note.ts";
import { canonical, fold, type Entry } from "../../audit/verify.mjs";
import { makeMerkleTree } from "../../db/merkle.ts";
import { addSeconds, type Instant } from "../../domain/time.ts";
import {
  chained,
  CYCLE,
  cycleFlow,
  deedOf,
  deedsOf,
  drawFrom,
  recordedAtOf,
  requestFlow,
  sha256,
  START,
  type Deed,
} from "./synthetic-record.ts";

/** A small year as an exported bundle has it, made of nothing but a seed. */
export interface SyntheticBundle {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly entries: readonly Entry[];
  /** What the auditor has kept: the verifier key, and the last checkpoint he was sent. */
  readonly key: string;
  readonly kept: readonly [string, Buffer];
}

export const signer: Signer = signerOf("nenrin.example/record", generateKeyPairSync("ed25519").privateKey);
export const foreigner: Signer = signerOf("nenrin.example/record", generateKeyPairSync("ed25519").privateKey);

const payloads = (value: unknown) => ({
  payloads: [
    {
      metadata: { encoding: "anNvbi9wbGFpbg==" },
      data: Buffer.from(JSON.stringify(value)).toString("base64"),
    },
  ],
});

const actInHistory = ({ leaf, said }: Entry, from: number) => [
  {
    eventId: String(from),
    eventType: "EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED",
    workflowExecutionUpdateAcceptedEventAttributes: {
      acceptedRequest: {
        meta: { updateId: leaf["act"] },
        input: {
          name: leaf["action"],
          args: payloads({
            id: leaf["act"],
            actor: { person: leaf["actor"], role: leaf["role"] },
            reason: said.reason?.words ?? null,
          }),
        },
      },
    },
  },
  {
    eventId: String(from + 2),
    eventType: "EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED",
    workflowExecutionUpdateCompletedEventAttributes: {
      meta: { updateId: leaf["act"] },
      outcome: { success: payloads({ sequence: leaf["sequence"], hash: leaf["hash"] }) },
    },
  },
];
const recordInHistory = ({ leaf }: Entry, eventId: number) => ({
  eventId: String(eventId),
  eventType: "EVENT_TYPE_MARKER_RECORDED",
  markerRecordedEventAttributes: {
    markerName: "core_local_activity",
    details: {
      data: payloads({ seq: Number(leaf["activity"]), activity_id: leaf["activity"] }),
      result: payloads({ sequence: leaf["sequence"], open: {} }),
    },
  },
});

/** The history of the workflow as far as the entries tell of it. */
const historyOf = (entries: readonly Entry[], workflow: string, isClosed: boolean): Buffer => {
  const ours = entries.filter(({ leaf }) => leaf["workflow"] === workflow);
  const events = [
    {
      eventId: "1",
      eventType: "EVENT_TYPE_WORKFLOW_EXECUTION_STARTED",
      workflowExecutionStartedEventAttributes: {
        workflowId: workflow,
        originalExecutionRunId: `run-${workflow}`,
      },
    },
    ...ours.flatMap((entry, index) => {
      const [accepted, completed] = entry.leaf["act"] === null ? [] : actInHistory(entry, index * 3 + 2);
      return [accepted, recordInHistory(entry, index * 3 + 3), completed].filter(
        (event) => event !== undefined,
      );
    }),
    ...(isClosed
      ? [
          {
            eventId: "999",
            eventTime: ours.at(-1)?.leaf["recordedAt"],
            eventType: "EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED",
          },
        ]
      : []),
  ];
  return Buffer.from(JSON.stringify({ events }));
};

export const CYCLE_HISTORY = `histories/${cycleFlow}.1.json`;
export const REQUEST_HISTORY = `histories/${requestFlow}.1.json`;

const notesOf = (entries: readonly Entry[], sizes: readonly number[], by: Signer): [string, Buffer][] => {
  const tree = makeMerkleTree();
  return entries.flatMap((entry, index) => {
    tree.append(canonical(entry.leaf));
    const size = index + 1;
    if (!sizes.includes(size)) return [];
    const text = checkpointText(by.name, { size, root: tree.root(), at: recordedAtOf(entry) });
    return [[`checkpoints/${String(size).padStart(12, "0")}.txt`, Buffer.from(by.sign(text))]];
  });
};

/** RFC 6962 root over all of them, in hex. */
export const rootOver = (entries: readonly Entry[]): string => {
  const tree = makeMerkleTree();
  for (const { leaf } of entries) tree.append(canonical(leaf));
  return tree.root();
};

const JSON_FILE = (value: unknown): Buffer => Buffer.from(`${canonical(value)}\n`);

/** The manifest as whoever holds the files would write it: it is no secret how. */
export const withManifest = (files: Map<string, Buffer>, size: number, at: Instant): Map<string, Buffer> => {
  files.delete("manifest.json");
  const checkpoints = [...files.keys()].filter((path) => path.startsWith("checkpoints/")).toSorted();
  return files.set(
    "manifest.json",
    JSON_FILE({
      format: "nenrin-bundle/1",
      cycle: CYCLE,
      exportedAt: at,
      size,
      checkpoints: checkpoints.map((path) => Number(/\d+/.exec(path)?.[0])),
      missing: [],
      files: Object.fromEntries([...files].map(([path, bytes]) => [path, sha256(bytes)])),
    }),
  );
};

export const exportedAt = (entries: readonly Entry[]): Instant =>
  addSeconds(entries.map(recordedAtOf).at(-1) ?? START, 600);

export const linesOf = (entries: readonly Entry[]): Buffer =>
  Buffer.from(entries.map((entry) => `${canonical(entry)}\n`).join(""));

const Attaching = z.object({
  changes: z.array(
    z.object({
      answer: z
        .object({
          item: z.string(),
          content: z.object({ hash: z.string() }),
          files: z.array(z.string()).default([]),
        })
        .optional(),
    }),
  ),
});
/** 添付 as an exported bundle lists them. */
const attachedIn = (entries: readonly Entry[]) =>
  entries
    .flatMap(({ said }) => Attaching.safeParse(said.result?.words).data?.changes ?? [])
    .flatMap(({ answer }) =>
      (answer?.files ?? []).map((hash) => ({
        item: answer?.item,
        answer: answer?.content.hash,
        name: "根拠.pdf",
        version: 1,
        hash,
      })),
    );

/** A bundle over the entries, signed at the sizes by the signer: all of it consistent. */
export const bundleOver = (
  entries: readonly Entry[],
  { sizes, by }: { readonly sizes: readonly number[]; readonly by: Signer },
): Map<string, Buffer> => {
  const isClosed = entries.some(({ leaf }) => leaf["action"] === "request.close");
  const files = new Map<string, Buffer>([
    ["entries.ndjson", linesOf(entries)],
    ["keys.txt", Buffer.from(`${by.verifierKey}\n`)],
    ...notesOf(entries, sizes, by),
    ["projections.json", JSON_FILE(fold(entries, CYCLE))],
    ["versions.json", JSON_FILE({ versions: [], publications: [], files: attachedIn(entries) })],
    [
      "histories.json",
      JSON_FILE([
        { file: CYCLE_HISTORY, workflow: cycleFlow, run: `run-${cycleFlow}` },
        { file: REQUEST_HISTORY, workflow: requestFlow, run: `run-${requestFlow}` },
      ]),
    ],
    [CYCLE_HISTORY, historyOf(entries, cycleFlow, false)],
    [REQUEST_HISTORY, historyOf(entries, requestFlow, isClosed)],
  ]);
  return withManifest(files, entries.length, exportedAt(entries));
};

/** A year with one closed history that the record has the hash of, one open, and three signed heads. */
export const syntheticBundle = (seed: number): SyntheticBundle => {
  const draw = drawFrom(seed);
  const deeds = deedsOf(draw);
  const { activity: _activity, ...kept } = deedOf(draw, deeds.length + 1, {
    workflow: requestFlow,
    action: "history.keep",
    person: null,
    role: "machine",
    changes: [],
  }).leaf;
  const keep: Deed = {
    leaf: {
      ...kept,
      object: `history ${requestFlow} run-${requestFlow}`,
      hash: sha256(historyOf(chained(deeds), requestFlow, true)),
      resultSeal: null,
      workflow: null,
      run: null,
    },
    said: { reason: null, result: null },
  };
  const entries = chained([...deeds, keep]);
  const sizes = [2, 5, entries.length - draw(2)];
  const files = bundleOver(entries, { sizes, by: signer });
  const last = [...files].findLast(([path]) => path.startsWith("checkpoints/"));
  if (last === undefined) throw new Error("a bundle without a checkpoint");
  return { files, entries, key: signer.verifierKey, kept: last };
};
