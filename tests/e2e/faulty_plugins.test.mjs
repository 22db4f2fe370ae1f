// A plugin that throws, and a tool beyond the caller's scopes: each costs its own caller one clear
// error, and the plugin next door goes on.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { inBuild } from '../../etc/demo/stack/paths.mjs';
import { Mcp } from './support/mcp.mjs';
import { startStack } from './support/stack.mjs';

const directory = inBuild('data', 'e2e-plugins');
fs.rmSync(directory, { recursive: true, force: true });
fs.mkdirSync(directory, { recursive: true, mode: 0o755 });
for (const library of ['plugins/todo_api.so', 'tests/plugins/throws.so', 'tests/plugins/scoped.so']) {
  fs.copyFileSync(inBuild('release', ...library.split('/')), path.join(directory, path.basename(library)));
}

const stack = await startStack('faulty_plugins', { config: [{ plugins: { directory } }] });
const [oauth] = stack.oauth;
const { access_token: token } = await oauth.signIn({ bend: { scope: 'mcp' } });
const mcp = new Mcp(oauth.publicUrl, token);

const leaked = /secret of the developer|std::|runtime_error|\b42\b/;

for (const tool of ['throw_standard', 'throw_raw', 'throw_failure', 'throw_half_way']) {
  test(`${tool}: its caller gets an error, the plugin next door answers`, async () => {
    const result = await mcp.call(tool);
    assert.equal(result.isError, true);
    assert.doesNotMatch(JSON.stringify(result), leaked);
    assert.ok(!(await mcp.call('get_my_todo_list')).isError);
  });
}

test('arguments that the plugin itself refuses are -32602', async () => {
  const { json, text } = await mcp.modern('tools/call', { name: 'throw_arguments', arguments: {} });
  assert.equal(json.error?.code, -32602, text);
});

test('a tool beyond the scopes of the token is 403 insufficient_scope, with every scope it takes', async () => {
  const { status, headers } = await mcp.modern('tools/call', { name: 'rule_the_world', arguments: {} });
  assert.equal(status, 403);
  const challenge = headers.get('www-authenticate');
  assert.match(challenge, /^Bearer .*error="insufficient_scope"/);
  assert.match(challenge, /scope="[^"]*admin:everything/);
});
