// The admin API: clients, secrets, grants, plugins; effective with the next request.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Mcp } from './support/mcp.mjs';
import { read, redirectUri } from './support/oauth.mjs';
import { remember } from './support/secrets.mjs';
import { startStack } from './support/stack.mjs';

const stack = await startStack('admin');
const [oauth] = stack.oauth;
const token = await stack.host.adminToken();
remember(token);

async function admin(method, path, body, headers = {}) {
  return read(await fetch(`${stack.host.adminOrigin}/admin/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
  }));
}

async function create(change = {}) {
  const answer = await admin('POST', '/clients', {
    client_name: 'Back office', redirect_uris: [redirectUri], token_endpoint_auth_method: 'client_secret_basic', ...change,
  });
  assert.equal(answer.status, 201, answer.text);
  remember(answer.json.client_secret);
  return answer.json;
}

function assertProblem({ status, json, headers, text }, expected) {
  assert.equal(status, expected, text);
  assert.match(headers.get('content-type'), /^application\/problem\+json/);
  assert.equal(json.status, expected);
  assert.ok(json.title);
}

const lives = async (accessToken) => (await new Mcp(oauth.publicUrl, accessToken).modern('tools/list')).status === 200;

test('without the bearer nothing is told', async () => {
  for (const authorization of [undefined, 'Bearer wrong', `Basic ${btoa(`admin:${token}`)}`]) {
    const answer = await read(await fetch(`${stack.host.adminOrigin}/admin/v1/clients`, { headers: authorization ? { authorization } : {} }));
    assertProblem(answer, 401);
    assert.match(answer.headers.get('www-authenticate'), /^Bearer/);
  }
});

test('the admin API is not on the public listener', async () => {
  assert.equal((await oauth.get('/admin/v1/clients', { headers: { authorization: `Bearer ${token}` } })).status, 404);
});

test('a client is created, read, listed and deleted; its secret is shown once', async () => {
  const client = await create();
  assert.ok(client.client_id && client.client_secret);
  const { json, text } = await admin('GET', `/clients/${client.client_id}`);
  assert.equal(json.client_name, 'Back office');
  assert.ok(!text.includes(client.client_secret));
  assert.ok((await admin('GET', '/clients')).text.includes(client.client_id));
  assert.equal((await admin('DELETE', `/clients/${client.client_id}`)).status, 204);
  assertProblem(await admin('GET', `/clients/${client.client_id}`), 404);
});

test('a confidential client signs in; its secret can be rotated', async () => {
  const client = await create();
  const { refresh_token: refreshToken } = await oauth.signIn({ client });
  const rotated = await admin('POST', `/clients/${client.client_id}/secrets`, {});
  assert.equal(rotated.status, 201, rotated.text);
  remember(rotated.json.client_secret);
  const { status } = await oauth.refresh({ ...client, client_secret: rotated.json.client_secret }, refreshToken);
  assert.equal(status, 200);
});

test('a disabled client is refused at once and served again when enabled', async () => {
  const client = await create();
  const { access_token: accessToken } = await oauth.signIn({ client });
  assert.ok(await lives(accessToken));
  assert.ok((await admin('POST', `/clients/${client.client_id}/disable`)).status < 300);
  assert.ok(!await lives(accessToken));
  assert.ok((await admin('POST', `/clients/${client.client_id}/enable`)).status < 300);
  assert.ok(await lives((await oauth.signIn({ client })).access_token));
});

test('deleting a client ends its tokens', async () => {
  const client = await create();
  const { access_token: accessToken } = await oauth.signIn({ client });
  assert.ok(await lives(accessToken));
  await admin('DELETE', `/clients/${client.client_id}`);
  assert.ok(!await lives(accessToken));
});

test('a grant is listed and revoked with the next request', async () => {
  const client = await create();
  const { access_token: accessToken } = await oauth.signIn({ client });
  assert.ok(await lives(accessToken));
  const { json, text } = await admin('GET', `/grants?client=${client.client_id}`);
  const [grant] = json.grants ?? json.items;
  assert.match(text, /8ca2b15a-e3bd-43a5-bee1-1e533bae759d/);
  assert.equal((await admin('DELETE', `/grants/${grant.id ?? grant.grant_id}`)).status, 204);
  assert.ok(!await lives(accessToken));
});

test('plugins are listed with their tools', async () => {
  const { status, text } = await admin('GET', '/plugins');
  assert.equal(status, 200);
  assert.match(text, /todo_api/);
});

const refusals = {
  'broken JSON': ['POST', '/clients', '{', 400],
  'no redirect URI': ['POST', '/clients', { client_name: 'x' }, 422],
  'an unknown path': ['GET', '/nothing', undefined, 404],
  'an unknown client': ['POST', '/clients/nobody/disable', undefined, 404],
  'an unknown grant': ['DELETE', '/grants/00000000-0000-0000-0000-000000000000', undefined, 404],
  'a wrong method': ['PUT', '/grants', {}, 405],
  'an oversized body': ['POST', '/clients', `"${'x'.repeat(1 << 20)}"`, 413],
  'a body too large to be read': ['POST', '/clients', `"${'x'.repeat(5 << 20)}"`, 413],
};
for (const [what, [method, path, body, status]] of Object.entries(refusals)) {
  test(`${what} is a problem of ${status}`, async () => assertProblem(await admin(method, path, body), status));
}

test('another media type is 415', async () => {
  assertProblem(await admin('POST', '/clients', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }), 415);
});
