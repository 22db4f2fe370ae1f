// PostgreSQL goes away under a running host and comes back: requests fail cleanly, then work again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sleep } from '../../etc/demo/stack/process.mjs';
import { Mcp, todosOf } from './support/mcp.mjs';
import { startStack } from './support/stack.mjs';

const stack = await startStack('database_restart');
const [oauth] = stack.oauth;

async function eventually(check, { timeoutMs = 15_000 } = {}) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}

test('a host survives its database: 503 while it is gone, served again when it is back', { timeout: 60_000 }, async () => {
  const first = await oauth.signIn();
  todosOf(await new Mcp(oauth.publicUrl, first.access_token).call('get_my_todo_list'));
  const client = await oauth.register();

  await stack.cluster.halt();
  const refused = await oauth.refresh(first.client, first.refresh_token);
  assert.equal(refused.status, 503, refused.text);
  assert.ok(refused.json.error, 'an OAuth error body');
  assert.equal((await oauth.postJson('/register', { redirect_uris: ['http://127.0.0.1/cb'] })).status, 503);
  const unknown = await new Mcp(oauth.publicUrl, `${first.access_token.slice(0, -4)}AAAA`).modern('tools/list');
  assert.ok([401, 503].includes(unknown.status), `${unknown.status}`);
  assert.doesNotMatch(refused.text + unknown.text, /postgres|libpq|socket|SQL/i);

  await stack.cluster.serve();
  await eventually(async () => {
    const { access_token: token } = await oauth.signIn({ client });
    todosOf(await new Mcp(oauth.publicUrl, token).call('get_my_todo_list'));
  });
  await eventually(async () => {
    const { status, text } = await oauth.refresh(first.client, first.refresh_token);
    assert.equal(status, 200, text);
  });
  assert.ok(stack.host.process.running, 'the host restarted or died');
});

test('revocation still reaches the cache after the connection was lost', { timeout: 60_000 }, async () => {
  const { client, access_token: token, refresh_token: refreshToken } = await oauth.signIn();
  const mcp = new Mcp(oauth.publicUrl, token);
  assert.equal((await mcp.modern('tools/list')).status, 200);
  await oauth.revoke(client, refreshToken);
  assert.equal((await mcp.modern('tools/list')).status, 401);
});
