// Bundles stylesheet, scripts, icons and typeface into static/dist/.
// File names carry no hash: Django's manifest storage adds it when static files are collected.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "..", "node_modules");
const out = join(here, "..", "static", "dist");

const bundle = {
  entryPoints: {
    app: join(here, "css", "app.css"),
    "app-js": join(here, "js", "app.js"),
    "charts-js": join(here, "js", "charts.js"),
    "tour-js": join(here, "js", "tour.js"),
  },
  outdir: out,
  entryNames: "[name]",
  assetNames: "[name]",
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome123", "firefox121", "safari17.5"],
  loader: { ".woff2": "file", ".woff": "file" },
  legalComments: "eof",
  logLevel: "warning",
};

function icon(name, style) {
  const file = join(modules, "@tabler", "icons", "icons", style, `${name}.svg`);
  if (!existsSync(file)) throw new Error(`No Tabler icon is called "${name}" (${style}).`);
  const inner = readFileSync(file, "utf8")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace("</svg>", "")
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "")
    .replace(/\s+/g, " ")
    .trim();
  const paint =
    style === "filled"
      ? 'fill="currentColor"'
      : 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"';
  return `<symbol id="${style === "filled" ? `${name}-filled` : name}" viewBox="0 0 24 24" ${paint}>${inner}</symbol>`;
}

function sprite() {
  const wanted = JSON.parse(readFileSync(join(here, "icons.json"), "utf8"));
  const own = readFileSync(join(here, "mark.svg"), "utf8")
    .replace(/<svg[^>]*viewBox="([^"]+)"[^>]*>/, '<symbol id="brand" viewBox="$1">')
    .replace("</svg>", "</symbol>")
    .trim();
  const symbols = [own, ...wanted.outline.map((n) => icon(n, "outline")), ...wanted.filled.map((n) => icon(n, "filled"))];
  writeFileSync(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
}

// esbuild cannot give a stylesheet and a script the same base name in one map, hence the "-js" keys.
const tidy = {
  name: "tidy-up",
  setup(build) {
    build.onEnd((result) => {
      if (result.errors.length) return;
      for (const name of ["app", "charts", "tour"]) renameSync(join(out, `${name}-js.js`), join(out, `${name}.js`));
      sprite();
      const written = Object.keys(result.metafile.outputs).map((path) => basename(path).replace("-js.js", ".js"));
      const wanted = new Set([...written, "icons.svg"]);
      for (const name of readdirSync(out)) if (!wanted.has(name)) rmSync(join(out, name), { recursive: true });
    });
  },
};

mkdirSync(out, { recursive: true });
// What is no longer made is removed last, so that pages find their files also while a build runs.
const options = { ...bundle, metafile: true, plugins: [tidy] };
if (process.argv.includes("--watch")) {
  await (await esbuild.context(options)).watch();
} else {
  await esbuild.build(options);
}
