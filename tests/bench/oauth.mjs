// What the authorization server does a second, and what each operation costs in SQL: whole sign-ins,
// refreshes, and calls with an access token the host knows and does not know. Host, PostgreSQL,
// stand-in and client share both cores and data is durable, so the rate is that of all four together: what
// each of them spends on one operation says whose it is.
import fs from 'node:fs';
import http from 'node:http';
import { Stack } from '../../etc/demo/stack/stack.mjs';
import { OAuth } from '../e2e/support/oauth.mjs';

const SIGN_INS = 400;
const SIGN_INS_AT_ONCE = 16;
const GRANTS = 64; // each refreshes one token after the other
const TICKS_PER_SECOND = 100; // of /proc/PID/stat

const statOf = (pid) => fs.readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /, '').split(' ').map(Number);

/** What `pid` has used so far; with its children, those that ended included, when `all` is set. */
function cpuSeconds(pid, { all = false } = {}) {
  const own = statOf(pid);
  let ticks = own[11] + own[12];
  if (!all) return ticks / TICKS_PER_SECOND;
  ticks += own[13] + own[14];
  for (const entry of fs.readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const child = statOf(entry);
      if (child[1] === pid) ticks += child[11] + child[12];
    } catch {} // it has just ended: the parent's sum has it next time
  }
  return ticks / TICKS_PER_SECOND;
}

/** CPU seconds by whose they are: the parts of the machine that an operation uses up. */
const cpuOf = (stack) => ({
  host: cpuSeconds(stack.host.process.pid),
  database: cpuSeconds(stack.cluster.process.pid, { all: true }),
  standIn: cpuSeconds(stack.pingone.process.pid),
  client: cpuSeconds(process.pid),
});

/** The statements this database has executed; each is one round trip, BEGIN and COMMIT too. */
const statementsOf = ({ cluster }) => Number(cluster.query('mcp_host', `
  SELECT coalesce(sum(calls), 0) FROM pg_stat_statements
  WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND query NOT LIKE '%pg_stat_statements%'`));

/** Runs `work()`, which resolves to the number of operations done, and sees what they cost. */
async function measure(stack, title, work) {
  stack.cluster.query('mcp_host', 'SELECT pg_stat_statements_reset()');
  const before = cpuOf(stack);
  const start = performance.now();
  const done = await work();
  const seconds = (performance.now() - start) / 1000;
  const cpuUs = Object.fromEntries(Object.entries(cpuOf(stack)).map(([whose, used]) => [whose, (1e6 * (used - before[whose])) / done]));
  return {
    title, done, perSecond: done / seconds, cpuUs, statements: statementsOf(stack) / done,
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

const CALLS = 20_000;

/** Runs `work(stack)` beside a whole stack of its own. */
async function withStack({ folder, logs, config }, work) {
  const stack = new Stack();
  try {
    await stack.start({
      folder, logs, durable: true, database: ['shared_preload_libraries=pg_stat_statements'],
      config: [{ log: { level: 'warn' }, ...config }],
    });
    stack.cluster.query('mcp_host', 'CREATE EXTENSION pg_stat_statements');
    return await work(stack);
  } finally {
    await stack.stop();
  }
}

/** Rows {title, done, perSecond, cpuUs, statements}. */
export async function measureOAuth({ folder, logs, seconds }) {
  const authorized = await withStack({ folder, logs }, async (stack) => {
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
      await measure(stack, 'tools/list, token known to the host', () => atOnce(CALLS, 16, () => listTools(oauth, tokens.at(-1)))),
    ];
  });
  // What the line before costs without a token: the difference is its validation.
  const open = await withStack({ folder: `${folder}-open`, logs: `${logs}-open`, config: { auth: { mode: 'off' } } }, (stack) => {
    const oauth = new OAuth(stack.host.publicUrl);
    return measure(stack, 'tools/list, [auth] mode = "off"', () => atOnce(CALLS, 16, () => listTools(oauth)));
  });
  agent.destroy();
  return [...authorized, open];
}

export function printOAuth(rows) {
  const width = Math.max(...rows.map(({ title }) => title.length));
  const number = (value) => Math.round(value).toLocaleString('en-US');
  const print = (title, cells) => console.log(title.padEnd(width) + cells.map((cell) => cell.padStart(14)).join(''));
  console.log('');
  print('authorization server', ['a second', 'CPU, µs: host', 'database', 'stand-in', 'client', 'statements']);
  for (const { title, perSecond, cpuUs, statements } of rows) {
    print(title, [number(perSecond), number(cpuUs.host), number(cpuUs.database), number(cpuUs.standIn), number(cpuUs.client), statements.toFixed(1)]);
  }
}
