const UNSTORABLE = /\u0000|\p{Surrogate}/u;

/** Of a valid JSON text: its strings, and what parts them. Numbers and literals do not matter here. */
const TOKENS = /"(?:[^"\\]+|\\.)*"|[{}[\],:]/g;

/** Names that mean something to JavaScript itself count as given twice. */
const reserved: readonly string[] = ["__proto__"];

/**
 * True if an object has two members of one name: readers disagree which one counts (RFC 8259 section 4). The text must
 * be valid JSON.
 */
const hasAmbiguousNames = (text: string): boolean => {
  /** The names of each open object; null for an open array. */
  const open: (Set<string> | null)[] = [];
  let before = "";
  for (const [token] of text.matchAll(TOKENS)) {
    const names = open.at(-1);
    if (token === "{" || token === "[") open.push(token === "{" ? new Set(reserved) : null);
    else if (token === "}" || token === "]") open.pop();
    else if (token.startsWith('"') && before !== ":" && names instanceof Set) {
      const name = String(JSON.parse(token));
      if (names.has(name)) return true;
      names.add(name);
    }
    before = token;
  }
  return false;
};

/** U+0000, which PostgreSQL cannot store, and halves of surrogate pairs, which are no characters. */
const hasUnstorableText = (text: string): boolean => {
  if (!text.includes("\\u")) return false;
  let found = false;
  JSON.parse(text, (name, value: unknown) => {
    found ||= UNSTORABLE.test(name) || (typeof value === "string" && UNSTORABLE.test(value));
    return value;
  });
  return found;
};

/**
 * JSON with one meaning only, every text of which can be kept as it is.
 * @throws SyntaxError for anything else, also for bytes that are not UTF-8
 */
export const parseStrictJson = (bytes: Uint8Array): unknown => {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    if (hasAmbiguousNames(text)) throw new SyntaxError("a name stands twice in one object");
    if (hasUnstorableText(text)) throw new SyntaxError("U+0000 or a lone surrogate");
    return value;
  } catch (error) {
    throw new SyntaxError("not strict JSON", { cause: error });
  }
};
