// Two hosts on one database: whatever one of them knows, the other one knows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Mcp, todosOf } from './support/mcp.mjs';
import { Browser, approvingUser } from '../../etc/demo/road/browser.mjs';
import { redirectUri } from './support/oauth.mjs';
import { sleep } from '../../etc/demo/stack/process.mjs';
import { startStack } from './support/stack.mjs';

// Both speak for the public address of the first, as behind one load balancer.
const stack = await startStack('two_hosts', { hosts: 2, sharedPublicUrl: true });
const [a] = stack.oauth;
const [hostA, hostB] = stack.hosts;
const on = (host, token) => new Mcp(host.origin, token);

test('signed in on A, called on B, revoked on A, refused on B by its next call', async () => {
  const { client, access_token: token, refresh_token: refreshToken } = await a.signIn();
  const onB = on(hostB, token);
  todosOf(await onB.call('create_new_todo', { text: 'through B' }));
  assert.ok(todosOf(await on(hostA, token).call('get_my_todo_list')).some(({ text }) => text === 'through B'));

  assert.equal((await a.revoke(client, refreshToken)).status, 200);
  const { status, headers } = await onB.modern('tools/list');
  assert.equal(status, 401);
  assert.match(headers.get('www-authenticate'), /error="invalid_token"/);
});

test('a session opened on A is served by B and ended everywhere', async () => {
  const { access_token: token } = await a.signIn();
  const session = await on(hostA, token).open();
  const onB = on(hostB, token);
  const list = () => onB.raw({ headers: session.headers, body: { jsonrpc: '2.0', id: 1, method: 'tools/list' } });
  assert.equal((await list()).status, 200);
  assert.ok([200, 204].includes((await session.end()).status));
  assert.equal((await list()).status, 404);
});

test('a sign-in begun on A ends on B', async () => {
  const client = await a.register();
  const { href, verifier } = a.authorization(client);
  // The callback arrives at the other host, cookies and all: a browser knows hosts by name only.
  const browser = new Browser({ fetch: (url, init) => fetch(String(url).replace(`${hostA.origin}/callback`, `${hostB.origin}/callback`), init) });
  const { arrived } = await browser.travel(href, { end: redirectUri, answer: approvingUser });
  const { status } = await a.redeem(client, arrived.searchParams.get('code'), verifier);
  assert.equal(status, 200);
});

test('an upstream token is refreshed once, however many hosts need it', async () => {
  await stack.pingone.control('config', { accessTokenTTL: 2 });
  const { access_token: token } = await a.signIn();
  await sleep(1_500); // past the middle of its life, when it is due
  await stack.pingone.control('config', { accessTokenTTL: 3600, latency: { token: 200 } });
  const refreshes = () => stack.pingone.countOf('token', ({ grant_type: type }) => type === 'refresh_token');
  const before = await refreshes();
  const calls = await Promise.all(Array.from({ length: 12 }, (_, index) => on(index % 2 ? hostA : hostB, token).call('get_my_todo_list')));
  calls.forEach(todosOf);
  assert.equal(await refreshes() - before, 1);
  await stack.pingone.control('config', { latency: {} });
});

test('a client that is disabled on A is refused on B', async () => {
  const adminToken = await hostA.adminToken();
  const { client, access_token: token } = await a.signIn();
  assert.equal((await on(hostB, token).modern('tools/list')).status, 200);
  const response = await fetch(`${hostA.adminOrigin}/admin/v1/clients/${client.client_id}/disable`, {
    method: 'POST', headers: { authorization: `Bearer ${adminToken}` },
  });
  assert.ok(response.ok, await response.text());
  assert.equal((await on(hostB, token).modern('tools/list')).status, 401);
});
