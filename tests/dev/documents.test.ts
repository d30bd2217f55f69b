import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { configVariables } from "../../config.ts";

const documents = ["README.md", ...globSync("docs/**/*.md")];
const textOf = (file: string): string => readFileSync(file, "utf8");
const linksIn = (text: string): readonly string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link]) => link ?? []);
/** GitHub's anchor of a heading in Latin letters. */
const anchorsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading.toLowerCase().replaceAll(" ", "-"));

describe.each(documents)("%s", (file) => {
  const links = linksIn(textOf(file)).filter((link) => !/^https?:/.test(link));

  it("leads only to what is there", () => {
    const lost = links.filter((link) => {
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? file : join(dirname(file), path);
      if (!existsSync(target)) return true;
      return anchor !== undefined && !anchorsOf(textOf(target)).includes(anchor);
    });
    expect(lost).toEqual([]);
  });

  it("names only scripts that package.json has", () => {
    const { scripts } = JSON.parse(textOf("package.json"));
    const named = [...textOf(file).matchAll(/\bnpm (?:run )?(start|test|rehearse|[a-z]+:[a-z]+)\b/g)];
    expect(named.map(([, script = ""]) => script).filter((script) => !(script in scripts))).toEqual([]);
  });
});

describe("the README", () => {
  const rows = [...textOf("README.md").matchAll(/^\| (`[A-Z][^|]*)\|([^|]*)\|/gm)].flatMap(
    ([, names = "", without = ""]) =>
      [...names.matchAll(/`(\w+)`/g)].map(([, name = ""]) => ({
        name,
        required: without.trim() === "required",
      })),
  );
  const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
    a.name < b.name ? -1 : 1;

  it("lists every variable of the configuration and whether it is required", () => {
    expect(rows.toSorted(byName)).toEqual([...configVariables].toSorted(byName));
  });

  it("shows on its first screen what it is, the two commands, the year and where to go next", () => {
    const first = textOf("README.md").split("\n## ")[0] ?? "";
    for (const part of ["# 年輪 Nenrin", "npm start", "npm test", "docs/year.svg", "Where to go next"])
      expect(first).toContain(part);
    expect(first.split("\n").length).toBeLessThan(50);
  });

  it("has two screens, small and told in words to who can't see them", () => {
    const pictures = [...textOf("README.md").matchAll(/!\[([^\]]*)\]\((docs\/screens\/[^)]+)\)/g)];
    expect(pictures).toHaveLength(2);
    for (const [, told = "", file = ""] of pictures) {
      expect(told.length).toBeGreaterThan(40);
      expect(statSync(file).size).toBeLessThan(150 * 1024);
    }
  });
});
