// The check of the wire finds what it is there to find.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventText, Wire } from './support/wire.mjs';

const url = 'http://127.0.0.1/mcp';

function ask(wire, version, method, id = 1, more = {}) {
  return wire.exchange({
    url, headers: new Headers({ 'mcp-protocol-version': version, ...more }), body: JSON.stringify({ jsonrpc: '2.0', id, method, params: {} }),
  });
}

function problemOf(version, method, message) {
  const wire = new Wire();
  wire.message(ask(wire, version, method), JSON.stringify({ jsonrpc: '2.0', ...message }));
  assert.equal(wire.checked, 1);
  return wire.problems[0];
}

test('A right answer is none', () => {
  assert.equal(problemOf('2025-11-25', 'tools/list', { id: 1, result: { tools: [] } }), undefined);
  assert.equal(problemOf('2026-07-28', 'tools/call', { id: 1, result: { resultType: 'complete', content: [] } }), undefined);
});

test('An answer without what its revision requires is found', () => {
  assert.match(problemOf('2025-11-25', 'tools/list', { id: 1, result: {} }), /ListToolsResult/);
  assert.match(problemOf('2026-07-28', 'tools/call', { id: 1, result: { content: [] } }), /resultType/);
  assert.match(problemOf('2026-07-28', 'tools/list', { id: 1, result: { resultType: 'complete', tools: [] } }), /ttlMs/);
});

test('An id that is null, an answer to nothing and an unknown notification are found', () => {
  assert.ok(problemOf('2026-07-28', 'tools/list', { id: null, error: { code: -32600, message: 'no' } }));
  assert.match(problemOf('2025-11-25', 'tools/list', { id: 2, result: {} }), /nobody asked/);
  assert.match(problemOf('2025-11-25', 'tools/list', { method: 'notifications/unheard' }), /does not exist/);
});

test('A request of the host is one only where sessions are', () => {
  const elicit = { id: 7, method: 'elicitation/create', params: { message: 'Name?', requestedSchema: { type: 'object', properties: {} } } };
  assert.equal(problemOf('2025-06-18', 'tools/call', elicit), undefined);
  assert.match(problemOf('2026-07-28', 'tools/call', elicit), /request from the host/);
  assert.match(problemOf('2025-03-26', 'tools/call', elicit), /does not exist/);
});

test('A session speaks the revision its initialize agreed on', () => {
  const wire = new Wire();
  const initialize = wire.exchange({ url, headers: new Headers(), body: JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'initialize', params: {} }) });
  wire.answered(initialize, new Headers({ 'mcp-session-id': 's' }));
  wire.message(initialize, JSON.stringify({
    jsonrpc: '2.0', id: 0, result: { protocolVersion: '2025-03-26', capabilities: {}, serverInfo: { name: 'x', version: '1' } },
  }));
  const call = wire.exchange({ url, headers: new Headers({ 'mcp-session-id': 's' }), body: '{"jsonrpc":"2.0","id":1,"method":"tools/call"}' });
  wire.message(call, '{"jsonrpc":"2.0","method":"notifications/unheard"}');
  assert.match(wire.problems.join(), /^2025-03-26/);
  assert.equal(wire.checked, 2);
});

test('A stream of HTTP+SSE belongs to the session its first event names', () => {
  const wire = new Wire();
  const stream = wire.exchange({ url: 'http://127.0.0.1/sse', headers: new Headers(), body: undefined });
  wire.endpoint(stream, '/messages?sessionId=s');
  wire.exchange({ url: 'http://127.0.0.1/messages?sessionId=s', headers: new Headers(), body: '{"jsonrpc":"2.0","id":0,"method":"initialize"}' });
  wire.message(stream, JSON.stringify({
    jsonrpc: '2.0', id: 0, result: { protocolVersion: '2024-11-05', capabilities: {}, serverInfo: { name: 'x', version: '1' } },
  }));
  wire.message(stream, '{"jsonrpc":"2.0","id":1,"result":{}}');
  assert.equal(wire.checked, 2);
  assert.match(wire.problems.join(), /nobody asked/);
});

test('Events are cut wherever the pieces end', () => {
  const text = 'id: 1\ndata:\n\n: beat\n\nevent: message\ndata: {"a":1}\n\ndata: {"b":\ndata: 2}\n\n';
  for (const size of [1, 2, 7, 1000]) {
    const events = new EventText();
    const found = [];
    for (let at = 0; at < text.length; at += size) found.push(...events.add(text.slice(at, at + size)));
    assert.deepEqual(found.map((each) => JSON.parse(each)), [{ a: 1 }, { b: 2 }]);
  }
});
