// Microsoft's own clients, unmodified, against a server that says it is Azure. NODE_EXTRA_CA_CERTS names the server's certificate.
// Reads { "server": "https://localhost:1234", "asks": [{ "id", "method", "arguments": [...] }, ...] } from standard input.
// Writes one line of JSON for each: { "id", "value" } with what the client gave, or { "id", "error": { "name", "code", "statusCode", "message" } }.
import fs from 'node:fs';
import { LogsQueryClient } from '@azure/monitor-query-logs';
import { ResourceGraphClient } from '@azure/arm-resourcegraph';

const { server, asks } = JSON.parse(fs.readFileSync(0, 'utf8'));
const credential = { getToken: async () => ({ token: 'test', expiresOnTimestamp: Date.now() + 3600e3 }) };
const retryOptions = { maxRetries: 3, retryDelayInMs: 20, maxRetryDelayInMs: 100 };
const logs = new LogsQueryClient(credential, { endpoint: `${server}/v1`, retryOptions });
const graph = new ResourceGraphClient(credential, { endpoint: server, retryOptions });
const clients = { queryWorkspace: logs, queryResource: logs, queryBatch: logs, resources: graph };

// A time interval is of dates, which JSON does not have.
function withDates(value) {
  return value?.startTime ? { ...value, startTime: new Date(value.startTime), endTime: new Date(value.endTime) } : value;
}

// Several at a time where they say so, else one after the other: some of them plan what goes wrong with the next.
for (const { id, method, arguments: given, times = 1 } of asks) {
  let line;
  try {
    if (method === 'faults') {
      const answer = await fetch(`${server}/faults`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ faults: given }) });
      line = { id, value: answer.status };
    } else {
      const values = await Promise.all(Array.from({ length: times }, () => clients[method][method](...given.map(withDates))));
      line = { id, value: times === 1 ? values[0] : values };
    }
  } catch (error) {
    line = { id, error: { name: error.name, code: error.code, statusCode: error.statusCode, message: error.message } };
  }
  console.log(JSON.stringify(line));
}
