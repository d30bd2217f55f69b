import { canonical, type Entry } from "../../audit/verify.mjs";
import {
  bundleOver,
  CYCLE_HISTORY,
  exportedAt,
  foreigner,
  linesOf,
  REQUEST_HISTORY,
  signer,
  withManifest,
  type SyntheticBundle,
} from "../support/synthetic-bundle.ts";
import { chained, sha256, type Draw } from "../support/synthetic-record.ts";

/**
 * Whoever tampers has the files and everything but the signing key; he makes good what he can: links, hashes, seals,
 * rows, histories, the manifest. undefined where there was nothing to change.
 */
type Tampering = (bundle: SyntheticBundle, draw: Draw) => Map<string, Buffer> | undefined;

const remade = ({ files }: SyntheticBundle, entries: readonly Entry[]): Map<string, Buffer> => {
  const sizes = [2, 5].filter((size) => size <= entries.length);
  const made = bundleOver(entries, { sizes, by: foreigner });
  for (const path of [...made.keys()].filter((one) => one.startsWith("checkpoints/"))) made.delete(path);
  for (const [path, note] of files) if (path.startsWith("checkpoints/")) made.set(path, note);
  made.set("keys.txt", Buffer.from(`${signer.verifierKey}\n`));
  return withManifest(made, entries.length, exportedAt(entries));
};
/** One that a checkpoint covers. What came after the last one is up to the next: an hour's at most. */
const someOf = ({ kept: [path] }: SyntheticBundle, draw: Draw): number => draw(Number(/\d+/.exec(path)?.[0]));

/** One bit of one byte of the file. */
const flipped = (bytes: Buffer, draw: Draw): Buffer => {
  const copy = Buffer.from(bytes);
  const at = draw(copy.length);
  copy[at] = (copy[at] ?? 0) ^ (1 << draw(8));
  return copy;
};
export const replacing = (
  { files, entries }: SyntheticBundle,
  path: string,
  change: (bytes: Buffer) => Buffer,
): Map<string, Buffer> | undefined => {
  const was = files.get(path);
  if (was === undefined) return undefined;
  return withManifest(new Map(files).set(path, change(was)), entries.length, exportedAt(entries));
};

/** The lists beside the rows, with something else in them. */
const relisted = (
  bundle: SyntheticBundle,
  change: (lists: Record<"files" | "versions" | "publications", object[]>) => void,
) =>
  replacing(bundle, "versions.json", (bytes) => {
    const lists = JSON.parse(bytes.toString("utf8"));
    change(lists);
    return Buffer.from(canonical(lists));
  });

const FORGED_FIELDS = ["actor", "role", "action", "object", "at", "hash", "act", "run", "activity"] as const;
const forged = (entry: Entry, draw: Draw): Entry => {
  const field = FORGED_FIELDS[draw(FORGED_FIELDS.length)] ?? "actor";
  return { ...entry, leaf: { ...entry.leaf, [field]: `forged ${draw(1000)}` } };
};
const otherWords = (entry: Entry, draw: Draw): Entry => {
  const words = { changes: [], mails: 100 + draw(1000) };
  const salt = sha256("salt");
  const resultSeal = sha256(Buffer.from(salt, "hex"), canonical(words));
  return { ...entry, leaf: { ...entry.leaf, resultSeal }, said: { ...entry.said, result: { salt, words } } };
};
export const withEntry = (entries: readonly Entry[], at: number, entry: Entry): Entry[] =>
  chained(entries.with(at, entry));

export const tamperings: Readonly<Record<string, Tampering>> = {
  "an entry deleted": (bundle, draw) =>
    remade(bundle, chained(bundle.entries.toSpliced(someOf(bundle, draw), 1))),
  "an entry deleted, the chain left as it was": (bundle, draw) =>
    replacing(bundle, "entries.ndjson", () => linesOf(bundle.entries.toSpliced(someOf(bundle, draw), 1))),
  "two entries in the other order": (bundle, draw) => {
    const at = draw(bundle.entries.length - 1);
    const [one, other] = bundle.entries.slice(at, at + 2);
    return one && other && remade(bundle, chained(bundle.entries.toSpliced(at, 2, other, one)));
  },
  "an entry twice": (bundle, draw) => {
    const at = someOf(bundle, draw);
    const entry = bundle.entries[at];
    return entry && remade(bundle, chained(bundle.entries.toSpliced(at, 0, entry)));
  },
  "an entry put in": (bundle, draw) => {
    const at = someOf(bundle, draw);
    const entry = bundle.entries[at];
    return entry && remade(bundle, chained(bundle.entries.toSpliced(at, 0, forged(entry, draw))));
  },
  "a field of an entry": (bundle, draw) => {
    const at = someOf(bundle, draw);
    const entry = bundle.entries[at];
    return entry && remade(bundle, withEntry(bundle.entries, at, forged(entry, draw)));
  },
  "what was said, under a new seal": (bundle, draw) => {
    const at = someOf(bundle, draw);
    const entry = bundle.entries[at];
    return entry && remade(bundle, withEntry(bundle.entries, at, otherWords(entry, draw)));
  },
  "what was said, under the old seal": (bundle, draw) => {
    const at = someOf(bundle, draw);
    const entry = bundle.entries[at];
    if (entry?.said.reason == null) return undefined;
    const said = { ...entry.said, reason: { ...entry.said.reason, words: `別の理由${draw(1000)}` } };
    return remade(bundle, bundle.entries.with(at, { ...entry, said }));
  },
  "a byte of the entries": (bundle, draw) =>
    replacing(bundle, "entries.ndjson", (bytes) => flipped(bytes, draw)),
  "the tail cut off": (bundle, draw) => {
    const entries = bundle.entries.slice(0, 5 + draw(bundle.entries.length - 6));
    const cut = remade(bundle, entries);
    for (const path of cut.keys())
      if (path.startsWith("checkpoints/") && Number(/\d+/.exec(path)?.[0]) > entries.length) cut.delete(path);
    return withManifest(cut, entries.length, exportedAt(entries));
  },
  "two checkpoints swapped": ({ files, entries }, draw) => {
    const paths = [...files.keys()].filter((path) => path.startsWith("checkpoints/"));
    const at = draw(paths.length - 1);
    const [one = "", other = ""] = paths.slice(at, at + 2);
    const swapped = new Map(files);
    swapped.set(one, files.get(other) ?? Buffer.alloc(0)).set(other, files.get(one) ?? Buffer.alloc(0));
    return withManifest(swapped, entries.length, exportedAt(entries));
  },
  "a byte of a checkpoint": (bundle, draw) => {
    const paths = [...bundle.files.keys()].filter((path) => path.startsWith("checkpoints/"));
    return replacing(bundle, paths[draw(paths.length)] ?? "", (bytes) => flipped(bytes, draw));
  },
  "all of it signed by another key": ({ entries }, draw) =>
    bundleOver(
      withEntry(
        entries,
        draw(entries.length),
        forged(entries[0] ?? { leaf: {}, said: { reason: null, result: null }, self: "" }, draw),
      ),
      { sizes: [2, 5, entries.length], by: foreigner },
    ),
  "the database rolled back": ({ entries }, draw) =>
    bundleOver(entries.slice(0, 5 + draw(entries.length - 6)), { sizes: [2, 5], by: signer }),
  "a byte of a kept history": (bundle, draw) =>
    replacing(bundle, REQUEST_HISTORY, (bytes) => flipped(bytes, draw)),
  "who acted, in an open history": (bundle, draw) =>
    replacing(bundle, CYCLE_HISTORY, (bytes) => {
      const history = JSON.parse(bytes.toString("utf8"));
      const accepted = history.events.filter((event: { eventType: string }) =>
        event.eventType.endsWith("ACCEPTED"),
      );
      const [payload] =
        accepted[draw(accepted.length)].workflowExecutionUpdateAcceptedEventAttributes.acceptedRequest.input
          .args.payloads;
      const act = JSON.parse(Buffer.from(payload.data, "base64").toString("utf8"));
      payload.data = Buffer.from(JSON.stringify({ ...act, actor: { ...act.actor, person: "x" } })).toString(
        "base64",
      );
      return Buffer.from(JSON.stringify(history));
    }),
  "an event taken out of an open history": (bundle, draw) =>
    replacing(bundle, CYCLE_HISTORY, (bytes) => {
      const history = JSON.parse(bytes.toString("utf8"));
      history.events.splice(draw(history.events.length), 1);
      return Buffer.from(JSON.stringify(history));
    }),
  "a row": (bundle, draw) =>
    replacing(bundle, "projections.json", (bytes) => {
      const rows = JSON.parse(bytes.toString("utf8"));
      const tables = [
        "cycle",
        "stages",
        "submissions",
        "approvals",
        "decisions",
        "items",
        "answers",
        "requests",
      ];
      const table = rows[tables[draw(tables.length)] ?? ""];
      const keys = Object.keys(table);
      table[keys[draw(keys.length)] ?? 0] = draw(1000);
      return Buffer.from(canonical(rows));
    }),
  "an attachment's hash, in the list beside the rows": (bundle, draw) =>
    relisted(bundle, ({ files }) => {
      const field = ["hash", "answer", "item"][draw(3)] ?? "hash";
      Object.assign(files[draw(files.length)] ?? {}, { [field]: sha256(`forged ${draw(1000)}`) });
    }),
  "an attachment taken off the list, or put on it, or on it twice": (bundle, draw) =>
    relisted(bundle, (lists) => {
      const { files } = lists;
      const at = draw(files.length);
      const another = { ...files[at], hash: sha256(`another ${draw(1000)}`) };
      lists.files =
        [files.toSpliced(at, 1), [...files, another], [...files, ...files.slice(at)]][draw(3)] ?? [];
    }),
  "a version or a publication that the record does not know": (bundle, draw) =>
    relisted(bundle, ({ versions, publications }) => {
      const version = sha256(`version ${draw(1000)}`);
      if (draw(2) === 0) versions.push({ number: 1 + draw(9), hash: version });
      else publications.push({ name: "report.pdf", hash: version, version });
    }),
  "a byte of any file, the manifest left as it was": ({ files }, draw) => {
    const paths = [...files.keys()].filter((path) => path !== "manifest.json");
    const path = paths[draw(paths.length)] ?? "";
    return new Map(files).set(path, flipped(files.get(path) ?? Buffer.alloc(1), draw));
  },
  "a file taken away": ({ files }, draw) => {
    const left = new Map(files);
    const paths = [...files.keys()];
    left.delete(paths[draw(paths.length)] ?? "");
    return left;
  },
  "a file added": ({ files }, draw) =>
    new Map(files).set(`histories/forged-${draw(100)}.json`, Buffer.from("{}")),
};
