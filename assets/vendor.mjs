// Copies what others made into app/static/vendor/<name>-<version>/, each with its licence and checksums.
// Run by hand after a version in package.json changes: npm ci --ignore-scripts && npm run vendor

import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const shelf = join(root, "app/static/vendor");

rmSync(shelf, { recursive: true, force: true });
shelve("@picocss/pico", "pico", "LICENSE.md", (from, to) => {
  const css = sass.compile(join(root, "assets/pico.scss"), { style: "compressed", logger: sass.Logger.silent }).css;
  if (css.includes("data:")) throw new Error("Pico brings a data: address, which the content security policy refuses");
  writeFileSync(join(to, "pico.min.css"), css.replace(/^\uFEFF/, "") + "\n");
});
shelve("@fontsource/atkinson-hyperlegible", "atkinson-hyperlegible", "LICENSE", (from, to) => {
  for (const script of ["latin", "latin-ext"])
    for (const weight of ["400", "700"]) {
      const file = `atkinson-hyperlegible-${script}-${weight}-normal.woff2`;
      copyFileSync(join(from, "files", file), join(to, file));
    }
});

function shelve(module, name, licence, fill) {
  const from = join(root, "node_modules", module);
  const { version } = JSON.parse(readFileSync(join(from, "package.json"), "utf8"));
  const to = join(shelf, `${name}-${version}`);
  mkdirSync(to, { recursive: true });
  fill(from, to);
  copyFileSync(join(from, licence), join(to, "LICENSE"));
  const sums = readdirSync(to).sort().map((file) => `${sha256(join(to, file))}  ${file}\n`);
  writeFileSync(join(to, "SHA256SUMS"), sums.join(""));
  console.log(`${name}-${version}: ${sums.length} files`);
}

function sha256(path) {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
