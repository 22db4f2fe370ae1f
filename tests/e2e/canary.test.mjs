// The canary: whatever passes through the hosts as a secret (tokens, codes, client secrets,
// passwords, keys; ours, the clients' and PingOne's) is looked for afterwards in every log, in
// every answer that is an error, and in a dump of the whole database, in every encoding it could
// have taken. (Threats 22, 24 and 31.)
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { inBuild, binaries } from '../../etc/demo/stack/paths.mjs';
import { FakeApi } from './support/fake_api.mjs';
import { findSecrets, formsOf, makeMarker } from './support/markers.mjs';
import { Mcp } from './support/mcp.mjs';
import { read, redirectUri } from './support/oauth.mjs';
import { startStack } from './support/stack.mjs';

const secrets = new Map(); // the secret: what it is
const plant = (what, secret = makeMarker(what)) => {
  if (secret) secrets.set(secret, what);
  return secret;
};

// Every answer of a host that is an error, with where it came from.
const refusals = [];
const realFetch = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const response = await realFetch(input, init);
  if (response.status >= 400) {
    const text = await response.clone().text();
    refusals.push({ from: `${init?.method ?? 'GET'} ${input.url ?? input}: ${response.status}`, text: JSON.stringify([...response.headers]) + text });
  }
  return response;
};
after(() => { globalThis.fetch = realFetch; });

const directory = inBuild('data', 'e2e-canary-plugins');
fs.rmSync(directory, { recursive: true, force: true });
fs.mkdirSync(directory, { recursive: true, mode: 0o755 });
for (const file of [path.join(binaries.plugins, 'todo_api.so'), path.join(binaries.testPlugins, 'throws.so')]) {
  fs.copyFileSync(file, path.join(directory, path.basename(file)));
}

const api = await FakeApi.start();
after(() => api.stop());
const stack = await startStack('canary', {
  hosts: 2, sharedPublicUrl: true, todoApiOrigin: api.origin,
  config: [{ plugins: { directory }, log: { level: 'debug' } }],
});
const [oauth] = stack.oauth;
const { pingone, host } = stack;
const adminToken = plant('admin token', await host.adminToken());
plant('secret of this host at PingOne', pingone.client.secret);
const [, kek] = fs.readFileSync(path.join(path.dirname(host.configFile), 'kek'), 'utf8').trim().split(':');
plant('key', kek);

// What the API is sent is the user's PingOne token; it says it back, as debug pages do.
api.answer = (req, res) => {
  const bearer = req.headers.authorization?.replace(/^Bearer /, '');
  plant('upstream access token', bearer);
  api.send(res, 200, { todos: [] });
};

const admin = async (method, to, body, authorization = `Bearer ${adminToken}`) => read(await fetch(`${host.adminOrigin}/admin/v1${to}`, {
  method, headers: { authorization, ...(body ? { 'content-type': 'application/json' } : {}) }, body: body && JSON.stringify(body),
}));
const basic = (id, secret) => ({ authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` });
const remember = (answer, client) => {
  plant('access token', answer.access_token);
  plant('refresh token', answer.refresh_token);
  plant('client secret', client?.client_secret);
  plant('registration token', client?.registration_access_token);
  return answer;
};

let session;

test('sign-in, calls, refresh and revocation', async () => {
  const client = await oauth.register({ token_endpoint_auth_method: 'client_secret_basic' });
  const { code, verifier } = await oauth.code(client);
  plant('code', code);
  plant('code verifier', verifier);
  const first = remember((await oauth.redeem(client, code, verifier)).json, client);
  assert.ok(!(await new Mcp(oauth.publicUrl, first.access_token).call('get_my_todo_list')).isError);
  const second = remember((await oauth.refresh(client, first.refresh_token)).json);
  session = { client, ...second };
  assert.equal((await oauth.token(client, {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange', subject_token: second.access_token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  })).status, 400);
  const other = await oauth.signIn();
  remember(other, other.client);
  plant('code verifier', other.verifier);
  assert.equal((await oauth.revoke(other.client, other.refresh_token)).status, 200);
  assert.ok([...secrets.values()].includes('upstream access token'));
});

test('requests that are refused, with secrets in every place', async () => {
  const { client } = session;
  const { client_id: id, client_secret: secret } = client;
  const wrong = plant('guessed secret');
  const strange = plant('unknown token');
  await oauth.post('/token', { grant_type: 'authorization_code', code: plant('unknown code'), code_verifier: plant('unknown verifier') }, basic(id, wrong));
  await oauth.post('/token', { grant_type: 'password', username: 'u', password: plant('password'), client_id: id, client_secret: wrong });
  await oauth.post('/token', { grant_type: 'refresh_token', refresh_token: strange }, basic(id, secret));
  await oauth.post('/token', `grant_type=refresh_token&refresh_token=${strange}&refresh_token=${strange}`, basic(id, secret));
  await oauth.post('/token', { refresh_token: strange, client_assertion: plant('assertion'), client_assertion_type: 'x' });
  await oauth.post('/token', `%zz${strange}`, basic(id, secret));
  await oauth.postJson('/token', { code: strange });
  await oauth.post('/revoke', { token: strange, client_id: 'nobody' });
  await oauth.post('/introspect', { token: session.access_token, client_id: 'nobody', client_secret: wrong });
  await oauth.post('/par', { client_secret: wrong, client_id: id, redirect_uri: 'x' });
  await oauth.get(`/callback?state=${plant('state')}&code=${plant('upstream code')}`);
  await oauth.get(`/callback?error=access_denied&error_description=${plant('description')}&state=${plant('state')}`);
  await oauth.get(`/register/${id}`, { headers: { authorization: `Bearer ${strange}` } });
  await oauth.postJson('/register', { redirect_uris: ['javascript:x'], client_secret: plant('chosen secret') });
  for (const authorization of [`Bearer ${strange}`, `Basic ${strange}`, `Bearer ${strange}, x`, strange]) {
    await new Mcp(oauth.publicUrl).raw({ headers: { authorization }, body: {} });
  }
  await new Mcp(oauth.publicUrl, session.access_token).raw({ body: `{"broken": "${strange}` });
  await oauth.get(`/mcp?access_token=${plant('token in a query')}`);
  assert.ok(refusals.length > 15);
});

test('the administrator\'s work', async () => {
  const made = await admin('POST', '/clients', {
    client_name: 'Back office', redirect_uris: [redirectUri], token_endpoint_auth_method: 'client_secret_basic',
  });
  assert.equal(made.status, 201, made.text);
  plant('client secret', made.json.client_secret);
  const initial = await admin('POST', '/registration-tokens', { name: 'rollout' });
  for (const value of Object.values(initial.json ?? {})) if (/^mcp_ci_/.test(value)) plant('initial access token', value);
  assert.ok([...secrets.values()].includes('initial access token'), initial.text);
  await admin('GET', '/clients', undefined, `Bearer ${plant('guessed admin token')}`);
  await admin('POST', '/clients', { client_name: 'x', client_secret: plant('chosen secret'), surprise: true });
  await admin('GET', '/grants');
});

test('a far side that fails and says the secret back', async () => {
  const mcp = new Mcp(oauth.publicUrl, session.access_token);
  for (const status of [400, 401, 403, 500, 302]) {
    api.answer = (req, res) => {
      const bearer = plant('upstream access token', req.headers.authorization?.replace(/^Bearer /, ''));
      api.send(res, status, { error: bearer, message: `no ${bearer}` }, status === 302 ? { location: `http://x/?t=${bearer}` } : {});
    };
    const result = await mcp.call('get_my_todo_list');
    assert.equal(result.isError, true);
    assert.deepEqual(findSecrets(JSON.stringify(result), secrets), []);
  }
  for (const tool of ['throw_standard', 'throw_raw', 'throw_failure', 'throw_half_way']) {
    assert.deepEqual(findSecrets(JSON.stringify(await mcp.call(tool)), secrets), []);
  }
  for (const action of ['drop', '500', 'slow']) {
    await pingone.fault('token', action).catch(() => {});
    await oauth.code(session.client, {}).then(({ code }) => plant('code', code), () => {});
  }
  await pingone.control('reset', {});
});

test('who_am_I tells the model who the user is, and no token', async () => {
  api.answer = (req, res) => api.send(res, 200, { todos: [] });
  const result = await new Mcp(stack.hosts[1].origin, session.access_token).call('who_am_I');
  assert.deepEqual(findSecrets(JSON.stringify(result), secrets), []);
  assert.doesNotMatch(JSON.stringify(result), /eyJ[\w-]+\.eyJ/);
});

test('a replayed code and a reused refresh token', async () => {
  const client = await oauth.register();
  const { code, verifier } = await oauth.code(client);
  plant('code', code);
  plant('code verifier', verifier);
  remember((await oauth.redeem(client, code, verifier)).json, client);
  assert.equal((await oauth.redeem(client, code, verifier)).status, 400);
});

test('this test would find one', () => {
  const secret = makeMarker('itself');
  const one = new Map([[secret, 'itself']]);
  const bytes = Buffer.from(secret);
  for (const text of [secret, bytes.toString('hex'), bytes.toString('base64'), `x${encodeURIComponent(secret)}`,
    Buffer.from(`Basic id:${secret}`).toString('base64'), Buffer.from(`ab${secret}cd`).toString('base64url')]) {
    assert.ok(findSecrets(text, one).length > 0, text);
  }
  assert.deepEqual(findSecrets('nothing of it', one), []);
  assert.ok(formsOf(secret).size >= 6);
});

test('no answer that was an error has a secret in it', () => {
  for (const { from, text } of refusals) assert.deepEqual(findSecrets(text, secrets), [], from);
});

test('no log has a secret in it', () => {
  for (const { name, log } of stack.hosts) {
    const text = fs.readFileSync(log, 'utf8');
    assert.ok(text.length > 0);
    assert.deepEqual(findSecrets(text, secrets), [], name);
  }
});

test('the database has no secret in it, the audit record neither', () => {
  const dump = spawnSync('pg_dump', ['-d', stack.cluster.url('mcp_host')], { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(dump.status, 0, dump.stderr);
  assert.match(dump.stdout, /COPY mcph\.client /);
  assert.notDeepEqual(findSecrets(dump.stdout, new Map([[session.client.client_id, 'what is there']])), []);
  assert.ok(secrets.size > 25, `${secrets.size} secrets`);
  assert.deepEqual(findSecrets(dump.stdout, secrets), []);
});
