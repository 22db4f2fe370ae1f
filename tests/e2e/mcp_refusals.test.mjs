// What /mcp refuses, and with which status and code.
import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';
import { Mcp, meta } from './support/mcp.mjs';
import { startStack } from './support/stack.mjs';

const stack = await startStack('mcp_refusals');
const [oauth] = stack.oauth;
// Everything is awaited before the first test: tests run while this file waits.
const { access_token: token } = await oauth.signIn();
const { refresh_token: refreshToken } = await oauth.signIn();
const mcp = new Mcp(oauth.publicUrl, token);
const metadataUrl = `${oauth.publicUrl}/.well-known/oauth-protected-resource/mcp`;

function assertRpcError({ status, json, text }, expectedStatus, code, id) {
  assert.equal(status, expectedStatus, text);
  assert.equal(json?.error?.code, code, text);
  assert.equal(json.id, id);
  assert.doesNotMatch(text, /\/(host|plugins|sdk)\/|\.cc:|boost|pqxx/);
}

// ---- the bearer ----

for (const method of ['POST', 'GET', 'DELETE']) {
  test(`${method} without a token is challenged`, async () => {
    const { status, headers } = await new Mcp(oauth.publicUrl).raw({ method, body: method === 'POST' ? '{}' : undefined });
    assert.equal(status, 401);
    const challenge = headers.get('www-authenticate');
    assert.match(challenge, /^Bearer /);
    assert.ok(challenge.includes(`resource_metadata="${metadataUrl}"`), challenge);
    assert.match(challenge, /scope="[^"]+"/);
    assert.doesNotMatch(challenge, /error=/); // RFC 6750 §3.1: nothing was presented
  });
}

const bearers = {
  garbage: 'garbage',
  'a token with another last character': token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A'),
  'a refresh token': refreshToken,
  'an upstream-like JWT': `${btoa('{"alg":"none"}').replaceAll('=', '')}.${btoa('{}').replaceAll('=', '')}.x`,
};
for (const [what, bearer] of Object.entries(bearers)) {
  test(`${what} is an invalid token`, async () => {
    const { status, headers } = await new Mcp(oauth.publicUrl, bearer).modern('tools/list');
    assert.equal(status, 401);
    assert.match(headers.get('www-authenticate'), /^Bearer .*error="invalid_token"/);
  });
}

test('a token in the query is no token', async () => {
  const response = await fetch(`${oauth.resource}?access_token=${token}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  assert.equal(response.status, 401);
  await response.arrayBuffer();
});

// ---- HTTP ----

for (const method of ['PUT', 'PATCH']) {
  test(`${method} is 405`, async () => {
    const { status, headers } = await mcp.raw({ method, body: '{}' });
    assert.equal(status, 405);
    assert.match(headers.get('allow'), /POST/);
  });
}

test('GET without a session is no stream', async () => {
  assert.ok([400, 405].includes((await mcp.raw({ method: 'GET' })).status));
});

test('GET of 2026-07-28 is 405', async () => {
  assert.equal((await mcp.raw({ method: 'GET', headers: { 'mcp-protocol-version': '2026-07-28' } })).status, 405);
});

test('another media type is 415', async () => {
  assert.equal((await mcp.raw({ headers: { 'content-type': 'text/plain' }, body: '{}' })).status, 415);
});

test('a body that is too large is 413', async () => {
  assert.equal((await mcp.raw({ body: `{"a":"${'x'.repeat(16 << 20)}"}` })).status, 413);
});

test('a foreign Origin is 403', async () => {
  assert.equal((await mcp.modern('tools/list', {}, { origin: 'https://evil.example' })).status, 403);
});

test('a foreign Host is refused', async () => {
  const { port } = new URL(oauth.publicUrl);
  const status = await new Promise((resolve, reject) => {
    const request = http.request({
      host: '127.0.0.1', port, path: '/mcp', method: 'POST',
      headers: { host: 'evil.example', 'content-type': 'application/json', authorization: `Bearer ${token}` },
    }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject);
    request.end('{}');
  });
  assert.ok([400, 403, 421].includes(status), `${status}`);
});

// ---- JSON-RPC ----

const bodies = {
  'broken JSON': ['{', -32700],
  nothing: ['', -32700],
  'invalid UTF-8': [new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), -32700],
  'JSON nested a thousand deep': ['['.repeat(1000) + ']'.repeat(1000), -32700],
  'a number': ['7', -32600],
  'no jsonrpc': ['{"id":1,"method":"ping"}', -32600],
  'another jsonrpc': ['{"jsonrpc":"1.0","id":1,"method":"ping"}', -32600],
  'a null id': ['{"jsonrpc":"2.0","id":null,"method":"ping"}', -32600],
  'an id that is an object': ['{"jsonrpc":"2.0","id":{},"method":"ping"}', -32600],
  'a batch with a request of 2026-07-28': [JSON.stringify([{ jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: meta } }]), -32600],
};
for (const [what, [body, code]] of Object.entries(bodies)) {
  test(`${what} is ${code}`, async () => {
    const answer = await mcp.raw({ body });
    assert.equal(answer.status, 400, answer.text);
    assert.equal(answer.json.error.code, code);
  });
}

// ---- the modern envelope ----

const request = (method, params, id = 7) => ({ jsonrpc: '2.0', id, method, params });
const V = { 'mcp-protocol-version': '2026-07-28' };
const { 'io.modelcontextprotocol/clientCapabilities': capabilities, ...halfMeta } = meta;
const other = (version) => ({ ...meta, 'io.modelcontextprotocol/protocolVersion': version });

const envelopes = {
  'no Mcp-Method': [V, request('server/discover', { _meta: meta }), 400, -32020],
  'another Mcp-Method': [{ ...V, 'mcp-method': 'tools/call' }, request('tools/list', { _meta: meta }), 400, -32020],
  'no _meta': [{ ...V, 'mcp-method': 'server/discover' }, request('server/discover', {}), 400, -32602],
  'no client capabilities': [{ ...V, 'mcp-method': 'server/discover' }, request('server/discover', { _meta: halfMeta }), 400, -32602],
  'another version in the body': [{ ...V, 'mcp-method': 'server/discover' }, request('server/discover', { _meta: other('v999.0.0') }), 400, -32020],
  'an unknown version in both': [{ 'mcp-protocol-version': 'v999.0.0', 'mcp-method': 'server/discover' }, request('server/discover', { _meta: other('v999.0.0') }), 400, -32022],
  'no version header': [{ 'mcp-method': 'server/discover' }, request('server/discover', { _meta: meta }), 400, -32020],
  'initialize': [{ ...V, 'mcp-method': 'initialize' }, request('initialize', { _meta: meta }), 404, -32601],
  'an unknown method': [{ ...V, 'mcp-method': 'nope' }, request('nope', { _meta: meta }), 404, -32601],
  'no Mcp-Name': [{ ...V, 'mcp-method': 'tools/call' }, request('tools/call', { name: 'who_am_I', arguments: {}, _meta: meta }), 400, -32020],
  'another Mcp-Name': [{ ...V, 'mcp-method': 'tools/call', 'mcp-name': 'WHO' }, request('tools/call', { name: 'who_am_I', arguments: {}, _meta: meta }), 400, -32020],
};
for (const [what, [headers, body, status, code]] of Object.entries(envelopes)) {
  test(`2026-07-28: ${what} is ${status} ${code}`, async () => assertRpcError(await mcp.raw({ headers, body }), status, code, 7));
}

// ---- sessions ----

test('another user is told that the session does not exist', async () => {
  const session = await mcp.open();
  await stack.pingone.control('config', { sub: '1f4c7a52-6a1e-4a0f-9f0c-2d1f6f1f0c55' });
  const { access_token: johns } = await oauth.signIn();
  await stack.pingone.control('config', { sub: '8ca2b15a-e3bd-43a5-bee1-1e533bae759d' });
  const john = new Mcp(oauth.publicUrl, johns);
  const list = { headers: session.headers, body: request('tools/list', {}) };
  assert.equal((await john.raw(list)).status, 404);
  assert.equal((await john.raw({ method: 'DELETE', headers: session.headers })).status, 404);
  assert.equal((await mcp.raw(list)).status, 200, 'the owner lost it');
});

test('sessions that do not exist are 404, requests without one 400', async () => {
  const list = request('tools/list', {});
  assert.equal((await mcp.raw({ headers: { 'mcp-session-id': 'nothing' }, body: list })).status, 404);
  assert.equal((await mcp.raw({ body: list })).status, 400);
  assert.equal((await mcp.raw({ method: 'DELETE', headers: { 'mcp-session-id': 'nothing' } })).status, 404);
});

test('a session that was tampered with is 404', async () => {
  const { id, headers } = await mcp.open();
  const bent = id.slice(0, -2) + (id.endsWith('AA') ? 'BB' : 'AA');
  assert.equal((await mcp.raw({ headers: { ...headers, 'mcp-session-id': bent }, body: request('ping', {}) })).status, 404);
});

test('an ended session is 404', async () => {
  const session = await mcp.open();
  await session.end();
  assert.equal((await session.request('ping')).status, 404);
});

test('a session has the version that was negotiated', async () => {
  const session = await mcp.open('1999-01-01');
  assert.equal(session.version, '2025-11-25');
  assert.equal((await session.request('ping', {}, { 'mcp-protocol-version': 'banana' })).status, 400);
});

for (const version of ['2025-11-25', '2025-06-18', '2025-03-26']) {
  test(`${version}: an unknown method is -32601 in a 200`, async () => {
    const session = await mcp.open(version);
    assert.equal(session.version, version);
    const { status, json } = await session.request('nope');
    assert.equal(status, 200);
    assert.equal(json.error.code, -32601);
    const { json: pong } = await session.request('ping');
    assert.deepEqual(pong.result, {});
  });
}

// ---- tools ----

test('an unknown tool is -32602', async () => {
  assertRpcError(await mcp.modern('tools/call', { name: 'nope', arguments: {} }), 200, -32602, mcp.nextId - 1);
});

const badArguments = {
  'a missing member': ['create_new_todo', {}],
  'a member of the wrong type': ['create_new_todo', { text: 7 }],
  'a wrong type beside a right one': ['toggle_todo_status', { todoId: 'x', completed: 'yes' }],
  'arguments where none are known': ['deleteTodo', { id: 'x' }],
};
for (const [what, [name, args]] of Object.entries(badArguments)) {
  test(`${name} with ${what} never reaches the plugin`, async () => {
    const { status, json, text } = await mcp.modern('tools/call', { name, arguments: args });
    assert.equal(status, 200);
    assert.equal(json.result?.isError, true, text);
    assert.match(json.result.content[0].text, /^Input validation error: /);
  });
}

test('arguments that are no object are -32602', async () => {
  const answer = await mcp.modern('tools/call', { name: 'who_am_I', arguments: [] });
  assert.equal(answer.json.error.code, -32602, answer.text);
});

test('a cursor nobody gave is -32602', async () => {
  const answer = await mcp.modern('tools/list', { cursor: 'invented' });
  assert.equal(answer.json.error.code, -32602, answer.text);
});
