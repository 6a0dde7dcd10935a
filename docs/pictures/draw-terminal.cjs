// Draws the last screen of a recorded terminal session as SVG: node draw-terminal.cjs TYPESCRIPT COLUMNS
const fs = require('node:fs');
const { render } = require('svg-term');

const [file, columns] = process.argv.slice(2);
const text = fs.readFileSync(file, 'utf8').split('\n').filter(line => !/^Script (started|done)/.test(line)).join('\n');
// While the program shows bars it hides the cursor; they are taken away before it shows it again.
const still = text.replace(/\x1b\[\?25l[^]*?\x1b\[\?25h/g, '').replace(/\x1b\[\?1[hl]|\x1b[=>]/g, '');
const [begin, end] = [still.indexOf('AksInsights looks at'), still.indexOf('Ctrl+C ends.')];
if (begin < 0 || end < 0) throw new Error('The session does not hold what the demo prints from its first line to its last.');
const shown = '$ aksinsights demo\r\n' + still.slice(begin, end + 'Ctrl+C ends.'.length).replace(/\r*\n/g, '\r\n');
const height = shown.split('\n').length + 1;
const cast = [JSON.stringify({ version: 2, width: Number(columns), height }), JSON.stringify([0.1, 'o', shown]), JSON.stringify([1, 'o', ''])].join('\n');
process.stdout.write(render(cast, { window: true, at: 900 }) + '\n');
