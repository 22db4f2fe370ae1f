// Whatever ends a grant here ends the user's tokens at PingOne, even if PingOne is down just then.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { audience } from '../../etc/demo/stack/pingone.mjs';
import { sleep } from '../../etc/demo/stack/process.mjs';
import { Mcp } from './support/mcp.mjs';
import { startStack } from './support/stack.mjs';

// On the second host the plugin's calls carry a token that was exchanged.
const exchanged = { upstream_audience: audience, upstream_scopes: ['todo_api:read', 'todo_api:write'] };
const stack = await startStack('upstream_revocation', {
  hosts: 2, sharedPublicUrl: true, config: [{}, { plugin: { todo_api: exchanged } }],
});
const [oauth] = stack.oauth;
const { pingone, host } = stack;
beforeEach(() => pingone.control('reset', {}));

const revocations = () => pingone.countOf('revoke');

/** Waits for `count` requests, then a while longer: there must not be more. */
async function assertRevoked(count) {
  for (let i = 0; i < 100 && await revocations() < count; i++) await sleep(100);
  await sleep(2500);
  assert.equal(await revocations(), count);
}

const admin = async (method, path) => fetch(`${host.adminOrigin}/admin/v1/${path}`,
  { method, headers: { authorization: `Bearer ${await host.adminToken()}` } });

test('a client gives its refresh token back', async () => {
  const { client, refresh_token: token } = await oauth.signIn();
  assert.equal((await oauth.revoke(client, token)).status, 200);
  await assertRevoked(2);
});

test('what was exchanged for the grant ends with it, and the record says so', async () => {
  const { client, access_token: token, refresh_token: refreshToken } = await oauth.signIn();
  assert.ok(!(await new Mcp(stack.hosts[1].origin, token).call('get_my_todo_list')).isError);
  assert.equal((await oauth.revoke(client, refreshToken)).status, 200);
  await assertRevoked(3);
  const events = (await host.run('audit', 'export')).trim().split('\n').map((line) => JSON.parse(line));
  const revoked = events.filter(({ type }) => type === 'upstream.revoked').slice(-2);
  assert.equal(new Set(revoked.map(({ grant }) => grant)).size, 1);
  assert.deepEqual(revoked.map(({ outcome }) => outcome), ['done', 'done']);
  assert.ok(revoked.some(({ details }) => details.api?.startsWith(audience)), JSON.stringify(revoked));
});

test('a refresh token is used after its successor was', async () => {
  const { client, refresh_token: first } = await oauth.signIn();
  const second = (await oauth.refresh(client, first)).json.refresh_token;
  await oauth.refresh(client, second);
  assert.equal((await oauth.refresh(client, first)).json.error, 'invalid_grant');
  await assertRevoked(2);
});

test('an administrator deletes the client, while PingOne is down', async () => {
  const { client } = await oauth.signIn();
  await pingone.fault('revoke', { status: 503 }, 1);
  assert.equal((await admin('DELETE', `clients/${client.client_id}`)).status, 204);
  for (let i = 0; i < 100 && await revocations() < 3; i++) await sleep(200);
  assert.equal(await revocations(), 3); // the failed one, then both
});
