// Reads YAML texts and says what is in them.
// Reads { "name": "text", ... } from standard input. Writes one line of JSON for each: { "id", "documents": [...], "mistakes": [...] }.
// Big numbers, dates and the like stay what YAML 1.2 makes of them; a text in a block that is YAML itself is read too, as { "$yaml": [...] }.
'use strict';

const fs = require('fs');
const YAML = require('yaml');

function looksLikeYaml(text) {
  return text.includes('\n') && /(^|\n)\s*(- )?[A-Za-z.-]+:( |\n|$)/.test(text);
}

function inside(value) {
  if (Array.isArray(value)) return value.map(inside);
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, below]) => [key, inside(below)]));
  if (typeof value !== 'string' || !looksLikeYaml(value)) return value;
  const documents = YAML.parseAllDocuments(value);
  return documents.some((document) => document.errors.length > 0) ? value : { $yaml: documents.map((document) => inside(document.toJS())) };
}

const texts = JSON.parse(fs.readFileSync(0, 'utf8'));
for (const [id, text] of Object.entries(texts)) {
  const documents = YAML.parseAllDocuments(text, { logLevel: 'error' });
  const mistakes = documents.flatMap((document) => document.errors.map((error) => error.message));
  console.log(JSON.stringify({ id, mistakes, documents: mistakes.length > 0 ? [] : documents.map((document) => inside(document.toJS())) }));
}
