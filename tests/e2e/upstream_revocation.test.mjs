// Whatever ends a grant here ends the user's tokens at PingOne, even if PingOne is down just then.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { sleep } from '../../etc/demo/stack/process.mjs';
import { startStack } from './support/stack.mjs';

const stack = await startStack('upstream_revocation', { hosts: 2, sharedPublicUrl: true });
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
