// The commands for keys and for the audit record, beside two hosts that serve.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { binaries } from '../../etc/demo/stack/paths.mjs';
import { sleep } from '../../etc/demo/stack/process.mjs';
import { Mcp } from './support/mcp.mjs';
import { startStack } from './support/stack.mjs';

const stack = await startStack('keys_and_audit', { hosts: 2, sharedPublicUrl: true });
const [oauth] = stack.oauth;
const kekFile = path.join(path.dirname(stack.host.configFile), 'kek');
const run = (...args) => spawnSync(binaries.host, [...args, '--config', stack.host.configFile], { encoding: 'utf8' });
const done = (...args) => {
  const { status, stdout, stderr } = run(...args);
  assert.equal(status, 0, stderr + stdout);
  return stdout;
};
const events = (...args) => done('audit', 'export', ...args).trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));

test('a sign-in, a refresh and a call stand in the record, without any secret', async () => {
  const tokens = await oauth.signIn();
  await new Mcp(oauth.publicUrl, tokens.access_token).call('get_my_todo_list');
  assert.equal((await oauth.refresh(tokens.client, tokens.refresh_token)).status, 200);
  await sleep(500);
  const lines = done('audit', 'export');
  const types = new Set(events().map(({ type }) => type));
  for (const type of ['plugin.loaded', 'client.registered', 'consent.approved', 'signin.finished', 'code.redeemed', 'tool.called', 'token.refreshed']) {
    assert.ok(types.has(type), `${type} is not among ${[...types]}`);
  }
  for (const secret of [tokens.access_token, tokens.refresh_token]) assert.ok(!lines.includes(secret));
  assert.match(done('audit', 'verify'), /^OK: \d+ entries, witness \d+:[0-9a-f]{64}$/m);
});

test('tail shows the end, and filters', () => {
  const all = events();
  const tail = done('audit', 'tail', '--lines', '2').trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(tail.length, 2);
  assert.ok(tail[1].number >= all.at(-1).number);
  assert.ok(events('--type', 'signin.finished').every(({ type }) => type === 'signin.finished'));
  assert.equal(events('--after', String(all.at(-2).number))[0].number, all.at(-1).number);
});

test('keys are listed, and rotated once', () => {
  const listed = done('keys', 'list');
  assert.match(listed, /oauth\.token-tag\s+active/);
  assert.match(done('keys', 'rotate', 'oauth.consent'), /oauth\.consent\s+next/);
  const again = run('keys', 'rotate', 'oauth.consent');
  assert.equal(again.status, 1);
  assert.match(again.stderr, /on its way already/);
  assert.equal(run('keys', 'rotate', 'nothing').status, 1);
  assert.equal(run('keys', 'rotate').status, 2);
  const [created] = events('--type', 'key.created');
  assert.equal(created.actor, 'operator');
  assert.equal(created.details.purpose, 'oauth.consent');
});

test('a new ring key takes over while both hosts serve, and nobody is signed out', { timeout: 60_000 }, async () => {
  const tokens = await oauth.signIn();
  const calls = [];
  let stop = false;
  const busy = stack.hosts.map(async ({ origin }) => {
    while (!stop) calls.push(await new Mcp(origin, tokens.access_token).call('get_my_todo_list'));
  });
  const reload = async () => {
    for (const host of stack.hosts) host.process.signal('SIGHUP');
    await sleep(500);
  };
  const old = fs.readFileSync(kekFile, 'utf8').trim();
  const fresh = spawnSync(binaries.host, ['keys', 'new-kek'], { encoding: 'utf8' }).stdout.trim();
  assert.match(fresh, /^k\d{4}-\d{2}-\d{2}-[0-9a-f]{4}:[A-Za-z0-9_-]{43}$/);
  fs.writeFileSync(kekFile, `${old}\n${fresh}\n`);  // every host can open what will be wrapped with it
  await reload();
  fs.writeFileSync(kekFile, `${fresh}\n${old}\n`);  // and now it wraps
  await reload();
  assert.doesNotMatch(done('keys', 'rewrap', '--status'), /^left 0$/m);
  assert.match(done('keys', 'rewrap'), /^left 0$/m);
  fs.writeFileSync(kekFile, `${fresh}\n`);  // the old one is of no more use
  await reload();
  const before = calls.length;
  while (calls.length < before + 4) await sleep(50);
  stop = true;
  await Promise.all(busy);
  assert.deepEqual(calls.filter(({ isError }) => isError), []);
  assert.equal((await oauth.refresh(tokens.client, tokens.refresh_token)).status, 200);
  const ids = done('keys', 'list');
  assert.ok(!ids.includes(`kek=${old.split(':')[0]}`), ids);
});

test('a ring that lacks a key in use is refused, and the host goes on with the one it has', async () => {
  const good = fs.readFileSync(kekFile, 'utf8');
  const foreign = spawnSync(binaries.host, ['keys', 'new-kek'], { encoding: 'utf8' }).stdout;
  fs.writeFileSync(kekFile, foreign);
  stack.host.process.signal('SIGHUP');
  await sleep(300);
  const refused = run('keys', 'list');
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /the key ring lacks the key/);
  await oauth.signIn();
  fs.writeFileSync(kekFile, good);
});

test('an administrator sees the same through the API', async () => {
  const token = await stack.host.adminToken();
  const get = async (target) => {
    const answer = await fetch(`${stack.host.adminOrigin}/admin/v1/${target}`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(answer.status, 200, target);
    return answer;
  };
  assert.ok((await (await get('keys')).json()).keys.length > 10);
  const verdict = await (await get('audit-verdict')).json();
  assert.deepEqual([verdict.good, verdict.flaws], [true, []]);
  assert.equal((await (await get('audit?limit=3')).json()).events.length, 3);
  const lines = (await (await get('audit-export')).text()).trim().split('\n');
  assert.equal(JSON.parse(lines[0]).number, 1);
  await sleep(300);
  assert.ok(events('--type', 'admin.request').length > 0);
});

test('a row that somebody changed is found', () => {
  stack.cluster.query('mcp_host', "SET session_replication_role = replica; UPDATE mcph.audit_event SET client = 'forged' WHERE number = 2");
  const { status, stdout } = run('audit', 'verify');
  assert.equal(status, 1);
  assert.match(stdout, /^entry 2 is not what was written here$/m);
  assert.match(stdout, /^BROKEN/m);
});

test('a host does not start without keys', () => {
  const config = fs.readFileSync(stack.host.configFile, 'utf8').replace(/^kek_file = .*$/m, '');
  const file = `${stack.host.configFile}.keyless`;
  fs.writeFileSync(file, config, { mode: 0o600 });
  const { status, stderr } = spawnSync(binaries.host, ['serve', '--config', file], { encoding: 'utf8' });
  assert.equal(status, 3);
  assert.match(stderr, /keys\.kek_file is missing/);
});

test('who follows the record sees events as they happen', { timeout: 30_000 }, async () => {
  const tail = spawn(binaries.host, ['audit', 'tail', '--lines', '1', '--follow', '--type', 'signin.finished', '--config', stack.host.configFile]);
  let text = '';
  tail.stdout.on('data', (chunk) => { text += chunk; });
  while (!text.includes('\n')) await sleep(50);
  const seen = text.length;
  await oauth.signIn();
  while (text.length === seen) await sleep(50);
  tail.kill();
  assert.equal(JSON.parse(text.trim().split('\n').at(-1)).type, 'signin.finished');
});
