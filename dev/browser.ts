import { installFromDebian, programOf } from "./debian.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * The path of a Chromium, which is installed from Debian's packages where there is none. Throws an Error that says what
 * to do if that does not work either.
 */
export const getBrowser = async (): Promise<string> => {
  const before = programOf(NAMES);
  if (before !== undefined) return before;
  await installFromDebian(["chromium"], "Getting Chromium for the browser tests (about 100 MB, once)");
  const after = programOf(NAMES);
  if (after === undefined)
    throw new Error(
      "The browser tests need Chromium, and it could not be installed. As an administrator: apt-get install chromium",
    );
  return after;
};
