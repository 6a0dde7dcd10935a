// Runs Microsoft's own analyser of KQL over queries.
// Reads { "tables": { "Perf": { "Computer": "string", ... }, ... }, "queries": { "pods/crash-loop": "...", ... } } from standard input.
// Writes one line of JSON for each query: { "id", "columns": ["name: type", ...], "mistakes": ["3:15: KS142: ...", ...] }.
'use strict';

const fs = require('fs');

// Both are written for browsers and put themselves into the global scope; the first is the runtime that the second was translated for.
require('@kusto/language-service-next/bridge.min.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');

const { KustoCode, GlobalState, Symbols } = Kusto.Language;

// The numbered constructors are overloads: C#'s are told apart by number after the translation to JavaScript.
function database(tables) {
  const column = ([name, type]) => new Symbols.ColumnSymbol(name, Symbols.ScalarTypes.GetSymbol(type), null, null, null, null);
  const table = ([name, columns]) => new Symbols.TableSymbol.$ctor4(name, Object.entries(columns).map(column));
  return new Symbols.DatabaseSymbol.ctor('workspace', Object.entries(tables).map(table));
}

// A list of C# is an array or a wrapper around one.
function items(list) {
  if (list == null) return [];
  return Array.isArray(list) ? list : System.Linq.Enumerable.from(list).ToArray();
}

function place(text, index) {
  const before = text.slice(0, index).split('\n');
  return `${before.length}:${before[before.length - 1].length + 1}`;
}

function analyse(id, text, globals) {
  const code = KustoCode.ParseAndAnalyze(text, globals);
  const mistakes = items(code.GetDiagnostics())
    .filter(found => found.Severity === 'Error')
    .map(found => `${place(text, found.Start)}: ${found.Code}: ${found.Message}`);
  const result = code.ResultType;
  const isTable = result && Bridge.is(result, Symbols.TableSymbol);
  const columns = isTable ? items(result.Columns).map(column => `${column.Name}: ${column.Type.Name}`) : [];
  return { id, columns, mistakes };
}

const input = JSON.parse(fs.readFileSync(0, 'utf8'));
const globals = GlobalState.Default.WithDatabase(database(input.tables));
for (const [id, text] of Object.entries(input.queries)) console.log(JSON.stringify(analyse(id, text, globals)));
