// `./run bench`: requests per second, latency and CPU per request of the host, next to the ceilings
// (our transport, stock Pistache, a bare epoll loop, each with a canned reply) and to a server on the
// official TypeScript SDK. The measured server has core 0 to itself; load, database, Todo API and
// stand-in share core 1. All figures are of one run on one machine: compare them with each other.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { parseArgs, promisify } from 'node:util';
import { binaries, inBuild } from '../../etc/demo/stack/paths.mjs';
import { Stack } from '../../etc/demo/stack/stack.mjs';
import { measureHandshakes } from './handshakes.mjs';
import { listHosts, listTargets } from './lists.mjs';
import { measureOAuth, printOAuth } from './oauth.mjs';
import { measureStreams } from './streams.mjs';
import { printTable } from './table.mjs';
import { cannedTarget, hostTargets, sdkTargets } from './targets.mjs';

const SERVER_CORE = 0;
const LOAD_CORE = 1;

const { values: flags } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '1,8,32,64' },
    only: { type: 'string', default: '' }, // part of a target's name
  },
});

const scratch = inBuild('data', 'bench');
const logs = inBuild('logs', 'bench');

/** One run of the load: {requests_per_second, p50_us, p99_us, cpu_us_per_request}. */
async function measure({ url, headers = {}, body, expect, pid }, connections) {
  const args = ['-c', String(connections), '-d', flags.seconds, '--core', String(LOAD_CORE), '--pid', String(pid), '--json'];
  if (expect) args.push('-t', expect);
  for (const [name, value] of Object.entries(headers)) args.push('-H', `${name}: ${value}`);
  if (body) {
    const file = `${scratch}/body.json`;
    fs.writeFileSync(file, JSON.stringify(body));
    args.push('-b', file);
  }
  const { stdout } = await promisify(execFile)(inBuild('release/bin/bench-load'), [...args, url]);
  return JSON.parse(stdout);
}

async function measureAll(targets) {
  const rows = [];
  for (const target of targets.filter(({ name }) => name.includes(flags.only))) {
    for (const connections of flags.connections.split(',').map(Number)) {
      rows.push({ name: target.name, ...await measure(target, connections) });
    }
    console.log(`  ${target.name}`);
  }
  return rows;
}

/** What hosts of their own are measured with: long lists, handshakes, many streams. */
async function measureSpecial() {
  const hosts = new Stack();
  try {
    await hosts.start({
      folder: `${scratch}/special`, logs: `${logs}/special`, cores: { host: SERVER_CORE, rest: LOAD_CORE }, hosts: listHosts.length + 1,
      config: [...listHosts.map(({ config }) => config),
        { ...listHosts[0].config, plugins: { directory: binaries.conformancePlugins } }],
    });
    const rows = await measureAll(listTargets(hosts.hosts.slice(0, -1)));
    const handshakes = await measureHandshakes(hosts.hosts[0].origin, { seconds: Number(flags.seconds) });
    const host = hosts.hosts.at(-1);
    const streams = await measureStreams({ origin: host.origin, pid: host.process.pid, trigger: 'test_trigger_tool_change' });
    return { rows, handshakes, streams };
  } finally {
    await hosts.stop();
  }
}

function printSpecial({ handshakes, streams }) {
  const [first, half, all] = streams.fanOutMs.map((value) => value.toFixed(1));
  console.log(`\ninitialize, initialized, first call: ${Math.round(handshakes.perSecond).toLocaleString('en-US')} a second`
    + ` on ${handshakes.connections} connections`);
  console.log(`${streams.streams.toLocaleString('en-US')} open streams: ${streams.kibEach.toFixed(1)} KiB resident each; `
    + `a notification reaches the first after ${first} ms, half after ${half} ms, all after ${all} ms`);
}

const stack = new Stack();
const servers = [];
process.once('SIGINT', () => process.exit(130)); // what was started ends with us
process.once('SIGTERM', () => process.exit(143));
fs.rmSync(scratch, { recursive: true, force: true });
fs.mkdirSync(scratch, { recursive: true });
try {
  await stack.start({
    folder: scratch, logs, cores: { host: SERVER_CORE, rest: LOAD_CORE }, hosts: 2,
    config: [false, true].map((recorded) => ({ log: { level: 'warn' }, listen: { workers: 1 }, audit: { tool_calls: recorded } })),
    step: (title) => console.log(title),
  });
  const rows = [];
  for (const name of ['bench-epoll', 'bench-canned', 'bench-stock']) {
    const target = await cannedTarget(name, { core: SERVER_CORE, logs });
    rows.push(...await measureAll([target]));
    await target.server.stop();
  }
  const [plain, recording] = stack.hosts;
  rows.push(...await measureAll(await hostTargets(plain)));
  rows.push(...await measureAll((await hostTargets(recording, ', each in the audit record')).filter(({ name }) => name.includes('who_am_I'))));
  const sdk = await sdkTargets(stack, { core: SERVER_CORE, logs });
  servers.push(sdk.server);
  rows.push(...await measureAll(sdk.targets));
  await stack.stop();
  const special = await measureSpecial();
  console.log('  authorization server');
  const oauth = await measureOAuth({ folder: `${scratch}/oauth`, logs: `${logs}/oauth`, seconds: Number(flags.seconds) });
  printTable([...rows, ...special.rows]);
  printSpecial(special);
  printOAuth(oauth);
  fs.writeFileSync(inBuild('bench.json'), `${JSON.stringify({ ...special, oauth, rows: [...rows, ...special.rows] }, null, 2)}\n`);
} finally {
  for (const server of servers) await server.stop();
  await stack.stop();
}
