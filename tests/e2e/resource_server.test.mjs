// A host that takes PingOne's own access tokens: the official clients sign in at the stand-in, and
// the host judges what they bring.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, test } from 'node:test';
import * as v1auth from '@modelcontextprotocol/sdk/client/auth.js';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import * as v2 from '@modelcontextprotocol/client';
import { Browser } from '../../etc/demo/road/browser.mjs';
import { MemoryProvider } from '../../etc/demo/road/provider.mjs';
import { binaries, inBuild } from '../../etc/demo/stack/paths.mjs';
import { audience as todoAudience } from '../../etc/demo/stack/pingone.mjs';
import { Mcp, todosOf } from './support/mcp.mjs';
import { read, redirectUri } from './support/oauth.mjs';
import { remember } from './support/secrets.mjs';
import { startStack } from './support/stack.mjs';

const directory = inBuild('data', 'e2e-resource-server-plugins');
fs.rmSync(directory, { recursive: true, force: true });
fs.mkdirSync(directory, { recursive: true, mode: 0o755 });
for (const file of [path.join(binaries.plugins, 'todo_api.so'), path.join(binaries.testPlugins, 'scoped.so')]) {
  fs.copyFileSync(file, path.join(directory, path.basename(file)));
}

const CLIENT = 'an-mcp-client';
const JOHN = '1f4c7a52-6a1e-4a0f-9f0c-2d1f6f1f0c55';
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const config = (todoApi) => ({
  auth: { mode: 'resource_server' },
  oauth: { registrations_per_hour: undefined, scopes: ['mcp Use the tools'], initial_scopes: ['mcp'] },
  pingone: { scopes: undefined },
  plugins: { directory },
  plugin: { todo_api: { upstream_audience: todoAudience, ...todoApi } },
});
const stack = await startStack('resource_server', {
  hosts: 3, sharedPublicUrl: true,
  pingone: { publicClients: { [CLIENT]: redirectUri }, scopes: ['mcp', 'admin:everything'] },
  config: [
    config({ upstream_scopes: ['todo_api:read', 'todo_api:write'] }),
    config({ upstream_token: 'presented' }),
    config({ upstream_audience: undefined }),
  ],
});
const { pingone, host } = stack;
const [exchanging, passingOn, withoutApi] = stack.hosts;
const resource = `${host.publicUrl}/mcp`;
beforeEach(() => pingone.control('reset', {}));

const exchanges = () => pingone.countOf('token', ({ grant_type: type }) => type === EXCHANGE);

/** An access token as PingOne issues it; `wrong` bends it (see the stand-in's faults). */
async function issue({ scope = 'openid mcp', user, wrong } = {}) {
  const verifier = crypto.randomBytes(32).toString('base64url');
  const authorize = new URL(`${pingone.issuer}/authorize`);
  authorize.search = new URLSearchParams({
    response_type: 'code', client_id: CLIENT, redirect_uri: redirectUri, scope, resource, state: 's',
    code_challenge: crypto.createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256',
    ...(user ? { login_hint: user } : {}),
  });
  const { arrived } = await new Browser().travel(authorize.href, { end: redirectUri });
  assert.ok(arrived.searchParams.get('code'), arrived.href);
  if (wrong) await pingone.fault('token', { accessToken: wrong });
  const answer = await read(await fetch(`${pingone.issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'authorization_code', client_id: CLIENT, code: arrived.searchParams.get('code'), redirect_uri: redirectUri, code_verifier: verifier }),
  }));
  assert.equal(answer.status, 200, answer.text);
  remember(answer.json.access_token);
  return answer.json.access_token;
}

const identity = { name: 'end-to-end', version: '1' };
const clients = {
  'sdk 1.32.2': { make: () => new ClientV1(identity), Transport: TransportV1, Unauthorized: v1auth.UnauthorizedError, answerOf: (query) => query.get('code') },
  'client 2.4.0, default': { make: () => new v2.Client(identity) },
  'client 2.4.0, pinned to 2026-07-28': { make: () => new v2.Client(identity, { versionNegotiation: { mode: { pin: '2026-07-28' } } }) },
};

for (const [name, { make, Transport = v2.StreamableHTTPClientTransport, Unauthorized = v2.UnauthorizedError, answerOf = (query) => query }] of Object.entries(clients)) {
  test(`${name} signs its user in at PingOne and works on the to-do list`, async () => {
    const provider = new MemoryProvider({ name, redirectUrl: redirectUri, client: { client_id: CLIENT } });
    const options = { authProvider: provider };
    const challenged = new Transport(new URL(resource), options);
    await assert.rejects(make().connect(challenged), Unauthorized);
    assert.ok(provider.authorizationUrl.href.startsWith(`${pingone.issuer}/authorize?`), provider.authorizationUrl.href);
    assert.equal(provider.authorizationUrl.searchParams.get('resource'), resource);
    const { arrived } = await new Browser().travel(provider.authorizationUrl.href, { end: redirectUri });
    assert.ok(arrived.searchParams.get('code'), arrived.href);
    remember(arrived.searchParams.get('code'));
    await challenged.finishAuth(answerOf(arrived.searchParams));
    remember(provider.savedTokens.access_token, provider.savedTokens.refresh_token);

    const client = make();
    await client.connect(new Transport(new URL(resource), options));
    const call = (tool, args = {}) => client.callTool({ name: tool, arguments: args });
    const me = await call('who_am_I');
    assert.match(me.content[0].text, /8ca2b15a-e3bd-43a5-bee1-1e533bae759d/);
    assert.doesNotMatch(me.content[0].text, /eyJ/, 'who_am_I shows a token');
    const created = todosOf(await call('create_new_todo', { text: `by ${name}` })).find(({ text }) => text === `by ${name}`);
    assert.ok(!todosOf(await call('deleteTodo', { todoId: created.id })).some(({ id }) => id === created.id));
    assert.equal(await exchanges(), 1, 'the token of the API is made once and kept');
    await client.close();
  });
}

test('metadata leads to PingOne, and there is no authorization server here', async () => {
  for (const place of ['', '/mcp']) {
    const { json } = await read(await fetch(`${host.publicUrl}/.well-known/oauth-protected-resource${place}`));
    assert.equal(json.resource, resource);
    assert.deepEqual(json.authorization_servers, [pingone.issuer]);
    assert.deepEqual(json.scopes_supported.sort(), ['admin:everything', 'mcp']);
  }
  for (const place of ['/.well-known/oauth-authorization-server', '/authorize', '/authorize/consent', '/callback', '/token', '/register', '/revoke', '/introspect', '/par']) {
    for (const method of ['GET', 'POST']) assert.equal((await fetch(host.publicUrl + place, { method })).status, 404, `${method} ${place}`);
  }
});

test('a token of either type is taken, and at+jwt is one of them', async () => {
  for (const atTyp of [undefined, 'JWT', 'at+jwt']) {
    await pingone.control('config', { atTyp });
    assert.equal((await new Mcp(host.publicUrl, await issue()).modern('tools/list')).status, 200, atTyp);
  }
});

const past = Math.floor(Date.now() / 1000) - 61;
const refused = {
  'for somebody else': { claims: { aud: ['https://other.api.example'] } },
  'for the origin alone': { claims: { aud: host.publicUrl } },
  'of another issuer': { claims: { iss: 'https://evil.example/as' } },
  'that has expired': { claims: { exp: past, iat: past - 60 } },
  'that is not yet valid': { claims: { nbf: past + 3600 } },
  'with alg none': { alg: 'none' },
  'with a symmetric signature': { alg: 'HS256' },
  'with a forged signature': { badSignature: true },
  'with an unknown key': { badSignature: true, kid: 'nobody-has-it' },
  'of no client': { drop: ['client_id'] },
  'of no person': { drop: ['sub'] },
};
for (const [which, wrong] of Object.entries(refused)) {
  test(`a token ${which} is refused, with the challenge that leads to a better one`, async () => {
    const answer = await new Mcp(host.publicUrl, await issue({ wrong })).modern('tools/list');
    assert.equal(answer.status, 401, answer.text);
    const challenge = answer.headers.get('www-authenticate');
    assert.match(challenge, /^Bearer error="invalid_token"/);
    assert.ok(challenge.includes(`resource_metadata="${host.publicUrl}/.well-known/oauth-protected-resource/mcp"`), challenge);
    assert.match(challenge, /scope="mcp"/);
  });
}

test('a call beyond the scopes is 403 with all that is needed', async () => {
  const answer = await new Mcp(host.publicUrl, await issue()).modern('tools/call', { name: 'rule_the_world', arguments: {} });
  assert.equal(answer.status, 403, answer.text);
  const challenge = answer.headers.get('www-authenticate');
  assert.match(challenge, /error="insufficient_scope"/);
  assert.match(challenge, /scope="[^"]*\bmcp\b[^"]*admin:everything"/);
  const wider = new Mcp(host.publicUrl, await issue({ scope: 'openid mcp admin:everything' }));
  assert.equal((await wider.call('rule_the_world')).content[0].text, 'You may.');
});

test('a session works on every host, with a later token of the same person, and for nobody else', async () => {
  const session = await new Mcp(host.publicUrl, await issue()).open();
  const list = (origin, token) => new Mcp(origin, token).raw({ headers: session.headers, body: { jsonrpc: '2.0', id: 7, method: 'tools/list', params: {} } });
  const mine = await issue();
  assert.equal((await list(exchanging.origin, mine)).status, 200);
  assert.equal((await list(passingOn.origin, mine)).status, 200);
  assert.equal((await list(exchanging.origin, await issue({ user: JOHN }))).status, 404);
});

test('what one token was exchanged for serves no other', async () => {
  const [mary, john] = [await issue(), await issue({ user: JOHN })];
  await new Mcp(host.publicUrl, mary).call('create_new_todo', { text: 'of Mary' });
  assert.ok(!todosOf(await new Mcp(host.publicUrl, john).call('get_my_todo_list')).some(({ text }) => text === 'of Mary'));
  assert.equal(await exchanges(), 2);
});

test('PingOne refuses the exchange as the session is over: the client is sent to a new sign-in', async () => {
  const token = await issue();
  const { sid } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
  await pingone.control('kill-session', { sid });
  const answer = await new Mcp(host.publicUrl, token).modern('tools/call', { name: 'get_my_todo_list', arguments: {} });
  assert.equal(answer.status, 401, answer.text);
  assert.match(answer.headers.get('www-authenticate'), /error="invalid_token"/);
});

test('a token goes on to an API as it is only if the operator and its audience say so', async () => {
  const both = await issue({ wrong: { claims: { aud: [resource, todoAudience], scope: 'mcp todo_api:read todo_api:write' } } });
  assert.ok(!(await new Mcp(passingOn.origin, both).call('get_my_todo_list')).isError);
  assert.equal(await exchanges(), 0);
  const oneOnly = await new Mcp(passingOn.origin, await issue()).call('get_my_todo_list');
  assert.equal(oneOnly.isError, true);
  assert.match(oneOnly.content[0].text, /not meant for the API/);
});

test('a plugin that names no API gets no token, whatever the token says', async () => {
  const both = await issue({ wrong: { claims: { aud: [resource, todoAudience] } } });
  const result = await new Mcp(withoutApi.origin, both).call('get_my_todo_list');
  assert.equal(result.isError, true);
  assert.match(result.content[0].text, /not meant for the API/);
});

test('the doctor finds all well, and looks for nothing that this mode does not have', async () => {
  const found = await exchanging.run('doctor');
  for (const hop of ['challenge', 'resource_metadata', 'pingone.discovery', 'pingone.keys', 'pingone.exchange.todo_api']) {
    assert.match(found, new RegExp(`^ok +${hop}: `, 'm'));
  }
  assert.doesNotMatch(found, /registration|redirect_uri/);
});

// Last, and on a host that has not met an unknown key yet: it asks for new ones every 30 seconds at most.
test('keys are rotated in either order, and a token that is known needs none', async () => {
  const { origin } = passingOn;
  const before = new Mcp(origin, await issue());
  assert.equal((await before.modern('tools/list')).status, 200);
  await pingone.control('rotate-keys', { dropOld: true });
  assert.equal((await new Mcp(origin, await issue()).modern('tools/list')).status, 200);
  await pingone.fault('jwks', { status: 503 }, 100);
  assert.equal((await before.modern('tools/list')).status, 200, 'it was verified before');
});
