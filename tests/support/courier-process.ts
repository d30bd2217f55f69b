import { runCourier } from "../../activities/courier.ts";
import { startMailDesk } from "./mail-desk.ts";

/** A courier in a process of its own, to be killed: `courier-process.ts <database url> <smtp port>`. */
const [url = "", port = ""] = process.argv.slice(2);
const desk = startMailDesk(url);
await runCourier(desk.depsFor({ port: Number(port) }), {
  forMs: 120_000,
  signal: new AbortController().signal,
  beat: () => {},
});
await desk.close();
