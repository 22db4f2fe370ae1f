// A host without authorization: one local user, no sign-in, and only on loopback.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { Mcp } from './support/mcp.mjs';
import { startStack } from './support/stack.mjs';

const stack = await startStack('auth_off', { config: [{ auth: { mode: 'off' } }] });
const { host } = stack;
const mcp = new Mcp(host.publicUrl);

test('A call needs no token, and a token does not disturb', async () => {
  const listed = await mcp.modern('tools/list');
  assert.equal(listed.status, 200, listed.text);
  assert.ok(listed.json.result.tools.length > 0);
  assert.equal((await new Mcp(host.publicUrl, 'of-nobody').modern('tools/list')).status, 200);
});

test('Sessions of older clients work the same way', async () => {
  const session = await mcp.open();
  assert.ok((await session.request('tools/list')).json.result.tools.length > 0);
  assert.ok((await session.end()).status < 300);
});

test('A tool that acts for a signed-in user says that nobody is', async () => {
  const result = await mcp.call('get_my_todo_list');
  assert.equal(result.isError, true);
  assert.match(result.content[0].text, /runs without sign-in/);
});

test('There is no authorization server', async () => {
  for (const path of ['/.well-known/oauth-authorization-server', '/.well-known/oauth-protected-resource/mcp', '/authorize', '/register']) {
    assert.equal((await fetch(new URL(path, host.publicUrl))).status, 404, path);
  }
});

test('A rebound name is refused', async () => {
  const origin = await mcp.raw({ headers: { origin: 'http://evil.example.com' }, body: {} });
  assert.equal(origin.status, 403);
});

test('The log warns of it', () => {
  assert.match(host.process.output(), /"host\.open"/);
});

test('Any other address than loopback is refused at the start', async () => {
  const config = fs.readFileSync(host.configFile, 'utf8').replace('address = "127.0.0.1"', 'address = "0.0.0.0"');
  const open = Object.assign(Object.create(Object.getPrototypeOf(host)), host, { configFile: `${host.configFile}.open.toml` });
  fs.writeFileSync(open.configFile, config, { mode: 0o600 });
  await assert.rejects(() => open.run('config', 'check'));
});
