// The far side fails: the Todo API in every way an API can, PingOne at sign-in and at refresh.
import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { sleep } from '../../etc/demo/stack/process.mjs';
import { FakeApi } from './support/fake_api.mjs';
import { Mcp } from './support/mcp.mjs';
import { startStack } from './support/stack.mjs';

const api = await FakeApi.start();
after(() => api.stop());
const stack = await startStack('upstream_failures', { todoApiOrigin: api.origin });
const [oauth] = stack.oauth;
const { pingone } = stack;
beforeEach(() => pingone.control('reset', {}));

const { access_token: token } = await oauth.signIn();
const mcp = new Mcp(oauth.publicUrl, token);

const leaked = /eyJ|Bearer|<html|stack|127\.0\.0\.1:\d+\/api|secret-of-the-api/;

async function assertToolFails(pattern) {
  const result = await mcp.call('get_my_todo_list');
  assert.equal(result.isError, true, JSON.stringify(result));
  assert.match(result.content[0].text, pattern);
  assert.doesNotMatch(result.content[0].text, leaked);
}

for (const status of [400, 403, 404, 429, 500, 502, 503]) {
  test(`the API answers ${status}: the tool says so and no more`, async () => {
    api.always(status, { error: 'secret-of-the-api' });
    await assertToolFails(new RegExp(`${status}`));
  });
}

test('the API refuses the token once: it is refreshed and the call succeeds', async () => {
  const seen = [];
  api.answer = (req, res) => {
    seen.push(req.headers.authorization);
    if (seen.length === 1) api.send(res, 401, {}, { 'www-authenticate': 'Bearer error="invalid_token"' });
    else api.send(res, 200, { todos: [] });
  };
  const result = await mcp.call('get_my_todo_list');
  assert.ok(!result.isError, JSON.stringify(result));
  assert.equal(seen.length, 2);
  assert.notEqual(seen[0], seen[1]);
  assert.equal(await pingone.countOf('token', ({ grant_type: type }) => type === 'refresh_token'), 1);
});

test('the API refuses every token: one refresh, one retry, then an error', async () => {
  api.always(401, {}, { 'www-authenticate': 'Bearer error="invalid_token"' });
  await assertToolFails(/401|sign/i);
  assert.ok(api.calls.length <= 2, `${api.calls.length} calls`);
  assert.ok(await pingone.countOf('token', ({ grant_type: type }) => type === 'refresh_token') <= 1);
});

const garbage = {
  'no JSON': [200, 'certainly not JSON'],
  'JSON of another shape': [200, { nothing: true }],
  'an empty body': [200, ''],
  'a page': [200, '<html>secret-of-the-api</html>', { 'content-type': 'text/html' }],
};
for (const [what, [status, body, headers]] of Object.entries(garbage)) {
  test(`the API answers ${what}: the tool fails politely`, async () => {
    api.always(status, body, headers);
    await assertToolFails(/./);
  });
}

test('the API answers without end: the tool stops reading', { timeout: 60_000 }, async () => {
  api.answer = (req, res) => {
    res.writeHead(200, { 'content-type': 'application/json' });
    const chunk = Buffer.alloc(1 << 20, 0x20);
    const more = () => { while (!res.destroyed && res.write(chunk)); };
    res.on('drain', more);
    more();
  };
  await assertToolFails(/./);
});

test('the API hangs up: the tool fails', async () => {
  api.answer = (req) => req.socket.destroy();
  await assertToolFails(/./);
});

test('the API never answers: the call ends at its deadline', { timeout: 120_000 }, async () => {
  api.answer = () => {};
  await assertToolFails(/time|unavailable/i);
});

test('after all of that a call succeeds', async () => {
  api.always(200, { todos: [] });
  const result = await mcp.call('get_my_todo_list');
  assert.ok(!result.isError, JSON.stringify(result));
});

// ---- PingOne at sign-in ----

async function signInFails(expected) {
  const client = await oauth.register();
  const { href } = oauth.authorization(client);
  const { searchParams } = await oauth.visit(href);
  assert.ok(expected.includes(searchParams.get('error')), searchParams.toString());
  assert.equal(searchParams.get('state'), 'the-state');
  assert.equal(searchParams.get('code'), null);
  assert.doesNotMatch(searchParams.get('error_description') ?? '', /eyJ|127\.0\.0\.1|standin/);
}

const unavailable = ['temporarily_unavailable', 'server_error'];
const PAUSE_ASKED_MS = 3_000; // one second, and its jitter
const tokenFaults = {
  'answers 500': { status: 500, body: 'secret-of-pingone' },
  'answers 503': { status: 503 },
  'answers 429': { status: 429, headers: { 'retry-after': '1' } },
  'is too slow': { delay: 9_000 },
  'answers invalid_client': { status: 401, body: { error: 'invalid_client' } },
  'answers garbage': { status: 200, body: 'garbage' },
  'is cut off': { status: 200, body: { access_token: 'x'.repeat(500) }, truncate: true },
  'hangs up': { hangup: true },
  'gives no id_token': { drop: ['id_token'] },
  'gives no access token': { drop: ['access_token'] },
  'gives an id_token for another request': { idToken: { claims: { nonce: 'evil' } } },
  'gives an id_token of another issuer': { idToken: { claims: { iss: 'https://evil.example' } } },
  'gives an id_token for another application': { idToken: { claims: { aud: 'other' } } },
  'gives an expired id_token': { idToken: { claims: { exp: 1 } } },
  'gives an unsigned id_token': { idToken: { alg: 'none' } },
  'gives an id_token signed with a shared secret': { idToken: { alg: 'HS256', hsKey: 'standin-secret-standin-secret-standin' } },
  'gives an id_token with a bad signature': { idToken: { badSignature: true } },
  'gives an id_token without a subject': { idToken: { drop: ['sub'] } },
};
for (const [what, action] of Object.entries(tokenFaults)) {
  test(`PingOne's token endpoint ${what}: the client is told, nobody is signed in`, async () => {
    await pingone.fault('token', action, 3);
    await signInFails(unavailable);
    // Until then nothing else would reach PingOne.
    if (action.status === 429) await sleep(PAUSE_ASKED_MS);
  });
}

const redirectErrors = {
  access_denied: ['access_denied'],
  login_required: ['access_denied'],
  consent_required: ['access_denied'],
  invalid_scope: ['server_error'],
  server_error: unavailable,
  temporarily_unavailable: ['temporarily_unavailable'],
};
for (const [error, expected] of Object.entries(redirectErrors)) {
  test(`PingOne redirects with ${error}: the client gets ${expected.join(' or ')}`, async () => {
    await pingone.fault('authorize', { redirectError: error, error_description: 'secret-of-pingone' });
    await signInFails(expected);
  });
}

test('a new signing key is picked up', async () => {
  await pingone.control('rotate-keys', {});
  assert.ok((await oauth.signIn()).access_token);
});

// ---- PingOne at refresh ----

test('a dead upstream grant ends ours: the client is told to sign in again', async () => {
  api.always(200, { todos: [] });
  await pingone.control('config', { accessTokenTTL: 1 });
  const { access_token: mine } = await oauth.signIn();
  await pingone.fault('token', { status: 400, body: { error: 'invalid_grant' } }, 5);
  await sleep(1_100);
  const caller = new Mcp(oauth.publicUrl, mine);
  const first = await caller.modern('tools/call', { name: 'get_my_todo_list', arguments: {} });
  assert.ok(first.status === 401 || first.json?.result?.isError, first.text);
  const { status, headers } = await caller.modern('tools/call', { name: 'get_my_todo_list', arguments: {} });
  assert.equal(status, 401);
  assert.match(headers.get('www-authenticate'), /error="invalid_token"/);
});

test('PingOne is down at refresh: the call fails, the grant lives', async () => {
  api.always(200, { todos: [] });
  await pingone.control('config', { accessTokenTTL: 1 });
  const { access_token: mine } = await oauth.signIn();
  await sleep(1_100);
  await pingone.control('config', { accessTokenTTL: 3600 });
  await pingone.fault('token', { status: 503 }, 3);
  const caller = new Mcp(oauth.publicUrl, mine);
  assert.equal((await caller.call('get_my_todo_list')).isError, true);
  await pingone.control('reset', {});
  const deadline = Date.now() + 10_000;
  let result;
  do {
    result = await caller.call('get_my_todo_list');
    if (result.isError) await sleep(200);
  } while (result.isError && Date.now() < deadline);
  assert.ok(!result.isError, JSON.stringify(result));
});
