// What the authorization server does a second, and what each operation costs in SQL: whole sign-ins,
// refreshes, and calls with an access token the host knows and does not know. Host, PostgreSQL,
// stand-in and client share both cores, data is durable, and the clients' own work counts: the host's
// CPU for each operation is the figure to compare.
import fs from 'node:fs';
import http from 'node:http';
import { Stack } from '../../etc/demo/stack/stack.mjs';
import { OAuth } from '../e2e/support/oauth.mjs';

const SIGN_INS = 400;
const SIGN_INS_AT_ONCE = 16;
const GRANTS = 64; // each refreshes one token after the other
const TICKS_PER_SECOND = 100; // of /proc/PID/stat

function cpuSeconds(pid) {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** The statements this database has executed; each is one round trip, BEGIN and COMMIT too. */
const statementsOf = ({ cluster }) => Number(cluster.query('mcp_host', `
  SELECT coalesce(sum(calls), 0) FROM pg_stat_statements
  WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND query NOT LIKE '%pg_stat_statements%'`));

/** Runs `work()`, which resolves to the number of operations done, and sees what they cost. */
async function measure(stack, title, work) {
  const { pid } = stack.host.process;
  stack.cluster.query('mcp_host', 'SELECT pg_stat_statements_reset()');
  const cpu = cpuSeconds(pid);
  const start = performance.now();
  const done = await work();
  const seconds = (performance.now() - start) / 1000;
  return {
    title, done, perSecond: done / seconds, hostCpuUs: (1e6 * (cpuSeconds(pid) - cpu)) / done,
    statements: statementsOf(stack) / done,
  };
}

/** `count` calls of `one(index)`, `atOnce` under way at a time. */
async function atOnce(count, width, one) {
  let next = 0;
  await Promise.all(Array.from({ length: width }, async () => {
    while (next < count) await one(next++);
  }));
  return count;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: GRANTS });

/** A POST with as little of a client as possible: {status, text}. */
function post(url, headers, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece) => { text += piece; }).on('end', () => resolve({ status: response.statusCode, text }));
    });
    request.on('error', reject).end(body);
  });
}

function expectOk({ status, text }) {
  if (status !== 200) throw new Error(`${status}: ${text.slice(0, 300)}`);
  return JSON.parse(text);
}

/** Refreshes every grant over and over for `seconds`; `tokens` collects the access tokens. */
async function refreshAll({ oauth, grants, seconds, tokens }) {
  const end = performance.now() + seconds * 1000;
  let done = 0;
  await Promise.all(grants.map(async (grant) => {
    while (performance.now() < end) {
      const fields = new URLSearchParams({ grant_type: 'refresh_token', client_id: grant.client.client_id, refresh_token: grant.refresh_token });
      const answer = expectOk(await post(oauth.url('/token'), { 'content-type': 'application/x-www-form-urlencoded' }, fields.toString()));
      grant.refresh_token = answer.refresh_token;
      tokens.push(answer.access_token);
      done += 1;
    }
  }));
  return done;
}

const call = JSON.stringify({
  jsonrpc: '2.0', id: 1, method: 'tools/list',
  params: { _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {} } },
});
const listTools = (oauth, token) => post(oauth.resource, {
  'content-type': 'application/json', accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2026-07-28',
  'mcp-method': 'tools/list', ...(token ? { authorization: `Bearer ${token}` } : {}),
}, call).then(expectOk);

/** Rows {title, done, perSecond, hostCpuUs, statements}. */
export async function measureOAuth({ folder, logs, seconds }) {
  const stack = new Stack();
  try {
    await stack.start({
      folder, logs, durable: true, database: ['shared_preload_libraries=pg_stat_statements'],
      config: [{ log: { level: 'warn' } }],
    });
    stack.cluster.query('mcp_host', 'CREATE EXTENSION pg_stat_statements');
    const oauth = new OAuth(stack.host.publicUrl);
    const client = await oauth.register();
    const grants = [];
    const tokens = [];
    return [
      await measure(stack, 'sign-in, the whole way', () => atOnce(SIGN_INS, SIGN_INS_AT_ONCE, async () => {
        grants.push(await oauth.signIn({ client }));
      })),
      await measure(stack, 'refresh', () => refreshAll({ oauth, grants: grants.slice(0, GRANTS), seconds, tokens })),
      await measure(stack, 'tools/list, token not known to the host', () => atOnce(tokens.length, 16, (index) => listTools(oauth, tokens[index]))),
      await measure(stack, 'tools/list, token known to the host', () => atOnce(20_000, 16, () => listTools(oauth, tokens.at(-1)))),
    ];
  } finally {
    agent.destroy();
    await stack.stop();
  }
}

export function printOAuth(rows) {
  const width = Math.max(...rows.map(({ title }) => title.length));
  console.log(`\n${'authorization server'.padEnd(width)}${['a second', 'host CPU, µs', 'statements'].map((name) => name.padStart(15)).join('')}`);
  for (const { title, perSecond, hostCpuUs, statements } of rows) {
    console.log(title.padEnd(width) + [Math.round(perSecond).toLocaleString('en-US'), Math.round(hostCpuUs).toLocaleString('en-US'),
      statements.toFixed(1)].map((cell) => cell.padStart(15)).join(''));
  }
}
