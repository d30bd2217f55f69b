import { runCourier } from "../../activities/courier.ts";
import { instant } from "../../domain/time.ts";
import { startMailDesk } from "./mail-desk.ts";

/**
 * A courier in a process of its own, to be killed: `courier-process.ts <database url> <smtp port> [silence in ms]`.
 * Whoever has started it may tell it the time.
 */
const [url = "", port = "", silenceTimeoutMs = "10000"] = process.argv.slice(2);
const desk = startMailDesk(url);
process.on("message", (now) => {
  desk.time.now = instant(String(now));
});
await runCourier(desk.depsFor({ port: Number(port), silenceTimeoutMs: Number(silenceTimeoutMs) }), {
  forMs: 240_000,
  signal: new AbortController().signal,
  beat: () => {},
});
await desk.close();
