/**
 * Who may import whom: one row per room, and what a row does not name is forbidden. A file belongs to the first
 * row whose `room` matches its path.
 *
 * `room`   paths from the root, as regular expressions
 * `may`    what its files may import: folders end in `/`, files in `.ts` or `.mjs`, built-in modules begin with `node:`, the
 *          rest are packages
 * `types`  what they may import besides, as types only
 *
 * tests/rooms.test.ts plants a violation of every rule and expects it to be caught by name.
 */
const rows = [
  {
    name: "domain-is-pure",
    why: "Rules take plain data and give plain data; whoever needs more is in another room.",
    room: ["^domain/"],
    may: "domain/",
  },
  {
    name: "plans-know-only-the-domain",
    why: "The reader of a year's files serves the service and, without one, `npx nenrin`.",
    room: ["^plans/"],
    may: "plans/ domain/ zod yaml @holiday-jp/holiday_jp node:crypto node:fs node:path node:url",
  },
  {
    name: "workflows-stay-in-the-sandbox",
    why: "What a workflow runs must replay years later: rules, the SDK, and of activities the contract's types.",
    room: ["^workflows/"],
    may: "workflows/ domain/ @temporalio/common @temporalio/workflow",
    types: "activities/contract.ts",
  },
  {
    name: "the-codec-sees-only-bytes",
    why: "What the engine keeps is encrypted and decrypted outside the sandbox, whatever it says.",
    room: ["^codec/"],
    may: "codec/ node:crypto",
    types: "@temporalio/common",
  },
  {
    name: "activities-know-no-caller",
    why: `An activity has one effect. It is told what to do; who asked and how the house is set up is not its affair.
      Where it starts a workflow or delivers an act it is a client, and knows the contract as clients do.`,
    room: ["^activities/"],
    may: `activities/ codec/json-payloads.ts domain/ db/ workflows/contract.ts @temporalio/activity @temporalio/client @temporalio/common nodemailer mailparser ical-generator
      @expo-google-fonts/biz-udpgothic @myriaddreamin/typst-ts-node-compiler csv-stringify docx hucre
      preact preact-render-to-string
      node:child_process node:crypto node:fs node:module node:path node:stream node:timers node:url node:zlib`,
  },
  {
    name: "migrating-needs-only-db-and-config",
    why: "A release migrates before anything else of it runs.",
    room: ["^db/migrate\\.ts$"],
    may: "db/ config.ts drizzle-orm node:url",
  },
  {
    name: "first-admins-need-only-db-and-config",
    why: "The operator makes the first two admins on the server, before anybody can sign in.",
    room: ["^db/first-admins\\.ts$"],
    may: "db/ config.ts domain/ drizzle-orm node:util",
  },
  {
    name: "db-knows-nothing-above-it",
    why: "Rows stop here; what they mean and who asks for them is decided elsewhere.",
    room: ["^db/"],
    may: "db/ domain/ audit/verify.mjs aws4fetch drizzle-orm postgres node:crypto",
  },
  {
    name: "a-release-is-between-worker-and-engine",
    why: `Whether a worker is given tasks depends on its workflows and on what the engine has kept of them; what a year is
      about is nothing to it.`,
    room: ["^worker/"],
    may: `worker/ db/tellable.ts workflows/contract.ts @temporalio/client @temporalio/worker
      node:fs node:timers node:url`,
  },
  {
    name: "roots-tie-only-product-rooms",
    why: "A composition root ties the rooms of the product together, and nothing of the workshop.",
    room: ["^worker\\.ts$", "^api/server\\.ts$"],
    may: `config.ts activities/ api/ codec/ db/ domain/ plans/ worker/ workflows/ fastify nodemailer openid-client
      @temporalio/client @temporalio/common @temporalio/worker
      node:crypto node:fs node:os node:path node:process node:url`,
  },
  {
    name: "pages-only-show",
    why: "A screen turns view data into markup: no query, no engine, no HTTP.",
    room: ["^api/pages/"],
    may: "api/pages/ domain/ preact",
    types: "api/ db/queries/",
  },
  {
    name: "acts-pass-through-the-contract",
    why: "A person's act is a row, then an Update whose id is the act's: one file knows how, from the contract alone.",
    room: ["^api/acts\\.ts$"],
    may: "api/ domain/ workflows/contract.ts db/acts.ts db/content.ts db/queries/ @temporalio/client @temporalio/common node:crypto",
    types: "workflows/ db/client.ts",
  },
  {
    name: "forms-are-only-files",
    why: `調査票 as a file, written and read: plain data to bytes and back, by the one file library. What is read comes
      from outside, so that it is opened in a process of its own and nothing here can reach anything else.`,
    room: ["^api/workbook/"],
    may: `api/workbook/ api/pages/words.ts domain/ hucre csv-stringify
      node:child_process node:fs node:url node:zlib`,
  },
  {
    name: "histories-are-read-as-they-are",
    why: "For an auditor one file reads what the engine has written down; it cannot change it.",
    room: ["^api/live-histories\\.ts$"],
    may: "codec/json-payloads.ts @temporalio/common",
    types: "@temporalio/client",
  },
  {
    name: "the-api-reads-and-asks",
    why: "Routes parse, act and answer: they read through queries, store drafts and acts, and decide nothing.",
    room: ["^api/"],
    may: `api/ codec/json-payloads.ts domain/ workflows/contract.ts db/acts.ts db/people-acts.ts db/content.ts db/files.ts db/queries/ fastify fastify-type-provider-zod zod
      @fastify/busboy @fastify/cookie @fastify/formbody @fastify/static @fastify/swagger openapi-types
      @scalar/fastify-api-reference @digital-go-jp/design-tokens @fontsource-variable/noto-sans-jp
      openid-client preact preact-render-to-string
      node:crypto node:fs node:module node:os node:path node:stream node:timers node:url node:zlib`,
    types: "workflows/ activities/contract.ts db/client.ts @temporalio/client",
  },
  {
    name: "replaying-needs-the-workflows",
    why: "Whether today's code would do what was done is seen by running it; no service is asked.",
    room: ["^cli/replay(-shard)?\\.ts$"],
    may: `cli/ @temporalio/common @temporalio/worker
      node:child_process node:fs node:os node:path node:process node:readline node:url`,
  },
  {
    name: "the-command-line-needs-no-service",
    why: "`npx nenrin` is a thin client of the HTTP API; what it does by itself needs only the rules and the plan.",
    room: ["^cli/"],
    may: `cli/ domain/ plans/ commander
      node:child_process node:fs node:module node:os node:path node:process node:readline node:url node:util`,
  },
  {
    name: "the-verifier-stands-alone",
    why: "An auditor runs it in ten years with nothing but Node.js and the files beside it.",
    room: ["^audit/"],
    may: "audit/ node:crypto node:fs node:path node:process node:url",
  },
  {
    name: "the-oracle-knows-no-rule",
    why: "What foretells a year in the tests is worked out apart from the product: no mistake is made twice.",
    room: ["^tests/oracle/"],
    may: "tests/oracle/ yaml zod node:fs node:path",
  },
  {
    name: "config-only-reads-settings",
    why: "One schema turns the environment into one frozen object.",
    room: ["^config\\.ts$"],
    may: "zod",
  },
  {
    name: "settings-know-only-their-tool",
    why: "A tool's settings that import the product can break every command at once.",
    room: ["^[^/]+\\.config\\.ts$", "^\\.[^/]+\\.cjs$"],
    may: "drizzle-kit vitest",
  },
];

/** Rooms without a row: what helps to build and try the product may import all of it, and nobody imports it. */
const workshop = ["^(tests|dev|bench|rehearsals)/"];
const roots = ["^worker\\.ts$", "^api/server\\.ts$", "^db/migrate\\.ts$", "^db/first-admins\\.ts$"];
/** What nobody imports because npm, a tool or a person starts it. */
const started = [
  ...roots,
  ...workshop,
  "^cli/(nenrin\\.mjs|main\\.ts|replay-shard\\.ts)$",
  "^api/workbook/open-file\\.ts$",
  // Served to browsers as it is.
  "^api/assets/autosave\\.js$",
  "^activities/documents/render-form\\.ts$",
  "^audit/(verify|compare)\\.(mjs|d\\.mts)$",
  "^[^/]+\\.config\\.ts$",
  "^\\.[^/]+\\.cjs$",
];

const escaped = (text) => text.replaceAll(/[.@/-]/g, "\\$&");
const pathOf = (entry) => {
  if (entry.startsWith("node:")) return `^(node:)?${entry.slice("node:".length)}(/|$)`;
  if (entry.endsWith("/")) return `^${escaped(entry)}`;
  if (/\.m?ts$|\.mjs$/.test(entry)) return `^${escaped(entry)}$`;
  return `(^|/)node_modules/(@types/)?${escaped(entry)}/`;
};
const pathsOf = (entries) => entries.split(/\s+/).map(pathOf);

/** One rule for what is loaded at run time, and a second where a room may know more types than it may load. */
const rulesOf = ({ name, why, room, may, types }, index) => {
  const from = { path: room, pathNot: rows.slice(0, index).flatMap((earlier) => earlier.room) };
  const ruleOf = (ruleName, to) => ({
    name: ruleName,
    comment: why,
    severity: "error",
    from,
    to: { couldNotResolve: false, ...to },
  });
  const loadable = pathsOf(may);
  if (types === undefined) return [ruleOf(name, { pathNot: loadable })];
  const typesOnly = ["type-only", "type-import"];
  return [
    ruleOf(name, { pathNot: loadable, dependencyTypesNot: typesOnly }),
    ruleOf(`${name}-in-types-too`, { pathNot: [...loadable, ...pathsOf(types)], dependencyTypes: typesOnly }),
  ];
};

const houseRules = [
  {
    name: "every-file-has-a-room",
    comment: "A new folder is a decision: it gets a row above and a line in the README.",
    from: { pathNot: [...rows.flatMap(({ room }) => room), ...workshop] },
    to: {},
  },
  {
    name: "only-roots-read-the-config",
    comment: "Settings come in as arguments, so that a test can give its own.",
    from: { pathNot: [...roots, ...workshop] },
    to: { path: "^config\\.ts$" },
  },
  {
    name: "the-product-needs-no-workshop",
    comment:
      "Engines for `npm start`, scripted people, measurements and tests are no part of what runs in production.",
    from: { pathNot: workshop },
    to: { path: workshop },
  },
  {
    name: "only-tests-lean-on-tests",
    comment: "What two rooms need is not a test's.",
    from: { pathNot: "^tests/" },
    to: { path: "^tests/" },
  },
  {
    name: "no-cycles",
    comment: "Two files that need each other are one idea; types count too.",
    from: {},
    to: { circular: true },
  },
  {
    name: "nothing-lies-about",
    comment:
      "A file that imports nothing and that nothing imports is dead, or belongs among what is started.",
    from: { orphan: true, pathNot: started },
    to: {},
  },
  {
    name: "imports-exist",
    comment: "What cannot be found cannot be checked.",
    from: {},
    to: { couldNotResolve: true },
  },
];

module.exports = {
  forbidden: [...rows.flatMap(rulesOf), ...houseRules.map((rule) => ({ severity: "error", ...rule }))],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.nenrin|dist|coverage)/" },
    // Looks at the source, where type-only imports are still there.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      conditionNames: ["import", "node", "default", "types"],
      exportsFields: ["exports"],
    },
  },
};
