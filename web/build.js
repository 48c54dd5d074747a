// Bundles each entry of this folder into kg/_web, with the licences of what is bundled. Run it by `python hatch_build.py`.
import { readFileSync, readdirSync, writeFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const HERE = import.meta.dirname;
const ROOT = join(HERE, "..");
const OUT = process.argv[2] ?? join(ROOT, "kg", "_web");
// Entry → the name its exports have on a page that holds it; without one it is a module, to be imported.
const ENTRIES = { network: "KgNetwork", yasqe: "" };

const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"));
const folders = Object.entries(lock.packages)
  .filter(([folder, one]) => folder && !one.dev)
  .map(([folder, one]) => ({ folder, ...one }));

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
for (const [name, globalName] of Object.entries(ENTRIES)) {
  await build({
    absWorkingDir: ROOT,
    entryPoints: [join(HERE, `${name}.js`)],
    outfile: join(OUT, `${name}.js`),
    bundle: true,
    minify: true,
    ...(globalName ? { format: "iife", globalName } : { format: "esm" }),
    target: "es2022",
    charset: "utf8",
    legalComments: "none", // all licences stand whole in LICENSES.txt
    loader: { ".svg": "dataurl", ".png": "dataurl", ".woff": "dataurl", ".woff2": "dataurl" },
    logLevel: "warning",
  });
}
writeFileSync(join(OUT, "LICENSES.txt"), folders.map(licence).join("\n"));

function licence({ folder, version, license }) {
  const files = readdirSync(join(ROOT, folder)).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name)).sort();
  const texts = files.map((name) => readFileSync(join(ROOT, folder, name), "utf8").replaceAll("\r\n", "\n").trim());
  const title = `${folder.replace(/^.*node_modules\//, "")} ${version} (${license ?? "see its text"})`;
  return [`${title}\n${"=".repeat(title.length)}`, ...texts, ""].join("\n\n");
}
