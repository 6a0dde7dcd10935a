// Checks manifests against the API of Kubernetes, and Dockerfiles against what a linter knows of them.
// Reads { "name": "text", ... } from standard input; a name that ends with `Dockerfile` is one. Writes a line of JSON for each object or Dockerfile:
// { "id", "kind", "mistakes": [...] }. Schemas judge values; unknown keys, which they let pass, are found by the types of the same models.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { validate } from 'dockerfile-utils';
import YAML from 'yaml';

const texts = JSON.parse(fs.readFileSync(0, 'utf8'));
const objects = [];
for (const [id, text] of Object.entries(texts)) {
  if (id.endsWith('Dockerfile')) {
    const mistakes = validate(text).map((m) => `line ${m.range.start.line + 1}: ${m.message}`);
    console.log(JSON.stringify({ id, kind: 'Dockerfile', mistakes }));
    continue;
  }
  for (const document of YAML.parseAllDocuments(text)) {
    if (document.errors.length > 0) throw new Error(`${id}: ${document.errors[0].message}`);
    const value = document.toJS();
    objects.push({ id: `${id} ${value.kind} ${value.metadata.name}`, value, mistakes: [] });
  }
}

for (const object of objects) {
  const models = await import(`kubernetes-models/${object.value.apiVersion}`);
  try {
    new models[object.value.kind](object.value).validate();
  } catch (error) {
    object.mistakes.push(error.message);
  }
}

// The types are written out and checked by the compiler; a line for each object, so that the line says which one it was.
const lines = objects.map((o, i) => `export const o${i}: import('kubernetes-models/${o.value.apiVersion}').I${o.value.kind} = ${JSON.stringify(o.value)};`);
fs.writeFileSync('objects.ts', lines.join('\n') + '\n');
try {
  execFileSync('node_modules/.bin/tsc', ['--noEmit', '--strict', '--skipLibCheck', '--module', 'esnext', '--moduleResolution', 'bundler', '--ignoreConfig', '--pretty', 'false', 'objects.ts'], { encoding: 'utf8' });
} catch (error) {
  const found = [...error.stdout.matchAll(/^objects\.ts\((\d+),\d+\): error (.*(?:\n .*)*)/gm)];
  if (found.length === 0) throw new Error(`The compiler failed: ${error.stdout}${error.stderr}`);
  for (const [, line, message] of found) objects[line - 1].mistakes.push(message);
}

for (const { id, value, mistakes } of objects) console.log(JSON.stringify({ id, kind: value.kind, mistakes }));
