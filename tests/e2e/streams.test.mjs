// Two hosts, no stickiness: what a legacy or modern client hears and answers works on either.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { binaries } from '../../etc/demo/stack/paths.mjs';
import { startStack } from './support/stack.mjs';

const plugins = { directory: binaries.conformancePlugins };
const open = { plugins, plugin: undefined, auth: { mode: 'off' } };
const stack = await startStack('streams', { hosts: 2, config: [open, open] });
const [a, b] = stack.hosts.map((host) => host.origin);
const streams = [];
after(() => streams.forEach((stream) => stream.stop()));

const json = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const META = 'io.modelcontextprotocol/';

/** An open event stream: its events so far, and a way to wait for one. */
class Stream {
  constructor(response, abort) {
    this.response = response;
    this.abort = abort;
    this.events = [];
    this.ended = false;
    this.waiting = [];
    this.reading = this.read();
    streams.push(this);
  }

  async read() {
    let text = '';
    try {
      for await (const chunk of this.response.body.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          this.take(text.slice(0, end));
          text = text.slice(end + 2);
        }
      }
    } catch { /* stopped */ }
    this.ended = true;
    this.wake();
  }

  take(block) {
    const event = {};
    for (const line of block.split('\n')) {
      const [, name, value] = /^(\w*): ?(.*)$/.exec(line) ?? [];
      if (name) event[name] = value;
    }
    if (event.data?.startsWith('{')) event.message = JSON.parse(event.data);
    if (Object.keys(event).length > 0) this.events.push(event);
    this.wake();
  }

  wake() {
    for (const check of this.waiting.splice(0)) check();
  }

  async until(wanted, what = 'an event') {
    const deadline = Date.now() + 10_000;
    for (;;) {
      const found = this.events.find(wanted);
      if (found) return found;
      assert.ok(!this.ended && Date.now() < deadline, `${what} did not come: ${JSON.stringify(this.events)}`);
      await Promise.race([new Promise((resolve) => this.waiting.push(resolve)), new Promise((resolve) => setTimeout(resolve, 200))]);
    }
  }

  stop() {
    this.abort.abort();
  }
}

async function stream(url, init) {
  const abort = new AbortController();
  const response = await fetch(url, { ...init, signal: abort.signal });
  assert.equal(response.status, 200, response.ok ? '' : await response.text());
  assert.match(response.headers.get('content-type'), /^text\/event-stream/);
  return new Stream(response, abort);
}

async function initialize(host) {
  const response = await fetch(`${host}/mcp`, {
    method: 'POST', headers: json,
    body: JSON.stringify({
      jsonrpc: '2.0', id: 0, method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: { elicitation: {}, sampling: {} }, clientInfo: { name: 't', version: '1' } },
    }),
  });
  const id = response.headers.get('mcp-session-id');
  await response.text();
  return { 'mcp-session-id': id, 'mcp-protocol-version': '2025-11-25' };
}

const post = (host, session, message) => fetch(`${host}/mcp`, { method: 'POST', headers: { ...json, ...session }, body: JSON.stringify({ jsonrpc: '2.0', ...message }) });
const call = (name, id = 1, args = {}) => ({ id, method: 'tools/call', params: { name, arguments: args, _meta: { progressToken: 'p' } } });
const listen = (host, session, last) => stream(`${host}/mcp`, { headers: { ...session, accept: 'text/event-stream', ...(last && { 'last-event-id': last }) } });

async function modern(host, method, params, extra = {}) {
  return stream(`${host}/mcp`, {
    method: 'POST',
    headers: { ...json, 'mcp-protocol-version': '2026-07-28', 'mcp-method': method, ...extra },
    body: JSON.stringify({
      jsonrpc: '2.0', id: 7, method,
      params: { ...params, _meta: { [`${META}protocolVersion`]: '2026-07-28', [`${META}clientCapabilities`]: {} } },
    }),
  });
}

test('A change announced on one host is heard on the other, by old and new clients', async () => {
  const session = await initialize(a);
  const old = await listen(a, session);
  await old.until((event) => event.id && event.data === '');
  const fresh = await modern(b, 'subscriptions/listen', { notifications: { toolsListChanged: true } });
  await fresh.until((event) => event.message?.method === 'notifications/subscriptions/acknowledged');
  await (await post(b, session, call('test_trigger_tool_change'))).text();
  await old.until((event) => event.message?.method === 'notifications/tools/list_changed');
  const heard = await fresh.until((event) => event.message?.method === 'notifications/tools/list_changed');
  assert.equal(heard.message.params._meta[`${META}subscriptionId`], 7);
});

test('A client that comes back to its GET stream, on the other host, hears what it missed', async () => {
  const session = await initialize(a);
  const first = await listen(a, session);
  const { id } = await first.until((event) => event.id);
  first.stop();
  await (await post(b, session, call('test_trigger_prompt_change'))).text();
  const second = await listen(b, session, id);
  await second.until((event) => event.message?.method === 'notifications/prompts/list_changed');
  assert.equal((await fetch(`${b}/mcp`, { headers: { ...(await initialize(b)), accept: 'text/event-stream', 'last-event-id': id } })).status, 404);
});

test('A question asked on one host is answered at the other', async () => {
  const session = await initialize(a);
  const answer = await stream(`${a}/mcp`, {
    method: 'POST', headers: { ...json, ...session },
    body: JSON.stringify({ jsonrpc: '2.0', ...call('test_elicitation', 5, { message: 'Who are you?' }) }),
  });
  const { message: question } = await answer.until((event) => event.message?.method === 'elicitation/create');
  const taken = await post(b, session, { id: question.id, result: { action: 'accept', content: { username: 'ann', email: 'ann@example.com' } } });
  assert.equal(taken.status, 202);
  const { message } = await answer.until((event) => event.message?.id === 5);
  assert.match(JSON.stringify(message.result.content), /ann/);
});

test('An answer goes on on the other host', async () => {
  const session = await initialize(a);
  const first = await stream(`${a}/mcp`, { method: 'POST', headers: { ...json, ...session }, body: JSON.stringify({ jsonrpc: '2.0', ...call('test_reconnection', 9) }) });
  const { id } = await first.until((event) => event.id && event.data === '');
  await first.reading;  // the tool lets its client go
  assert.ok(!first.events.some((event) => event.message?.id === 9));
  const second = await listen(b, session, id);
  const { message } = await second.until((event) => event.message?.id === 9);
  assert.ok(message.result.content.length > 0);
  await second.reading;
});

test('HTTP+SSE answers on its stream what reached the other host', async () => {
  const answers = await stream(`${a}/sse`, { headers: { accept: 'text/event-stream' } });
  const { data: target } = await answers.until((event) => event.event === 'endpoint');
  const say = async (host, message) => {
    const response = await fetch(new URL(target, host), { method: 'POST', headers: json, body: JSON.stringify({ jsonrpc: '2.0', ...message }) });
    assert.equal(response.status, 202, await response.text());
  };
  await say(b, { id: 0, method: 'initialize', params: { protocolVersion: '2024-11-05', capabilities: { sampling: {} }, clientInfo: { name: 't', version: '1' } } });
  await answers.until((event) => event.event === 'message' && event.message.result?.protocolVersion === '2024-11-05');
  await say(b, { method: 'notifications/initialized' });
  await say(b, { id: 1, ...call('test_sampling', 1, { prompt: 'Hello' }) });
  const { message: question } = await answers.until((event) => event.message?.method === 'sampling/createMessage');
  await say(a, { id: question.id, result: { role: 'assistant', model: 'm', content: { type: 'text', text: 'Hello yourself' } } });
  const { message } = await answers.until((event) => event.message?.id === 1 && event.message.result);
  assert.match(JSON.stringify(message.result), /Hello yourself/);
  answers.stop();
  for (const host of [a, b]) {
    const deadline = Date.now() + 5000;
    let status;
    do {
      status = (await fetch(new URL(target, host), { method: 'POST', headers: json, body: '{"jsonrpc":"2.0","id":2,"method":"ping"}' })).status;
    } while (status !== 404 && Date.now() < deadline);
    assert.equal(status, 404, 'the session is over on both');
  }
});

test('A host that stops says goodbye to a subscription', async () => {
  const subscription = await modern(b, 'subscriptions/listen', { notifications: { toolsListChanged: true } });
  await subscription.until((event) => event.message?.method === 'notifications/subscriptions/acknowledged');
  await stack.hosts[1].stop();
  const { message } = await subscription.until((event) => event.message?.id === 7);
  assert.equal(message.result.resultType, 'complete');
  assert.equal(message.result._meta[`${META}subscriptionId`], 7);
});
