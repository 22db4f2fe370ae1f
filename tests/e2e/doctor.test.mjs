// mcp-host doctor against the stand-in: nothing wrong, then one thing wrong at a time, and it names it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { beforeEach, test } from 'node:test';
import { Browser, approvingUser } from '../../etc/demo/road/browser.mjs';
import { Host } from '../../etc/demo/stack/host.mjs';
import { binaries, inBuild } from '../../etc/demo/stack/paths.mjs';
import { freePort } from '../../etc/demo/stack/ports.mjs';
import { startStack } from './support/stack.mjs';

const stack = await startStack('doctor');
const { pingone, host } = stack;
beforeEach(() => pingone.control('reset', {}));

let number = 0;

/** The user's way from the URL that was shown back to the doctor. */
async function followTo(href, answer) {
  const { arrived } = await new Browser().travel(href, { end: new URL(href).searchParams.get('redirect_uri'), answer });
  await fetch(arrived);
}

/** The doctor with `config` laid over what the running host has: {status, text, hops}. */
async function doctor(config = {}, { publicUrl = host.publicUrl, json = true, signIn } = {}) {
  const { configFile } = Host.configure({
    name: `doctor-${++number}`, folder: inBuild('data', 'e2e', 'doctor'), ports: { listen: await freePort(), admin: await freePort() },
    publicUrl, databaseUrl: stack.cluster.url('mcp_host'), pingone, todoApiOrigin: stack.todoApi.origin,
    log: path.join(inBuild('e2e-logs', 'doctor'), `doctor-${number}.log`), config,
  });
  const child = spawn(binaries.host, ['doctor', '--config', configFile, ...(json ? ['-o', 'json'] : []), ...(signIn ? ['--sign-in'] : [])], { stdio: ['ignore', 'pipe', signIn ? 'pipe' : 'ignore'] });
  if (signIn) child.stderr.once('data', (words) => followTo(/http\S+/.exec(words)[0], signIn));
  let text = '';
  child.stdout.on('data', (chunk) => { text += chunk; });
  const status = await new Promise((resolve) => { child.on('close', resolve); });
  const report = json && text ? JSON.parse(text) : undefined;
  return { status, text, ok: report?.ok, hops: Object.fromEntries((report?.hops ?? []).map((hop) => [hop.hop, hop])) };
}

const wrongOf = ({ hops }) => Object.values(hops).filter(({ state }) => state === 'wrong').map(({ hop }) => hop);

test('all is well: every hop is ok and the status is 0', async () => {
  const found = await doctor();
  assert.deepEqual(wrongOf(found), [], found.text);
  assert.equal(found.status, 0);
  assert.equal(found.ok, true);
  for (const hop of ['challenge', 'resource_metadata', 'server_metadata', 'registration', 'pingone.discovery', 'pingone.keys',
    'pingone.client', 'pingone.redirect_uri', 'pingone.scopes', 'plugin.todo_api', 'api.todo_api']) {
    assert.equal(found.hops[hop]?.state, 'ok', `${hop}: ${found.text}`);
  }
});

test('it says the same to people, one line a hop', async () => {
  const { status, text } = await doctor({}, { json: false });
  assert.equal(status, 0);
  assert.match(text, /^ok {6}challenge: /m);
  assert.doesNotMatch(text, /->/);
});

test('it leaves no client behind', async () => {
  const token = await host.adminToken();
  const clients = async () => (await (await fetch(`${host.adminOrigin}/admin/v1/clients`, { headers: { authorization: `Bearer ${token}` } })).text());
  await doctor();
  assert.doesNotMatch(await clients(), /mcp-host doctor/);
});

const elsewhere = 'http://127.0.0.1:1';
const broken = {
  'the host does not run': [{}, { publicUrl: elsewhere }, 10, ['challenge', 'resource_metadata', 'server_metadata', 'registration', 'pingone.redirect_uri'], /public_url/],
  'another environment': [() => ({ pingone: { issuer: pingone.issuer.replace('6991', '7991') } }), {}, 11, ['pingone.discovery'], /Environment Properties/],
  'the wrong client secret': [{ pingone: { client_secret: 'another-secret-another-secret' } }, {}, 11, ['pingone.client'], /Overview shows client id and secret/],
  'another authentication method': [{ pingone: { client_auth: 'client_secret_jwt' } }, {}, 11, ['pingone.client'], /client_secret_jwt/],
  'an unknown client id': [{ pingone: { client_id: 'nobody' } }, {}, 11, ['pingone.client', 'pingone.redirect_uri'], /switched on/],
  'scopes of two resources': [{ pingone: { scopes: ['openid', 'todo_api:read', 'other:read'] } }, {}, 11, ['pingone.scopes'], /upstream_audience/],
  'a policy that says no': [{ pingone: { davinci_policy: 'deny' } }, {}, 11, ['pingone.scopes'], /Policies/],
  'a plugin that is not installed': [{ plugin: { todo_api_2: { enabled: true } } }, {}, 12, ['plugin.todo_api_2'], /\[plugins\] directory/],
  'an API that does not run': [{ plugin: { todo_api: { allowed_hosts: [elsewhere] } } }, {}, 12, ['api.todo_api'], /Does the API run/],
};
for (const [what, [config, options, status, hops, mend]] of Object.entries(broken)) {
  test(`${what}: ${hops[0]} is wrong, and it says where to mend it`, async () => {
    const found = await doctor(typeof config === 'function' ? config() : config, options);
    assert.deepEqual(wrongOf(found), hops, found.text);
    assert.match(found.hops[hops[0]].mend, mend);
    assert.equal(found.status, status);
    assert.doesNotMatch(found.text, /standin-secret|another-secret/);
  });
}

const exchanging = { plugin: { todo_api: { upstream_audience: 'https://other.api.example', upstream_scopes: ['other:read'] } } };

test('a plugin needs tokens of another API: it says whether they may be exchanged', async () => {
  const good = await doctor(exchanging);
  assert.equal(good.hops['pingone.exchange.todo_api'].state, 'ok', good.text);
  await pingone.fault('token', { status: 400, body: { error: 'unauthorized_client' } }, 2);
  const found = await doctor(exchanging);
  assert.deepEqual(wrongOf(found), ['pingone.client', 'pingone.exchange.todo_api'], found.text);
  assert.match(found.hops['pingone.exchange.todo_api'].mend, /Token Exchange/);
});

test('PingOne publishes no usable key: pingone.keys is wrong', async () => {
  await pingone.fault('jwks', { status: 200, body: { keys: [] } }, 2);
  const found = await doctor();
  assert.deepEqual(wrongOf(found), ['pingone.keys'], found.text);
  assert.equal(found.status, 11);
});

test('PingOne is down: discovery is wrong, the rest is skipped', async () => {
  await pingone.fault('discovery', { status: 503 }, 5);
  const found = await doctor();
  assert.deepEqual(wrongOf(found), ['pingone.discovery'], found.text);
  assert.equal(found.hops['pingone.client'].state, 'skipped');
});

test('with --sign-in the user goes the whole way, to the answers of tools that change nothing', async () => {
  const found = await doctor({}, { signIn: approvingUser });
  assert.deepEqual(wrongOf(found), [], found.text);
  assert.equal(found.status, 0);
  assert.equal(found.hops['user.sign_in'].state, 'ok');
  for (const tool of ['who_am_I', 'get_my_todo_list']) assert.equal(found.hops[`tool.${tool}`]?.state, 'ok', found.text);
  const token = await host.adminToken();
  const grants = await (await fetch(`${host.adminOrigin}/admin/v1/grants`, { headers: { authorization: `Bearer ${token}` } })).json();
  assert.ok(grants.grants.every(({ revoked_at: revokedAt }) => revokedAt), 'it takes its grant back');
});

test('with --sign-in a user who says no is named', async () => {
  const found = await doctor({}, { signIn: () => ({ decision: 'cancel' }) });
  assert.deepEqual(wrongOf(found), ['user.sign_in'], found.text);
  assert.match(found.hops['user.sign_in'].what, /access_denied/);
  assert.equal(found.status, 11);
});
