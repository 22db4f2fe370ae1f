import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import * as jose from 'jose';
import { redirectUri, startClient } from './support.mjs';

let client;
before(async () => { client = await startClient(); });
beforeEach(() => client.control('reset', {}));
after(() => client.close());

const codeIn = (location) => location.searchParams.get('code');
const errorIn = (location) => location.searchParams.get('error');

test('the authorization endpoint answers with a single redirect and no iss', async () => {
  const { status, location } = await client.authorize();
  assert.equal(status, 303);
  assert.equal(location.origin + location.pathname, redirectUri);
  assert.ok(codeIn(location));
  assert.equal(location.searchParams.get('state'), 'st');
  assert.equal(location.searchParams.get('iss'), null);
});

test('an access token is a JWT with PingOne claims', async () => {
  const { status, json } = await client.signIn();
  assert.equal(status, 200);
  const claims = jose.decodeJwt(json.access_token);
  assert.deepEqual(claims.aud, ['https://todo.api.example']);
  assert.equal(claims.scope, 'openid profile todo_api:read todo_api:write');
  assert.ok(claims.sid && claims.env && claims.org);
  assert.equal(jose.decodeProtectedHeader(json.access_token).typ, undefined);
});

test('an id_token carries nonce, session and profile', async () => {
  const { json } = await client.signIn();
  const claims = jose.decodeJwt(json.id_token);
  assert.equal(claims.nonce, 'nn');
  assert.equal(claims.name, 'Mary Sample');
  assert.equal(claims['p1.region'], 'NA');
  assert.ok(claims.sid && claims.env);
});

test('userinfo takes an access token of an API', async () => {
  const { json } = await client.signIn();
  const response = await fetch(client.url('/userinfo'), { headers: { authorization: `Bearer ${json.access_token}` } });
  assert.equal(response.status, 200);
  assert.equal((await response.json()).preferred_username, 'mary.sample');
});

test('a refresh rotates the token and keeps the audience', async () => {
  const { json } = await client.signIn();
  const next = await client.refresh(json.refresh_token);
  assert.equal(next.status, 200);
  assert.notEqual(next.json.refresh_token, json.refresh_token);
  assert.deepEqual(jose.decodeJwt(next.json.access_token).aud, ['https://todo.api.example']);
});

test('reuse of a rotated refresh token kills its family', async () => {
  const { json } = await client.signIn();
  const next = await client.refresh(json.refresh_token);
  const reused = await client.refresh(json.refresh_token);
  assert.equal(reused.status, 400);
  assert.equal(reused.json.error, 'invalid_grant');
  assert.equal((await client.refresh(next.json.refresh_token)).status, 400);
});

test('within the grace period a used refresh token still answers', async () => {
  await client.control('config', { refreshGrace: 5 });
  const { json } = await client.signIn();
  assert.equal((await client.refresh(json.refresh_token)).status, 200);
  assert.equal((await client.refresh(json.refresh_token)).status, 200);
});

test('refresh tokens can depend on offline_access', async () => {
  await client.control('config', { refreshMode: 'offline_access' });
  assert.equal((await client.signIn()).json.refresh_token, undefined);
  const { json } = await client.signIn({ scope: 'openid offline_access todo_api:read' });
  assert.ok(json.refresh_token);
  assert.match(json.scope, /offline_access/);
});

test('acr_values come back as acr in both tokens', async () => {
  const acr = '8b560eda9614e47d163c8bb92750ac3b';
  const { json } = await client.signIn({ acr_values: acr });
  assert.equal(jose.decodeJwt(json.id_token).acr, acr);
  assert.equal(jose.decodeJwt(json.access_token).acr, acr);
});

test('a policy that says no ends in access_denied', async () => {
  assert.equal(errorIn((await client.authorize({ acr_values: 'deny' })).location), 'access_denied');
});

test('prompt=none without a session is login_required', async () => {
  assert.equal(errorIn((await client.authorize({ prompt: 'none' })).location), 'login_required');
});

test('prompt=none with a session gives a code', async () => {
  const jar = {};
  await client.authorize({}, jar);
  assert.ok(codeIn((await client.authorize({ prompt: 'none' }, jar)).location));
});

for (const extra of [{ prompt: 'login' }, { prompt: 'consent' }, { max_age: '0' }]) {
  test(`${new URLSearchParams(extra)} gives a code`, async () => {
    assert.ok(codeIn((await client.authorize(extra)).location));
  });
}

test('scopes of two resources are refused', async () => {
  const { location } = await client.authorize({ scope: 'openid todo_api:read other:read' });
  assert.equal(errorIn(location), 'invalid_scope');
  assert.equal(location.searchParams.get('error_description'), 'May not request scopes for multiple resources');
});

test('an unknown redirect_uri is never redirected to', async () => {
  const { status, location } = await client.authorize({ redirect_uri: 'https://evil.test/cb' });
  assert.equal(status, 400);
  assert.equal(location, null);
});

test('a code used twice kills what it gave', async () => {
  const request = await client.authorize();
  const first = await client.redeem(request);
  assert.equal((await client.redeem(request)).json.error, 'invalid_grant');
  assert.equal((await client.refresh(first.json.refresh_token)).status, 400);
});

test('a wrong code_verifier is invalid_grant', async () => {
  const { location } = await client.authorize();
  const { status, json } = await client.redeem({ location, verifier: 'x'.repeat(43) });
  assert.equal(status, 400);
  assert.equal(json.error, 'invalid_grant');
});

test('a wrong client secret is invalid_client', async () => {
  const { status, json } = await client.post('/token', { grant_type: 'refresh_token', refresh_token: 'x' }, { authorization: `Basic ${btoa('a:b')}` });
  assert.equal(status, 401);
  assert.equal(json.error, 'invalid_client');
});

test('token exchange changes the audience and names the actor', async () => {
  const type = 'urn:ietf:params:oauth:token-type:access_token';
  const { json: subject } = await client.signIn();
  const { json: actor } = await client.post('/token', { grant_type: 'client_credentials', scope: 'todo_api:read' });
  const { status, json } = await client.post('/token', {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange', scope: 'other:read',
    subject_token: subject.access_token, subject_token_type: type, actor_token: actor.access_token, actor_token_type: type,
  });
  assert.equal(status, 200);
  const claims = jose.decodeJwt(json.access_token);
  assert.deepEqual(claims.aud, ['https://other.api.example']);
  assert.deepEqual(claims.act, { sub: client.info.client_id });
});

test('a revoked access token is inactive', async () => {
  const { json } = await client.signIn();
  const introspect = async () => (await client.post('/introspect', { token: json.access_token })).json.active;
  assert.equal(await introspect(), true);
  assert.equal((await client.post('/revoke', { token: json.access_token })).status, 200);
  assert.equal(await introspect(), false);
});

test('a revoked refresh token no longer refreshes', async () => {
  const { json } = await client.signIn();
  assert.equal((await client.post('/revoke', { token: json.refresh_token })).status, 200);
  assert.equal((await client.refresh(json.refresh_token)).status, 400);
});

test('a refresh token can be introspected', async () => {
  const { json } = await client.signIn();
  assert.equal((await client.post('/introspect', { token: json.refresh_token })).json.active, true);
});

test('a killed session ends refresh and userinfo', async () => {
  const { json } = await client.signIn();
  await client.control('kill-session', { sid: jose.decodeJwt(json.access_token).sid });
  assert.equal((await client.refresh(json.refresh_token)).status, 400);
  const response = await fetch(client.url('/userinfo'), { headers: { authorization: `Bearer ${json.access_token}` } });
  assert.equal(response.status, 401);
});

test('PAR hands out a request_uri that works once', async () => {
  const { status, json } = await client.post('/par', client.codeRequest('v'.repeat(43), { scope: 'openid todo_api:read' }));
  assert.equal(status, 201);
  const use = () => fetch(`${client.url('/authorize')}?client_id=${client.info.client_id}&request_uri=${encodeURIComponent(json.request_uri)}`, { redirect: 'manual' });
  assert.ok(codeIn(new URL((await use()).headers.get('location'))));
  const again = await use();
  assert.equal(again.status, 303);
  assert.equal(errorIn(new URL(again.headers.get('location'))), 'invalid_request_uri');
});

test('signoff asks nothing', async () => {
  const jar = {};
  const { json } = await client.signIn({}, jar);
  const query = new URLSearchParams({ id_token_hint: json.id_token, post_logout_redirect_uri: new URL('/signout/done', redirectUri).href, state: 'bye' });
  const response = await fetch(`${client.url('/signoff')}?${query}`, { redirect: 'manual', headers: { cookie: jar.cookie } });
  assert.equal(response.status, 200);
  assert.match(await response.text(), /name="logout" value="yes"/);
});

test('the discovery document has no iss flag and no private scope', async () => {
  const metadata = await (await fetch(client.url('/.well-known/openid-configuration'))).json();
  assert.equal(metadata.issuer, client.issuer);
  assert.ok(!('authorization_response_iss_parameter_supported' in metadata));
  assert.ok(!metadata.scopes_supported.includes('p1x_offline'));
});
