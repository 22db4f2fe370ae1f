import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import * as jose from 'jose';
import { startClient } from './support.mjs';

let client;
before(async () => { client = await startClient(); });
beforeEach(() => client.control('reset', {}));
after(() => client.close());

const plant = (endpoint, action, times) => client.control('fault', { endpoint, action, times });
const publishedKeys = async () => (await fetch(client.url('/jwks'))).json();
const verifies = async (token) => jose.jwtVerify(token, jose.createLocalJWKSet(await publishedKeys()));

test('an answer can be replaced, headers and all', async () => {
  await plant('token', { status: 429, headers: { 'retry-after': '2' }, body: { error: 'temporarily_unavailable' } });
  const { status, headers } = await client.signIn();
  assert.equal(status, 429);
  assert.equal(headers.get('retry-after'), '2');
  assert.equal((await client.signIn()).status, 200);
});

test('a fault strikes as often as told', async () => {
  await plant('token', { status: 503 }, 2);
  assert.equal((await client.signIn()).status, 503);
  assert.equal((await client.signIn()).status, 503);
  assert.equal((await client.signIn()).status, 200);
});

test('a connection can be cut', async () => {
  await plant('token', { hangup: true });
  await assert.rejects(client.signIn());
});

test('an answer can be truncated', async () => {
  await plant('token', { status: 200, body: { access_token: 'x'.repeat(50) }, truncate: true });
  assert.equal((await client.signIn()).json, null);
});

const bent = {
  'a foreign nonce': [{ claims: { nonce: 'evil' } }, ({ claims }) => claims.nonce === 'evil'],
  'a foreign issuer': [{ claims: { iss: 'https://evil' } }, ({ claims }) => claims.iss === 'https://evil'],
  'a foreign audience': [{ claims: { aud: 'other' } }, ({ claims }) => claims.aud === 'other'],
  'an expiry in the past': [{ claims: { exp: 1 } }, ({ claims }) => claims.exp === 1],
  'no signature': [{ alg: 'none' }, ({ header }) => header.alg === 'none'],
  'a symmetric signature': [{ alg: 'HS256' }, ({ header }) => header.alg === 'HS256'],
  'an unknown key id': [{ kid: 'nope' }, ({ header }) => header.kid === 'nope'],
};
for (const [name, [idToken, holds]] of Object.entries(bent)) {
  test(`an id_token can have ${name}`, async () => {
    await plant('token', { idToken });
    const { id_token: token } = (await client.signIn()).json;
    const header = token.endsWith('.') ? { alg: 'none' } : jose.decodeProtectedHeader(token);
    assert.ok(holds({ claims: jose.decodeJwt(token), header }));
  });
}

test('an id_token can have a bad signature under a good key id', async () => {
  await plant('token', { idToken: { badSignature: true } });
  const { id_token: token } = (await client.signIn()).json;
  await assert.rejects(verifies(token), { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
});

test('members of a token response can be replaced and dropped', async () => {
  await plant('token', { merge: { token_type: 'DPoP' }, drop: ['refresh_token'] });
  const { json } = await client.signIn();
  assert.equal(json.token_type, 'DPoP');
  assert.equal(json.refresh_token, undefined);
});

test('the authorization endpoint can redirect with an error', async () => {
  await plant('authorize', { redirectError: 'server_error', error_description: 'boom' });
  const { location } = await client.authorize();
  assert.equal(location.searchParams.get('error'), 'server_error');
  assert.equal(location.searchParams.get('state'), 'st');
});

test('after a rotation the new key signs and the old one still verifies', async () => {
  const before = (await client.signIn()).json;
  const { kid } = await client.control('rotate-keys', {});
  const { access_token: after, id_token: idToken } = (await client.signIn()).json;
  assert.equal(jose.decodeProtectedHeader(after).kid, kid);
  for (const token of [before.access_token, after, idToken]) await verifies(token);
  assert.equal((await client.refresh(before.refresh_token)).status, 200);
});

test('a key can sign before it is published', async () => {
  const { kid } = await client.control('rotate-keys', { publishNew: false });
  const { access_token: token } = (await client.signIn()).json;
  assert.equal(jose.decodeProtectedHeader(token).kid, kid);
  await assert.rejects(verifies(token), { code: 'ERR_JWKS_NO_MATCHING_KEY' });
  await client.control('publish-all', {});
  await verifies(token);
});

test('the request log names endpoint and grant type', async () => {
  const { json } = await client.signIn();
  await client.refresh(json.refresh_token);
  const tokens = (await client.control('requests')).filter(({ endpoint }) => endpoint === 'token');
  assert.deepEqual(tokens.map((entry) => entry.grant_type), ['authorization_code', 'refresh_token']);
});
