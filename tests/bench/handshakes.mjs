// initialize, notifications/initialized and a first call, over and over: what a client that comes and
// goes costs. Raw sockets, one exchange at a time on each: the client must not be what is measured.
import net from 'node:net';

const STEPS = ['initialize', 'notifications/initialized', 'tools/call'];

function requestOf(step, { host, tool, session }) {
  const body = JSON.stringify({
    initialize: {
      jsonrpc: '2.0', id: 0, method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '1' } },
    },
    'notifications/initialized': { jsonrpc: '2.0', method: 'notifications/initialized' },
    'tools/call': { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: tool, arguments: { customer: 'ann' } } },
  }[step]);
  const ofSession = session ? `Mcp-Session-Id: ${session}\r\nMCP-Protocol-Version: 2025-11-25\r\n` : '';
  return `POST /mcp HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n`
    + `${ofSession}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** The answer at the front of `text`: {head, body, rest}, or nothing yet. */
function takeAnswer(text) {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = text.slice(0, end);
  const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
  if (text.length < end + 4 + length) return undefined;
  return { head, body: text.slice(end + 4, end + 4 + length), rest: text.slice(end + 4 + length) };
}

/** One connection that shakes hands until `end`; counts what was complete. */
function shakeHands(origin, tool, end, count) {
  const { hostname, port, host } = new URL(origin);
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: hostname, port, noDelay: true });
    let text = '';
    let step = 0;
    let session;
    const send = () => socket.write(requestOf(STEPS[step], { host, tool, session }));
    socket.once('connect', send).once('error', reject);
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      const answer = takeAnswer(text);
      if (!answer) return;
      text = answer.rest;
      if (!/^HTTP\/1.1 20/.test(answer.head)) return socket.destroy(new Error(answer.head + answer.body));
      if (step === 0) session = /mcp-session-id: (\S+)/i.exec(answer.head)[1];
      if (step === 2 && !answer.body.includes('done')) return socket.destroy(new Error(answer.body));
      step = (step + 1) % STEPS.length;
      if (step === 0) {
        session = undefined;
        if (performance.now() >= end) return resolve(socket.destroy());
        count();
      }
      send();
    });
  });
}

/** {connections, perSecond}: complete handshakes with their first call. */
export async function measureHandshakes(origin, { connections = 16, seconds = 3, tool = 'order_00001' } = {}) {
  let done = 0;
  const start = performance.now();
  const end = start + seconds * 1_000;
  await Promise.all(Array.from({ length: connections }, () => shakeHands(origin, tool, end, () => { done += 1; })));
  return { connections, perSecond: done / ((performance.now() - start) / 1_000) };
}
