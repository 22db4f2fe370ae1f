// Many open event streams: what one costs in resident memory, and how long a notification takes to
// reach all of them.
import fs from 'node:fs';
import http from 'node:http';
import { sleep } from '../../etc/demo/stack/process.mjs';

const meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {} };

const residentKiB = (pid) => Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);

function post(origin, method, params, headers = {}) {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: meta } });
  return new Promise((resolve, reject) => {
    const request = http.request(new URL('/mcp', origin), {
      method: 'POST', agent: false,
      headers: {
        'content-type': 'application/json', accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2026-07-28',
        'mcp-method': method, 'content-length': Buffer.byteLength(body), ...headers,
      },
    });
    request.once('response', resolve).once('error', reject).end(body);
  });
}

/** A listening stream: calls `heard` for each change it is told of. Resolves when acknowledged. */
async function listen(origin, heard) {
  const response = await post(origin, 'subscriptions/listen', { notifications: { toolsListChanged: true } });
  return new Promise((resolve, reject) => {
    response.setEncoding('utf8').on('data', (text) => {
      if (text.includes('acknowledged')) resolve(response);
      if (text.includes('list_changed')) heard();
    });
    response.once('end', () => reject(new Error(`the stream ended: ${response.statusCode}`)));
    response.once('error', () => {});
  });
}

/** {streams, kibEach, fanOutMs: [first, half, all]}; `trigger` is a tool that announces a change. */
export async function measureStreams({ origin, pid, trigger, streams = 1_000, rounds = 5 }) {
  const before = residentKiB(pid);
  let heard = [];
  const open = [];
  while (open.length < streams) {
    const batch = Math.min(50, streams - open.length);
    open.push(...await Promise.all(Array.from({ length: batch }, () => listen(origin, () => heard.push(performance.now())))));
  }
  await sleep(500);
  const kibEach = (residentKiB(pid) - before) / streams;
  const latencies = [];
  for (let round = 0; round < rounds; round += 1) {
    heard = [];
    const sent = performance.now();
    (await post(origin, 'tools/call', { name: trigger, arguments: {} }, { 'mcp-name': trigger })).resume();
    for (const end = sent + 10_000; heard.length < streams && performance.now() < end;) await sleep(1);
    if (heard.length < streams) throw new Error(`${heard.length} of ${streams} streams heard of the change`);
    heard.sort((a, b) => a - b);
    latencies.push([heard[0], heard[streams >> 1], heard.at(-1)].map((at) => at - sent));
    await sleep(1_200); // beyond what a burst is gathered for
  }
  for (const response of open) response.destroy();
  const middle = (values) => values.sort((a, b) => a - b)[values.length >> 1];
  return { streams, kibEach, fanOutMs: [0, 1, 2].map((index) => middle(latencies.map((each) => each[index]))) };
}
