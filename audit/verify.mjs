#!/usr/bin/env node
// Checks a bundle of Nenrin's record:
// `node verify.mjs [folder] [--key <verifier key>]… [--checkpoint <file>]… [--mark <mark on paper>]… [--event <number>]…`
//
// It needs Node.js 20 or later and nothing else: no network, no database, no other file of Nenrin. Read it before you
// trust it. What it proves: the bundle is whole; its heads were signed with the key you hold; every event hangs together
// with the one before; the state at the end follows from the events alone; every act stands once in the record and once
// in the histories of the workflows; nobody approved what he had prepared. Exit code 0, or 1 with what was found.
import { createHash, createPublicKey, verify } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

const GENESIS = "0".repeat(64);
const sha256 = (...parts) => parts.reduce((sum, part) => sum.update(part), createHash("sha256")).digest();
const hex = (...parts) => sha256(...parts).toString("hex");

/** RFC 8785, for JSON that was parsed from a text. */
export const canonical = (value) => {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const names = Object.keys(value).toSorted((one, other) => (one < other ? -1 : 1));
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
};
const same = (one, other) => canonical(one ?? null) === canonical(other ?? null);

/** Where findings are put: what was checked, the sequence number it concerns or null, and what is wrong. */
const makeReport = () => {
  const findings = [];
  const notes = [];
  return {
    findings,
    notes,
    find: (check, sequence, what) => void findings.push({ check, sequence, what }),
    note: (what) => void notes.push(what),
  };
};

// 1. The manifest: every file is there, is the one that was exported, and nothing was added.

const jsonOf = (files, path, report) => {
  try {
    return JSON.parse(files.get(path)?.toString("utf8") ?? "null");
  } catch {
    report.find("manifest", null, `${path} が JSON として読めません`);
    return null;
  }
};

const NEEDED = ["entries.ndjson", "projections.json", "histories.json", "keys.txt", "versions.json"];

const checkListed = (files, listed, report) => {
  for (const [path, hash] of Object.entries(listed)) {
    const bytes = files.get(path);
    if (bytes === undefined) report.find("manifest", null, `${path} がありません`);
    else if (hex(bytes) !== hash) report.find("manifest", null, `${path} の SHA-256 が目録と異なります`);
  }
};

const checkManifest = (files, report) => {
  const manifest = jsonOf(files, "manifest.json", report);
  if (typeof manifest?.files !== "object" || manifest.files === null) {
    report.find("manifest", null, "manifest.json がないか、読めません");
    return null;
  }
  checkListed(files, manifest.files, report);
  for (const path of [...files.keys()].filter((one) => !Object.hasOwn(manifest.files, one)))
    if (path !== "manifest.json") report.find("manifest", null, `${path} は目録にありません`);
  for (const path of NEEDED.filter((one) => !Object.hasOwn(manifest.files, one)))
    report.find("manifest", null, `目録に ${path} がありません`);
  for (const what of manifest.missing ?? []) report.find("complete", null, `束に欠けているもの：${what}`);
  return manifest;
};

// 2. The entries: numbered without a gap, each hangs on the one before, times never go back, words are what was sealed.

const checkWords = ({ leaf, said }, sequence, report) => {
  for (const name of ["reason", "result"]) {
    const seal = leaf[`${name}Seal`];
    const { salt = null, words = null } = said[name] ?? {};
    if (salt === null && words === null) continue;
    const isSalt = /^[0-9a-f]{64}$/.test(salt ?? "");
    const made = words === null || !isSalt ? null : hex(Buffer.from(salt, "hex"), canonical(words));
    if (made !== seal) report.find("words", sequence, `${name} の内容が封印と一致しません`);
  }
};

/** By code units, as RFC 8785 orders names. */
const inOrder = (one, other) => (one < other ? -1 : 1);
const isObject = (value) => typeof value === "object" && value !== null;
/** Members of these names and no other: what is not checked has no place. */
const hasOnly = (value, ...names) => isObject(value) && same(Object.keys(value).toSorted(inOrder), names);
const isSaid = (said) => said === null || hasOnly(said, "salt", "words");
const isEntry = (entry) =>
  hasOnly(entry, "leaf", "said", "self") &&
  isObject(entry.leaf) &&
  hasOnly(entry.said, "reason", "result") &&
  isSaid(entry.said.reason) &&
  isSaid(entry.said.result);

const entryOf = (line, sequence, report) => {
  try {
    const entry = JSON.parse(line);
    if (isEntry(entry) && canonical(entry) === line) return entry;
  } catch {
    // Said below.
  }
  report.find("chain", sequence, "記録が読めないか、RFC 8785 の形でありません");
  return null;
};

/** Of an RFC 3339 time with its offset, whichever it is; NaN for anything else. */
const instantOf = (time) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/.test(time) ? Date.parse(time) : NaN;

const checkEntries = (files, report) => {
  const lines = (files.get("entries.ndjson")?.toString("utf8") ?? "").split("\n");
  if (lines.pop() !== "") report.find("chain", lines.length + 1, "最後の行が途中で切れています");
  const entries = [];
  let prev = GENESIS;
  let before = -Infinity;
  for (const [index, line] of lines.entries()) {
    const sequence = index + 1;
    const entry = entryOf(line, sequence, report);
    if (entry === null) return entries;
    const { leaf, self } = entry;
    if (leaf.sequence !== sequence) report.find("chain", sequence, `通番が ${leaf.sequence} です`);
    if (leaf.prev !== prev) report.find("chain", sequence, "一つ前の記録につながっていません");
    if (hex(canonical(leaf)) !== self) report.find("chain", sequence, "記録のハッシュが内容と異なります");
    const at = instantOf(leaf.recordedAt);
    if (!(at >= before)) report.find("times", sequence, "記録の日時が前の記録より早くなっています");
    checkWords(entry, sequence, report);
    entries.push(entry);
    prev = self;
    before = at;
  }
  return entries;
};

// 3. The checkpoints: signed with a key one holds, over the root that the entries themselves give (RFC 6962).

/** The root over the first `size` entries, for each of the sizes. */
const rootsOf = (entries, sizes) => {
  const full = [];
  const roots = new Map();
  for (const [index, { leaf }] of entries.entries()) {
    let node = { height: 0, hash: sha256(Uint8Array.of(0), canonical(leaf)) };
    while (full.at(-1)?.height === node.height)
      node = { height: node.height + 1, hash: sha256(Uint8Array.of(1), full.pop().hash, node.hash) };
    full.push(node);
    if (sizes.has(index + 1)) {
      const left = full.map(({ hash }) => hash);
      roots.set(
        index + 1,
        left.reduceRight((right, hash) => sha256(Uint8Array.of(1), hash, right)).toString("base64"),
      );
    }
  }
  return roots;
};

/** `<name>+<key id>+<base64 of 0x01 and the key>` (C2SP signed-note, Ed25519). */
const keyOf = (text) => {
  const [name, id, base64 = ""] = text.trim().split(/\+(?=[0-9a-f]{8}\+)|(?<=\+[0-9a-f]{8})\+/);
  const typed = Buffer.from(base64, "base64");
  if (typed[0] !== 1 || typed.length !== 33 || hex(`${name}\n`, typed).slice(0, 8) !== id) return null;
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), typed.subarray(1)]);
  return { name, id, key: createPublicKey({ key: spki, format: "der", type: "spki" }) };
};

const noteOf = (text) => {
  const [, body, line] = /^([^]*\n)\n— ([^\n]*)\n$/.exec(text) ?? [];
  const [origin, size, root, at] = body?.split("\n") ?? [];
  const [name, base64 = ""] = line?.split(" ") ?? [];
  const signature = Buffer.from(base64, "base64");
  if (!/^[1-9]\d*$/.test(size ?? "") || origin !== name || signature.length !== 68) return null;
  // What is read leniently could be written in two ways.
  if (signature.toString("base64") !== base64) return null;
  return {
    body,
    name,
    size: Number(size),
    root,
    at,
    id: signature.subarray(0, 4).toString("hex"),
    signature,
  };
};

const isSignedBy = (note, keys) =>
  keys.some(
    ({ name, id, key }) =>
      name === note.name &&
      id === note.id &&
      verify(null, Buffer.from(note.body), key, note.signature.subarray(4)),
  );

/** What is wrong with one signed head; null if nothing is. */
const faultOf = (note, { keys, entries, roots }) => {
  if (note === null) return ["signatures", "が署名付きの控えとして読めません"];
  if (!isSignedBy(note, keys)) return ["signatures", "の署名が鍵と合いません"];
  const { length } = entries;
  if (note.size > length)
    return ["consistency", `は ${note.size} 件を証しますが、束には ${length} 件しかありません`];
  return roots.get(note.size) === note.root
    ? null
    : ["consistency", "のルートが記録から計算したものと異なります"];
};

/** `<size>:<first 16 hex digits of the root>`, as approvals, decisions and the report carry it. */
const markOf = (text) => {
  const [, size = "", start] = /^([1-9]\d*):([0-9a-f]{16})$/.exec(text) ?? [];
  return start === undefined ? null : { size: Number(size), start };
};

const checkMark = ({ mark, at, name }, roots, report) => {
  const read = markOf(mark);
  const root = Buffer.from(roots.get(read?.size) ?? "", "base64").toString("hex");
  if (read === null || read.size >= at || root.slice(0, 16) !== read.start)
    report.find("marks", Number.isFinite(at) ? at : null, `${name} ${mark} が記録のルートと異なります`);
};

/** Marks in the record itself, each of an earlier head, and those one has on paper. */
const marksIn = (entries, papers) => [
  ...entries
    .map(({ leaf, said }) => ({ mark: said.result?.words?.mark, at: leaf.sequence, name: "控えの印" }))
    .filter(({ mark }) => typeof mark === "string"),
  ...papers.map((mark) => ({ mark, at: Infinity, name: "お手元の印" })),
];

const keysOf = (files, trusted, report) => {
  if (trusted.length === 0)
    report.note("署名は束の中の公開鍵で確かめました。お手元の鍵があれば --key で渡してください");
  const own = (files.get("keys.txt")?.toString("utf8") ?? "").split("\n").filter((line) => line !== "");
  return (trusted.length === 0 ? own : trusted).map(keyOf).filter((key) => key !== null);
};

const checkCheckpoints = ({ files, entries, trusted, kept, papers, manifest }, report) => {
  const keys = keysOf(files, trusted, report);
  const inside = [...files]
    .filter(([path]) => path.startsWith("checkpoints/"))
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  const notes = [...inside, ...kept].map(([path, bytes]) => ({ path, note: noteOf(bytes.toString("utf8")) }));
  const marks = marksIn(entries, papers);
  const sized = [...notes.map(({ note }) => note), ...marks.map(({ mark }) => markOf(mark))];
  const roots = rootsOf(entries, new Set(sized.flatMap((one) => one?.size ?? [])));
  for (const mark of marks) checkMark(mark, roots, report);
  for (const { path, note } of notes) {
    const [check, what] = faultOf(note, { keys, entries, roots }) ?? [];
    if (check !== undefined) report.find(check, note?.size ?? null, `${path} ${what}`);
  }
  const sizes = notes.slice(0, inside.length).map(({ note }) => note?.size ?? 0);
  if (!same(sizes, manifest.checkpoints))
    report.find("signatures", null, "署名付きの控えの数か順が目録と異なります");
  const signed = Math.max(0, ...sizes);
  if (signed === 0 && entries.length > 0) report.find("signatures", null, "署名付きの控えが一つもありません");
  if (signed < entries.length)
    report.note(`通番 ${signed + 1} から ${entries.length} までは、次の署名を待っています`);
};

// 4. The state follows from the events: whoever changes a row must change the record too.

const writes = {
  cycle: (state, { year, plan, stepped }, { at }) => {
    Object.assign(state.cycle, { year, plan, stepped, nextPlan: null, now: at });
    writes.stage(state, { stage: "policy" }, { at });
  },
  stage: (state, { stage }, { at }) => {
    if (state.cycle.stage === stage) return;
    state.cycle.stage = stage;
    state.stages.push({ stage, enteredAt: at });
  },
  clock: (state, { now }) => {
    if (instantOf(now) > instantOf(state.cycle.now)) state.cycle.now = now;
  },
  plan: (state, { plan }) => void (state.cycle.plan = plan),
  "next-plan": (state, { plan }) => void (state.cycle.nextPlan = plan),
  process: (state, { workflow, is }) => {
    if (is === "closed") state.closed.push(workflow);
  },
  submission: (state, { subject, hash, content }, { by, at }) =>
    void state.submissions.push({ subject, hash, content: content?.id ?? null, by, at }),
  approval: (state, { subject, hash, outcome, standsInFor }, { by, at, reason, mark }) =>
    void state.approvals.push({ subject, hash, outcome, standsInFor, by, reason, at, mark }),
  decision: (state, { subject, hash, outcome, meeting, number = null, heldOn, body = null }, made) =>
    void state.decisions.push({ subject, hash, outcome, meeting, number, heldOn, body, ...made }),
  request: (state, { request, is }, { at }) =>
    void Object.assign((state.requests[request] ??= {}), { is, settledAt: is === "settled" ? at : null }),
  "handed-on": (state, { opened: request }) => opened(state, [request]),
  term: (state, { request, dueAt, closeAt, asked, paused }) =>
    void Object.assign((state.requests[request] ??= {}), { dueAt, closeAt, asked, paused: paused ?? null }),
  item: (state, { item, state: now }) => void (state.items[item] = now),
  answer: (state, { answer: { item, says, why, content }, onBehalfOf = null }, { by, at }) =>
    void (state.answers[item] ??= []).push({
      says,
      why,
      content: content.id,
      hash: content.hash,
      by,
      onBehalfOf,
      at,
    }),
  inner: (state, { item, work }) => {
    if (work === null) delete state.inner[item];
    else state.inner[item] = work;
  },
  survey: (state, { survey, request, organisation, opening, justification, ...moved }, { at }) => {
    const { dueOn, method, protocol, scope, end } = moved;
    const { content, ...ended } = end ?? {};
    state.surveys[survey] = {
      ...(state.surveys[survey] ?? { request, organisation, justification, openedAt: at }),
      opening,
      dueOn,
      method: method?.id ?? null,
      protocol,
      scope: scope?.id ?? null,
      end: end && ended,
      result: content?.id ?? null,
      endedAt: end && at,
    };
  },
  evaluation: (state, { kind, key, is, content: { id, hash } }, { by, at, reason }) =>
    void state.evaluations.push({ kind, key, is, content: id, hash, by, reason, at }),
  analysis: (state, { domain, needed, content }, { by, at, reason }) =>
    void (state.analyses[domain] = { needed, reason: reason ?? "", content: content?.id ?? null, by, at }),
  edit: (state, { section, content }, { by, at }) =>
    void state.edits.push({ section, content: content.id, by, at }),
  version: (state, { number, content }, { by, at }) =>
    void state.versions.push({ number, content: content.id, hash: content.hash, by, at }),
  disposition: (state, { comment, disposition, change = null, nextYear = false }, { by, reason }) =>
    void (state.dispositions[comment] = { disposition, change, nextYear, reason, by }),
  finding: (state, { finding, into, followUp = null, target = null }, { reason }) =>
    void (state.carried[finding] = { into, followUp, target, reason }),
  // Neither is a state of its own: what an organisation wrote is content, what was called back is mail.
  comment: () => {},
  "call-back": () => {},
};

const opened = (state, requests) => {
  for (const { id, items, ...request } of requests) {
    state.requests[id] = { ...request, is: "open", asked: null, paused: null, settledAt: null };
    Object.assign(state.items, items);
  }
};

/** Evaluations are written kind by kind, the rest in the order in which it was decided. */
const termsFirst = (changes) =>
  changes.toSorted((a, b) => Number(b.write === "term") - Number(a.write === "term"));

const LISTS = [
  "stages",
  "closed",
  "submissions",
  "approvals",
  "decisions",
  "evaluations",
  "edits",
  "versions",
];
const MAPS = [
  "cycle",
  "requests",
  "items",
  "inner",
  "answers",
  "surveys",
  "analyses",
  "dispositions",
  "carried",
];

const isDisposedOf = ({ leaf, said }) =>
  (leaf.resultSeal !== null && said.result === null) || (leaf.reasonSeal !== null && said.reason === null);

/** The record tells UTC, the state the time of its offices. What is no time stays as it is, and agrees with nothing. */
const inTokyo = (time) => {
  const at = instantOf(time);
  return Number.isNaN(at) ? time : `${new Date(at + 9 * 3_600_000).toISOString().slice(0, 19)}+09:00`;
};

const applyTo = (state, { leaf, said: { reason, result } }) => {
  const { actor } = leaf;
  const at = inTokyo(leaf.at);
  const by = actor === "clock" ? "nenrin" : actor;
  const made = { at, by, reason: reason?.words ?? null, mark: result.words.mark ?? null };
  opened(state, result.words.requests ?? []);
  for (const change of termsFirst(result.words.changes ?? [])) {
    const write = writes[change.write];
    if (write === undefined) throw new Error(`this verifier does not know the change "${change.write}"`);
    write(state, change, made);
  }
};

/**
 * The cycle as its events alone make it. Throws where one of them changes what this program does not know.
 * @returns null if what was said of one of them has been disposed of
 */
export const fold = (entries, cycle) => {
  const state = Object.fromEntries([...LISTS.map((name) => [name, []]), ...MAPS.map((name) => [name, {}])]);
  const telling = entries.filter(({ leaf }) => leaf.cycle === cycle && leaf.resultSeal !== null);
  if (telling.some(isDisposedOf)) return null;
  for (const entry of telling) applyTo(state, entry);
  state.closed.sort();
  return state;
};

/** Which rows of the one are not the same in the other: the table and the row's key or place. */
export const differences = (one, other) =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((name) =>
    [...new Set([...Object.keys(one[name] ?? {}), ...Object.keys(other[name] ?? {})])]
      .filter((key) => !same(one[name]?.[key], other[name]?.[key]))
      .map((key) => ({ name, key })),
  );

const checkFold = ({ files, entries, manifest }, report) => {
  const projected = jsonOf(files, "projections.json", report) ?? {};
  let state;
  try {
    state = fold(entries, manifest.cycle);
  } catch (error) {
    return report.find("fold", null, `記録から状態を組み立てられません：${error.message}`);
  }
  if (state === null) return report.note("内容が処分された記録があるため、状態との照合は行いませんでした");
  for (const { name, key } of differences(state, projected))
    report.find("fold", null, `${name} の ${key} が、記録から組み立てたものと異なります`);
};

// 5. The lists beside the rows: every version, published file and attachment is one that the record names.

const changesOf = (entries) => entries.flatMap(({ said }) => said.result?.words?.changes ?? []);

const versionName = (number, hash) => `第${number}版（${hash}）`;
const fileName = (item, answer, hash) => `${item} の回答 ${answer} の添付（${hash}）`;

/** What the record names: each version, and each file as often as an answer names it. */
const namedIn = (changes) =>
  changes.flatMap(({ write, number, content, answer }) => {
    if (write === "version") return [versionName(number, content.hash)];
    if (write !== "answer") return [];
    return (answer.files ?? []).map((hash) => fileName(answer.item, answer.content.hash, hash));
  });
const listedIn = ({ versions = [], files = [] }) => [
  ...versions.map(({ number, hash }) => versionName(number, hash)),
  ...files.map(({ item, answer, hash }) => fileName(item, answer, hash)),
];

/** What is in the one as often as not in the other. */
const without = (names, others) => {
  const left = [...others];
  return names.filter((name) => {
    const at = left.indexOf(name);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
};

const checkVersions = ({ files, entries, manifest }, report) => {
  const ours = entries.filter(({ leaf }) => leaf.cycle === manifest.cycle);
  if (ours.some(isDisposedOf))
    return report.note("内容が処分された記録があるため、版と添付の一覧との照合は行いませんでした");
  const lists = jsonOf(files, "versions.json", report) ?? {};
  const [named, listed] = [namedIn(changesOf(ours)), listedIn(lists)];
  for (const name of without(listed, named))
    report.find("versions", null, `versions.json の ${name} が、記録にありません`);
  for (const name of without(named, listed))
    report.find("versions", null, `記録にある ${name} が、versions.json にありません`);
  const published = ours.filter(({ leaf }) => leaf.action === "report.publish").map(({ leaf }) => leaf.hash);
  for (const { name, version } of lists.publications ?? [])
    if (!published.includes(version))
      report.find(
        "versions",
        null,
        `versions.json の ${name} は、公表の記録にない版（${version}）のものです`,
      );
};

// 6. The histories: what the workflows did is what the record says, one to one.

export const payload = (payloads) => {
  const [{ metadata, data } = {}] = payloads?.payloads ?? [];
  if (metadata?.encoding !== "anNvbi9wbGFpbg==") return null;
  return JSON.parse(Buffer.from(data ?? "", "base64").toString("utf8"));
};

/** The answer of an activity, also of one that ran within a workflow task. */
const answered = ({
  markerRecordedEventAttributes: marker,
  activityTaskCompletedEventAttributes: activity,
}) => payload(marker?.markerName === "core_local_activity" ? marker.details?.result : activity?.result);

/** Acts it did: the Updates that succeeded, each with what was asked. */
const actsOf = (events) => {
  const asked = new Map(
    events.flatMap(({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) =>
      accepted?.acceptedRequest
        ? [[accepted.acceptedRequest.meta.updateId, accepted.acceptedRequest.input]]
        : [],
    ),
  );
  return events.flatMap(({ workflowExecutionUpdateCompletedEventAttributes: completed }) => {
    const success = payload(completed?.outcome?.success);
    if (!Number.isInteger(success?.sequence)) return [];
    const id = completed.meta.updateId;
    return [{ id, success, input: asked.get(id) }];
  });
};

const scheduledIn = ({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.activityId;
/** Of one that ran within a workflow task the engine keeps a marker, when it is done. */
const markedIn = ({ markerRecordedEventAttributes: marker }) =>
  marker?.markerName === "core_local_activity" ? payload(marker.details?.data)?.activity_id : undefined;

/** Every activity it did by its id: the number of the event that tells of it, and what it answered. */
const activitiesOf = (events) => {
  const ids = new Map(events.map((event) => [event.eventId, scheduledIn(event)]));
  const done = new Map();
  for (const event of events) {
    const { scheduledEventId } = event.activityTaskCompletedEventAttributes ?? {};
    const id = scheduledIn(event) ?? markedIn(event) ?? ids.get(scheduledEventId);
    const before = done.get(id) ?? { event: event.eventId, answer: null };
    done.set(id, { ...before, answer: answered(event) ?? before.answer });
  }
  return done;
};

/** What a run recorded: numbers its activities answered, the digests it queued, and the acts it did. */
const deedsOf = (events) => {
  const answers = events.map(answered);
  return {
    activities: activitiesOf(events),
    numbers: answers.flatMap((answer) => (Number.isInteger(answer?.sequence) ? [answer.sequence] : [])),
    digests: answers.filter((answer) => answer?.digests > 0).length,
    acts: actsOf(events),
  };
};

const checkAct = ({ leaf, said }, { id, success, input }, report) => {
  const act = payload(input?.args) ?? {};
  const inRecord = [leaf.act, leaf.action, leaf.actor, leaf.role, leaf.hash];
  const inHistory = [id, input?.name, act.actor?.person, act.actor?.role, success.hash];
  if (!same(inRecord, inHistory))
    report.find(
      "histories",
      leaf.sequence,
      `履歴の操作 ${id} と、行為、操作者、役職、版のいずれかが異なります`,
    );
  if (said.reason !== null && !same(said.reason.words, act.reason))
    report.find("histories", leaf.sequence, `履歴の操作 ${id} と理由が異なります`);
};

const END =
  /^EVENT_TYPE_WORKFLOW_EXECUTION_(COMPLETED|FAILED|TIMED_OUT|TERMINATED|CANCELED|CONTINUED_AS_NEW)$/;
/** Whatever happened so shortly before the export may have been under way. */
const UNDER_WAY_MS = 60_000;
const isRecent = (time, exportedAt) => Date.parse(exportedAt) - Date.parse(time) < UNDER_WAY_MS;

const checkAnchor = ({ file, workflow, run, events, bytes }, { anchors, manifest }, report) => {
  const hash = anchors.get(`history ${workflow} ${run}`);
  const last = events.at(-1);
  if (hash !== undefined && hash !== hex(bytes))
    report.find("histories", null, `${file} は記録に残るハッシュと異なります`);
  if (hash === undefined && END.test(last?.eventType ?? "") && !isRecent(last.eventTime, manifest.exportedAt))
    report.find("histories", null, `${file} は終了しているのに、保存の記録がありません`);
};

const runsOf = (files, report) =>
  (jsonOf(files, "histories.json", report) ?? []).map(({ file, workflow, run }) => {
    const bytes = files.get(file) ?? Buffer.alloc(0);
    const events = jsonOf(files, file, report)?.events ?? [];
    const started = events[0]?.workflowExecutionStartedEventAttributes;
    if (started?.originalExecutionRunId !== run || (started.workflowId ?? workflow) !== workflow)
      report.find("histories", null, `${file} は ${workflow} の履歴でありません`);
    return { file, workflow, run, bytes, events };
  });

/** An entry names its activity; that one is in the history, and if it answered a number it is the entry's. */
const checkActivity = ({ leaf }, activities, report) => {
  if (leaf.activity === undefined) return;
  const activity = activities.get(leaf.activity);
  const number = activity?.answer?.sequence;
  if (activity === undefined || (Number.isInteger(number) && number !== leaf.sequence))
    report.find(
      "histories",
      leaf.sequence,
      `${leaf.workflow} の履歴で、活動 ${leaf.activity} がこの記録のものでありません`,
    );
};

/** Every number the run answers is an entry of its own, and every act it did is that entry's act. */
const checkRun = (run, { entries, seen, acts, manifest }, report) => {
  const { numbers, acts: done, digests, activities } = deedsOf(run.events);
  for (const entry of entries)
    if (
      entry.leaf.workflow === run.workflow &&
      entry.leaf.run === run.run &&
      !isRecent(entry.leaf.recordedAt, manifest.exportedAt)
    )
      checkActivity(entry, activities, report);
  const ours = (sequence) => {
    const leaf = entries[sequence - 1]?.leaf;
    return leaf?.workflow === run.workflow && leaf.run === run.run;
  };
  for (const sequence of numbers) {
    if (!ours(sequence))
      report.find("histories", sequence, `${run.file} にある通番が、記録ではこの手続のものでありません`);
    if (seen.has(sequence)) report.find("histories", sequence, "二つの履歴に同じ通番があります");
    seen.add(sequence);
  }
  for (const act of done) {
    const { sequence } = act.success;
    if (!ours(sequence))
      report.find("histories", sequence, `${run.file} の操作 ${act.id} が記録にありません`);
    else checkAct(entries[sequence - 1], act, report);
    acts.add(act.id);
  }
  const reminded = entries.filter(
    ({ leaf }) => leaf.action === "chase.remind" && leaf.workflow === run.workflow && leaf.run === run.run,
  ).length;
  if (digests > reminded) report.find("histories", null, `${run.file} の督促が記録より多くあります`);
};

/** An act counts once, and so does the keeping of a history. */
const checkOnce = ({ entries }, report) => {
  const known = new Set();
  for (const { leaf } of entries) {
    const once = leaf.act ?? (leaf.action === "history.keep" ? leaf.object : null);
    if (known.has(once)) report.find("chain", leaf.sequence, `${once} が二度記録されています`);
    if (once !== null) known.add(once);
  }
};

const checkHistories = ({ files, entries, manifest }, report) => {
  const runs = runsOf(files, report);
  const anchors = new Map(
    entries.filter(({ leaf }) => leaf.action === "history.keep").map(({ leaf }) => [leaf.object, leaf.hash]),
  );
  const [seen, acts] = [new Set(), new Set()];
  for (const run of runs) {
    checkAnchor(run, { anchors, manifest }, report);
    checkRun(run, { entries, seen, acts, manifest }, report);
  }
  const listed = new Set(runs.map(({ workflow, run }) => `history ${workflow} ${run}`));
  for (const { leaf } of entries) {
    if (leaf.cycle !== manifest.cycle) continue;
    if (leaf.action === "history.keep" && !listed.has(leaf.object))
      report.find("histories", leaf.sequence, `保存された履歴が束にありません（${leaf.object}）`);
    if (
      leaf.workflow === null ||
      leaf.action === "chase.remind" ||
      isRecent(leaf.recordedAt, manifest.exportedAt)
    )
      continue;
    if (!seen.has(leaf.sequence))
      report.find("histories", leaf.sequence, `${leaf.workflow} の履歴にこの記録がありません`);
    if (leaf.act !== null && !acts.has(leaf.act))
      report.find("histories", leaf.sequence, `操作 ${leaf.act} が履歴にありません`);
  }
};

// 7. Separation of duties, from the record alone.

const POSTS = {
  approve: "approver",
  return: "approver",
  decide: "recorder",
  submit: "preparer",
  publish: "preparer",
};
const JUDGED =
  /^(?:cycle\.(approve|return|decide|submit)-policy|report\.(approve|return|decide|submit|publish))$/;
const PREPARES = /^(cycle\.submit-policy|report\.(edit|compile|submit|dispose))$/;

/** Who did what to what so far, to be asked about the next. */
const makeLedger = () => {
  const people = new Map();
  const nameOf = (did, what) => `${did} ${what}`;
  return {
    add: (did, what, person) => {
      const key = nameOf(did, what);
      people.set(key, (people.get(key) ?? new Set()).add(person));
    },
    has: (did, what, person) => people.get(nameOf(did, what))?.has(person) === true,
  };
};

const checkPost = ({ action, role, sequence }, verb, report) => {
  if (role !== POSTS[verb]) report.find("duties", sequence, `${role} は ${action} を行えません`);
};

const checkJudgement = (leaf, ledger, report) => {
  const { action, actor, hash, sequence } = leaf;
  const verb = (JUDGED.exec(action) ?? []).slice(1).find((one) => one !== undefined);
  const subject = action.startsWith("cycle.") ? `policy ${hash}` : "report";
  if (verb !== undefined) checkPost(leaf, verb, report);
  if (PREPARES.test(action)) ledger.add("prepared", subject, actor);
  if (verb === "approve" && ledger.has("prepared", subject, actor))
    report.find("duties", sequence, "起案に関わった人が決裁しています");
  if (verb === "approve") ledger.add("approved", hash, actor);
  if (verb === "decide" && ledger.has("approved", hash, actor))
    report.find("duties", sequence, "決裁した人が決定を記録しています");
};

const checkEvaluations = ({ leaf: { actor, sequence }, said }, ledger, report) => {
  const changes = said.result?.words?.changes ?? [];
  for (const { kind, key, is } of changes.filter(({ write }) => write === "evaluation")) {
    const what = `評価 ${kind}:${key}`;
    if (is === "drafted") ledger.add("wrote", what, actor);
    else if (ledger.has("wrote", what, actor))
      report.find("duties", sequence, `${what} を書いた人が承認又は差戻しをしています`);
  }
};

const written = ({ said }, write) =>
  (said.result?.words?.changes ?? []).filter((change) => change.write === write);

/** Inside an organisation nobody signs off what he prepared. */
const checkInside = (entry, report) => {
  for (const { item, work } of written(entry, "inner"))
    if (work?.is === "signed-off" && work.by === work.signedBy)
      report.find("duties", entry.leaf.sequence, `${item} の回答案を作成した人が確認しています`);
};

/** 代理入力: nobody of the secretariat accepts what he entered. */
const checkEntered = (entry, ledger, report) => {
  const { action, actor, sequence } = entry.leaf;
  if (action === "request.enter")
    for (const { answer } of written(entry, "answer"))
      ledger.add("entered", `${answer.item} ${answer.content.hash}`, actor);
  if (action !== "request.accept") return;
  for (const { item, state } of written(entry, "item"))
    if (ledger.has("entered", `${item} ${state.answer?.content.hash}`, actor))
      report.find("duties", sequence, `${item} を代理で入力した人が受領しています`);
};

const checkDuties = ({ entries, manifest }, report) => {
  const ledger = makeLedger();
  for (const entry of entries) {
    if (entry.leaf.cycle !== manifest.cycle || entry.leaf.act === null) continue;
    checkJudgement(entry.leaf, ledger, report);
    checkEvaluations(entry, ledger, report);
    checkInside(entry, report);
    checkEntered(entry, ledger, report);
  }
};

/**
 * @param files   every file of the bundle, by its path inside it
 * @param options `trusted`: verifier keys one holds oneself; `kept`: [name, bytes] of checkpoints kept elsewhere;
 *   `papers`: marks read from paper
 */
export const verifyBundle = (files, { trusted = [], kept = [], papers = [] } = {}) => {
  const report = makeReport();
  const manifest = checkManifest(files, report);
  if (manifest === null) return { findings: report.findings, notes: report.notes, entries: 0 };
  const entries = checkEntries(files, report);
  const { length } = entries;
  const gone = entries.filter(isDisposedOf).length;
  if (gone > 0)
    report.note(`理由又は結果の内容が処分された記録が ${gone} 件あります（連鎖はそのまま確かめられます）`);
  if (manifest.size !== length)
    report.find("manifest", length + 1, `目録では ${manifest.size} 件の記録があります`);
  const late = entries.find(({ leaf }) => Date.parse(leaf.recordedAt) > Date.parse(manifest.exportedAt));
  if (late !== undefined) report.find("times", late.leaf.sequence, "書き出した日時より後の記録があります");
  const checked = { files, entries, manifest, trusted, kept, papers };
  for (const check of [checkCheckpoints, checkOnce, checkFold, checkVersions, checkHistories, checkDuties]) {
    try {
      check(checked, report);
    } catch (error) {
      report.find(check.name, null, `確かめられない形のものがあります：${error.message}`);
    }
  }
  return { findings: report.findings, notes: report.notes, entries: length };
};

/**
 * Where the histories tell of an entry: its activity's event, and that of the Update which brought the act.
 * @returns [{ file, event, what }]; none for what no workflow did
 */
export const eventsOf = (files, sequence) => {
  const line = files.get("entries.ndjson")?.toString("utf8").split("\n")[sequence - 1] ?? "null";
  const leaf = JSON.parse(line)?.leaf ?? {};
  const runs = runsOf(files, makeReport()).filter(
    ({ workflow, run }) => workflow === leaf.workflow && run === leaf.run,
  );
  return runs.flatMap(({ file, events }) => {
    const activity = activitiesOf(events).get(leaf.activity)?.event;
    const update = events.find(
      ({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) =>
        leaf.act !== null && accepted?.acceptedRequest?.meta?.updateId === leaf.act,
    )?.eventId;
    return [
      { file, event: update, what: "操作の受付" },
      { file, event: activity, what: "記録した活動" },
    ].filter(({ event }) => event !== undefined);
  });
};

/** Every file below the folder, by its path with `/`. */
export const readBundle = (folder) =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [relative(folder, path).split(sep).join("/"), readFileSync(path)]),
  );

const main = (given) => {
  const options = { trusted: [], kept: [], papers: [] };
  const asked = [];
  let folder = ".";
  for (let index = 0; index < given.length; index += 1) {
    if (given[index] === "--key") options.trusted.push(given[(index += 1)]);
    else if (given[index] === "--checkpoint") {
      const path = given[(index += 1)];
      options.kept.push([path, readFileSync(path)]);
    } else if (given[index] === "--mark") options.papers.push(given[(index += 1)]);
    else if (given[index] === "--event") asked.push(Number(given[(index += 1)]));
    else folder = given[index];
  }
  const files = readBundle(folder);
  const { findings, notes, entries } = verifyBundle(files, options);
  for (const sequence of asked)
    for (const { file, event, what } of eventsOf(files, sequence))
      console.log(`［履歴］通番${sequence}　${what}　${file} のイベント ${event}`);
  for (const { check, sequence, what } of findings)
    console.log(`［不一致］${check}${sequence === null ? "" : `　通番${sequence}`}　${what}`);
  for (const note of notes) console.log(`［注記］${note}`);
  console.log(`${entries} 件の記録を確かめました。不一致 ${findings.length} 件。`);
  process.exitCode = findings.length === 0 ? 0 : 1;
};

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  main(process.argv.slice(2));
