// Times the SQL of a query file with DuckDB on the rows of a recorded workspace:  node duckdb.mjs FOLDER QUERIES.jsonl REPEAT THREADS ANSWERS
// A line of JSON for each query: median and least wall time and median CPU time in milliseconds, the first run not counted. Answers go to ANSWERS/<id>.jsonl.
import { DuckDBInstance } from '@duckdb/node-api';
import fs from 'node:fs';
import path from 'node:path';

const [folder, file, repeat, threads, answers] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create(':memory:', { threads })).connect();
const median = values => values.sort((a, b) => a - b)[values.length >> 1];
const tables = new Set(fs.readdirSync(folder).map(name => name.split('.')[0]));
for (const table of tables) await connection.run(`create table ${table} as select * from read_csv('${path.join(folder, table)}.*csv.gz')`);

for (const line of fs.readFileSync(file, 'utf8').split('\n').filter(text => text)) {
  const { id, sql } = JSON.parse(line);
  const wall = [], cpu = [];
  let result;
  for (let run = 0; run <= Number(repeat); run++) {
    const before = process.cpuUsage(), start = performance.now();
    result = await connection.runAndReadAll(sql);
    const took = performance.now() - start, used = process.cpuUsage(before);
    if (run > 0) wall.push(took), cpu.push((used.user + used.system) / 1000);
  }

  fs.writeFileSync(path.join(answers, `${id}.jsonl`), result.getRowsJson().map(row => JSON.stringify(row) + '\n').join(''));
  console.log(JSON.stringify({ id, medianMs: median(wall), minMs: Math.min(...wall), cpuMs: median(cpu), rows: result.currentRowCount }));
}
