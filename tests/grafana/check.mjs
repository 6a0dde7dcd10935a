// Reads {"dashboards": {name: dashboard}, "rows": {name: {"columns": [{name, type}], "transformations": [...]}}} and prints, as JSON, what Grafana's own types
// and data library say: mistakes of type by dashboard, the units that Grafana does not know, and the fields that come out of each list of transformations.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { JSDOM } from "jsdom";

const input = JSON.parse(readFileSync(0, "utf8"));

function typeMistakes(dashboards) {
  rmSync("checked", { recursive: true, force: true });
  mkdirSync("checked");
  const names = Object.keys(dashboards);
  names.forEach((name, i) => writeFileSync(`checked/d${i}.ts`, `import type { Dashboard } from "../types";\nexport const dashboard: Dashboard = ${JSON.stringify(dashboards[name], null, 1)};\n`));
  writeFileSync("tsconfig.json", JSON.stringify({
    compilerOptions: { strict: true, noEmit: true, module: "esnext", moduleResolution: "bundler", target: "es2022", skipLibCheck: true, types: [] }, include: ["types.ts", "checked/*.ts"],
  }));
  let said = "";
  try {
    execFileSync("node_modules/.bin/tsc", ["-p", ".", "--pretty", "false"], { encoding: "utf8", maxBuffer: 1 << 26 });
  } catch (failed) {
    said = failed.stdout || String(failed);
  }

  const mistakes = said.split("\n").filter((line) => line.trim().length > 0);
  return mistakes.map((line) => line.replace(/^checked\/d(\d+)\.ts/, (_, i) => names[Number(i)]));
}

// The library expects a page to be in.
const { window } = new JSDOM("<!doctype html>", { url: "http://localhost/", pretendToBeVisual: true });
for (const name of ["document", "location", "localStorage", "Node", "Element", "HTMLElement", "Event", "CustomEvent", "MutationObserver", "getComputedStyle", "DOMParser"]) globalThis[name] = window[name];
globalThis.window = window;
Object.defineProperty(globalThis, "navigator", { value: window.navigator, configurable: true });
// A library of the library advertises on standard output, which is for the answer.
console.info = () => {};
const require = createRequire(import.meta.url);
const data = require("@grafana/data");
const { lastValueFrom } = require("rxjs");

function unknownUnits(dashboards) {
  const known = new Set(data.getValueFormats().flatMap((category) => category.submenu ?? []).map((unit) => unit.value));
  const found = new Set();
  const look = (value) => {
    if (value === null || typeof value !== "object") return;
    if (typeof value.unit === "string") found.add(value.unit);
    if (value.id === "unit" && typeof value.value === "string") found.add(value.value);
    Object.values(value).forEach(look);
  };
  look(dashboards);
  return [...found].filter((unit) => !known.has(unit) && !/^(suffix|prefix|si|time|count|currency|bool):./.test(unit)).sort();
}

const values = { time: [1767600000000, 1767600060000], number: [1, 2], string: ["a", "b"], boolean: [true, false] };

async function fieldsAfter({ columns, transformations }) {
  const frame = data.toDataFrame({ refId: "A", fields: columns.map(({ name, type }) => ({ name, type, values: values[type] })) });
  try {
    const frames = await lastValueFrom(data.transformDataFrame(transformations, [frame]));
    return frames.flatMap((after) => after.fields.map((field) => field.name + (field.labels ? JSON.stringify(field.labels) : "")));
  } catch (failure) {
    return [`failed: ${failure.message}`];
  }
}

const transformers = new Map(Object.values(data.standardTransformers).map((transformation) => [transformation.id, transformation]));
data.standardTransformersRegistry.setInit(() => [...transformers.values()].map((transformation) => ({ id: transformation.id, name: transformation.name, editor: () => null, transformation })));
const fields = {};
for (const [name, rows] of Object.entries(input.rows)) fields[name] = await fieldsAfter(rows);
writeFileSync(1, JSON.stringify({ types: typeMistakes(input.dashboards), units: unknownUnits(input.dashboards), fields }));
process.exit(0);
