// Copies what others made into app/static/vendor/<name>-<version>/ for pages and app/fonts/<name>-<version>/ for paper,
// each with its licence and checksums.
// Run by hand after a version in package.json changes: npm ci --ignore-scripts && npm run vendor

import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const shelf = join(root, "app/static/vendor");
const fonts = join(root, "app/fonts");

for (const each of [shelf, fonts]) rmSync(each, { recursive: true, force: true });
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
shelve("@expo-google-fonts/atkinson-hyperlegible", "atkinson-hyperlegible", "LICENSE_FONT", (from, to) => {
  for (const style of ["400Regular", "700Bold"])
    copyFileSync(join(from, style, `AtkinsonHyperlegible_${style}.ttf`), join(to, `${style}.ttf`));
}, fonts);
shelve("dejavu-fonts-ttf", "dejavu-sans", "LICENSE", (from, to) => {
  copyFileSync(join(from, "ttf/DejaVuSans.ttf"), join(to, "400Regular.ttf"));
}, fonts);
shelve("@expo-google-fonts/noto-emoji", "noto-emoji", "LICENSE_FONT", (from, to) => {
  copyFileSync(join(from, "400Regular/NotoEmoji_400Regular.ttf"), join(to, "400Regular.ttf"));
}, fonts);

function shelve(module, name, licence, fill, on = shelf) {
  const from = join(root, "node_modules", module);
  const { version } = JSON.parse(readFileSync(join(from, "package.json"), "utf8"));
  const to = join(on, `${name}-${version}`);
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
