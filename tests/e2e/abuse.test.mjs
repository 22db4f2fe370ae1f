// Floods and guesses (threat 26) on two hosts behind a proxy that names its clients.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Mcp } from './support/mcp.mjs';
import { read } from './support/oauth.mjs';
import { remember } from './support/secrets.mjs';
import { startStack } from './support/stack.mjs';

const stack = await startStack('abuse', {
  hosts: 2, sharedPublicUrl: true,
  config: [{
    listen: { trusted_proxies: ['127.0.0.0/8'] },
    oauth: { registrations_per_hour: 3 },
    budgets: { authorize_per_minute: 5, token_per_minute: 60, mcp_refusals_per_minute: 5 },
  }],
});
const [oauth] = stack.oauth;
const [a, b] = stack.hosts;
const from = (address) => ({ 'x-forwarded-for': address });
const form = { 'content-type': 'application/x-www-form-urlencoded' };

async function ask(host, path, { address, ...init }) {
  return read(await fetch(host.origin + path, { ...init, headers: { ...from(address), ...init.headers } }));
}
const guess = (host, id, secret, address) => ask(host, '/token', {
  method: 'POST', address, headers: { ...form, authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
  body: 'grant_type=authorization_code&code=x',
});

function assertTooMany({ status, headers, text }) {
  assert.equal(status, 429, text);
  assert.ok(Number(headers.get('retry-after')) >= 1);
}

test('a client is locked out where it fails, on every host, and nowhere else', async () => {
  const client = await oauth.register({ token_endpoint_auth_method: 'client_secret_basic' });
  remember(client.client_secret);
  const attacker = '203.0.113.66';
  for (let i = 0; i < 6; i++) assert.equal((await guess(i % 2 ? a : b, client.client_id, `wrong${i}`, attacker)).status, 401);
  for (const host of [a, b]) assertTooMany(await guess(host, client.client_id, client.client_secret, attacker));
  for (const host of [a, b]) {
    const { status, json } = await guess(host, client.client_id, client.client_secret, '192.0.2.1');
    assert.equal(status, 400);
    assert.equal(json.error, 'invalid_grant');
  }
});

test('registrations are counted by both hosts together', async () => {
  const register = (host, address) => ask(host, '/register', {
    method: 'POST', address, headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ redirect_uris: ['https://app.example/cb'], token_endpoint_auth_method: 'none' }),
  });
  for (const host of [a, b, a]) assert.equal((await register(host, '198.51.100.1')).status, 201);
  for (const host of [a, b]) assertTooMany(await register(host, '198.51.100.1'));
  assert.equal((await register(b, '198.51.100.2')).status, 201);
});

test('a page says that it is too much, and only to the address that asked too often', async () => {
  const look = (address) => ask(a, '/authorize', { address, headers: { accept: 'text/html' } });
  for (let i = 0; i < 5; i++) assert.equal((await look('198.51.100.3')).status, 400);
  const refused = await look('198.51.100.3');
  assertTooMany(refused);
  assert.match(refused.headers.get('content-type'), /^text\/html/);
  assert.equal((await look('198.51.100.4')).status, 400);
});

test('what a client writes into the forwarded address before the proxy does is not believed', async () => {
  for (let i = 0; i < 5; i++) await ask(a, '/authorize', { address: `10.9.8.${i}, 198.51.100.5` });
  assertTooMany(await ask(a, '/authorize', { address: '10.9.8.7, 198.51.100.5' }));
});

test('a good token works at an address from which others flood', async () => {
  const { access_token: token } = await oauth.signIn();
  const address = '198.51.100.6';
  const call = (authorization) => ask(a, '/mcp', { method: 'POST', address, headers: authorization ? { authorization } : {} });
  for (let i = 0; i < 5; i++) assert.equal((await call(i % 2 ? 'Bearer garbage' : undefined)).status, 401);
  const refused = await call();
  assertTooMany(refused);
  assert.equal(refused.json.jsonrpc, '2.0');
  const mcp = new Mcp(a.origin, token);
  for (let i = 0; i < 10; i++) assert.equal((await mcp.modern('tools/list', {}, from(address))).status, 200);
});
