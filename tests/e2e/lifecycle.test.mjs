// Starting, stopping, configuration.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { after, test } from 'node:test';
import { binaries } from '../../etc/demo/stack/paths.mjs';
import { sleep } from '../../etc/demo/stack/process.mjs';
import { FakeApi } from './support/fake_api.mjs';
import { Mcp } from './support/mcp.mjs';
import { startStack } from './support/stack.mjs';

const api = await FakeApi.start();
after(() => api.stop());
const stack = await startStack('lifecycle', { todoApiOrigin: api.origin });
const [oauth] = stack.oauth;

const run = (...args) => spawnSync(binaries.host, args, { encoding: 'utf8' });

test('SIGTERM lets a call under way finish, opens no new connection and exits 0', { timeout: 60_000 }, async () => {
  const { access_token: token } = await oauth.signIn();
  const mcp = new Mcp(oauth.publicUrl, token);
  let underWay;
  const reached = new Promise((resolve) => { underWay = resolve; });
  api.answer = async (req, res) => {
    underWay();
    await sleep(1_000);
    api.send(res, 200, { todos: [] });
  };
  const call = mcp.call('get_my_todo_list');
  await reached;
  stack.host.process.signal('SIGTERM');
  await sleep(200);
  await assert.rejects(fetch(oauth.url('/.well-known/oauth-authorization-server')));
  const result = await call;
  assert.ok(!result.isError, JSON.stringify(result));
  assert.deepEqual(await stack.host.process.exited, { code: 0, signal: null });
});

test('a host that is started again serves the tokens of before', async () => {
  await stack.host.serve();
  const { access_token: token } = await oauth.signIn();
  const session = await new Mcp(oauth.publicUrl, token).open();
  assert.deepEqual(await stack.host.stop(), { code: 0, signal: null });
  await stack.host.serve();
  assert.equal((await session.request('ping')).status, 200);
});

test('migrate twice changes nothing', async () => {
  await stack.host.migrate();
  await stack.host.migrate();
});

test('version names the version', () => {
  const { status, stdout } = run('version');
  assert.equal(status, 0);
  assert.match(stdout, /\d+\.\d+\.\d+/);
});

test('config check accepts the configuration in use', () => {
  const { status, stderr } = run('config', 'check', '--config', stack.host.configFile);
  assert.equal(status, 0, stderr);
});

const broken = {
  'an unknown key': ['\n[listen]\nprot = 8080\n', /prot/],
  'a port that is none': ['\n[listen]\nport = 99999\n', /port/],
  'text where a number belongs': ['\n[listen]\nport = "http"\n', /port/],
};
for (const [what, [text, names]] of Object.entries(broken)) {
  test(`config check refuses ${what}, naming the line`, () => {
    const file = `${stack.host.configFile}.broken`;
    const good = fs.readFileSync(stack.host.configFile, 'utf8').replace(/\n\[listen\][^[]*/, '\n');
    fs.writeFileSync(file, good + text);
    const line = (good + text).split('\n').findIndex((candidate) => names.test(candidate) && candidate.includes('=') && text.includes(candidate)) + 1;
    const { status, stderr, stdout } = run('config', 'check', '--config', file);
    assert.notEqual(status, 0);
    assert.match(stderr + stdout, names);
    assert.ok((stderr + stdout).includes(String(line)), `line ${line} is not in: ${stderr}${stdout}`);
  });
}

test('usage errors are told apart from failures', () => {
  assert.equal(run('dance').status, 2);
});
