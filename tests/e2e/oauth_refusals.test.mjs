// What the authorization server refuses, and with which words. One table per endpoint.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Browser, approvingUser, formOf } from '../../etc/demo/road/browser.mjs';
import { Mcp } from './support/mcp.mjs';
import { redirectUri } from './support/oauth.mjs';
import { startStack } from './support/stack.mjs';

// The second host has a public URL, and so a resource, of its own.
const stack = await startStack('oauth_refusals', { hosts: 2 });
const [oauth, elsewhere] = stack.oauth;
// All is awaited before the first test: tests run while a file waits.
const client = await oauth.register();
const other = await oauth.register();
const confidential = await oauth.register({ token_endpoint_auth_method: 'client_secret_basic' });
// As if the time had passed: waiting for it would take minutes.
const expireAll = (table) => stack.cluster.query('mcp_host', `UPDATE mcph.${table} SET expires_at = now() - interval '2 seconds'`);
const tokenLives = async (token, { publicUrl } = oauth) => (await new Mcp(publicUrl, token).modern('tools/list')).status === 200;

function assertError({ status, json, headers, text }, expectedStatus, error) {
  assert.equal(status, expectedStatus, text);
  assert.equal(json?.error, error, text);
  assert.match(headers.get('content-type'), /^application\/json/);
  assert.equal(headers.get('cache-control'), 'no-store');
}

// ---- methods, media types, sizes ----

const methods = {
  '/register': ['GET', 'PUT'],
  '/token': ['GET', 'DELETE'],
  '/revoke': ['GET'],
  '/authorize': ['PUT', 'DELETE'],
  '/authorize/consent': ['GET'],
  '/callback': ['PUT'],
  '/.well-known/oauth-authorization-server': ['POST'],
  '/.well-known/oauth-protected-resource/mcp': ['DELETE'],
};
for (const [path, wrong] of Object.entries(methods)) {
  for (const method of wrong) {
    test(`${method} ${path} is 405 and says what is allowed`, async () => {
      const { status, headers } = await oauth.get(path, { method });
      assert.equal(status, 405);
      assert.ok(headers.get('allow'));
      assert.ok(!headers.get('allow').split(/,\s*/).includes(method));
    });
  }
}

test('an unknown path is 404', async () => {
  assert.equal((await oauth.get('/nothing/here')).status, 404);
});

for (const path of ['/register', '/token', '/revoke', '/authorize/consent']) {
  test(`${path} refuses a body that is too large with 413`, async () => {
    const type = path === '/register' ? 'application/json' : 'application/x-www-form-urlencoded';
    const { status } = await oauth.post(path, `a=${'x'.repeat(8 << 20)}`, { 'content-type': type });
    assert.equal(status, 413);
  });
}

for (const path of ['/token', '/revoke']) {
  test(`${path} takes forms only`, async () => {
    assertError(await oauth.postJson(path, { grant_type: 'refresh_token', token: 'x' }), 415, 'invalid_request');
  });
}

// ---- registration ----

const registrations = {
  'broken JSON': ['{"redirect_uris": [', 'invalid_client_metadata'],
  'an array': ['[]', 'invalid_client_metadata'],
  'no redirect_uris': [{ client_name: 'x' }, 'invalid_redirect_uri'],
  'empty redirect_uris': [{ redirect_uris: [] }, 'invalid_redirect_uri'],
  'a relative redirect': [{ redirect_uris: ['/cb'] }, 'invalid_redirect_uri'],
  'a redirect with a fragment': [{ redirect_uris: ['https://a.example/cb#x'] }, 'invalid_redirect_uri'],
  'plain http to a public host': [{ redirect_uris: ['http://a.example/cb'] }, 'invalid_redirect_uri'],
  'a javascript redirect': [{ redirect_uris: ['javascript:alert(1)'] }, 'invalid_redirect_uri'],
  'an unknown authentication method': [{ redirect_uris: [redirectUri], token_endpoint_auth_method: 'tls_client_auth' }, 'invalid_client_metadata'],
  'an unknown grant type': [{ redirect_uris: [redirectUri], grant_types: ['implicit'] }, 'invalid_client_metadata'],
  'a name that is no text': [{ redirect_uris: [redirectUri], client_name: 7 }, 'invalid_client_metadata'],
};
for (const [what, [body, error]] of Object.entries(registrations)) {
  test(`registration refuses ${what}: ${error}`, async () => {
    assertError(await oauth.postJson('/register', body), 400, error);
  });
}

test('registration takes JSON only', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  assertError(await oauth.postJson('/register', 'redirect_uris=x', form), 415, 'invalid_client_metadata');
});

// ---- authorization request ----

const open = (href) => new Browser().open(href);

/** Errors before the redirect URI is known to be good stay here, on a page. */
async function assertStays(href) {
  const { status, location, headers, html } = await open(href);
  assert.equal(status, 400);
  assert.equal(location, null);
  assert.match(headers.get('content-type'), /^text\/html/);
  assert.doesNotMatch(html, /<script>alert/);
}

const stays = {
  'an unknown client': { client_id: 'nobody' },
  'no client': { client_id: undefined },
  'an unregistered redirect URI': { redirect_uri: 'https://evil.example/cb' },
  'a redirect URI with something appended': { redirect_uri: `${redirectUri}/more` },
  'a redirect URI of markup': { redirect_uri: '"><script>alert(1)</script>' },
};
for (const [what, bend] of Object.entries(stays)) {
  test(`/authorize never redirects for ${what}`, () => assertStays(oauth.authorization(client, bend).href));
}
for (const name of ['client_id', 'redirect_uri']) {
  test(`/authorize never redirects when ${name} is given twice`, () => assertStays(`${oauth.authorization(client).href}&${name}=x`));
}

async function assertRedirects(href, error) {
  const { status, location } = await open(href);
  assert.equal(status, 303);
  assert.equal(location.origin + location.pathname, redirectUri);
  assert.equal(location.searchParams.get('error'), error);
  assert.equal(location.searchParams.get('state'), 'the-state');
  assert.equal(location.searchParams.get('iss'), oauth.publicUrl);
  assert.equal(location.searchParams.get('code'), null);
}

const redirects = {
  'no response_type': [{ response_type: undefined }, 'invalid_request'],
  'the implicit flow': [{ response_type: 'token' }, 'unsupported_response_type'],
  'no PKCE': [{ code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
  'plain PKCE': [{ code_challenge_method: 'plain' }, 'invalid_request'],
  'PKCE without a method': [{ code_challenge_method: undefined }, 'invalid_request'],
  'a challenge that is no S256': [{ code_challenge: 'short' }, 'invalid_request'],
  'a foreign resource': [{ resource: 'https://elsewhere.example/mcp' }, 'invalid_target'],
};
for (const [what, [bend, error]] of Object.entries(redirects)) {
  test(`/authorize tells the client ${error} for ${what}`, () => assertRedirects(oauth.authorization(client, bend).href, error));
}
test('/authorize tells the client invalid_request for a parameter given twice', () => assertRedirects(`${oauth.authorization(client).href}&scope=a&scope=b`, 'invalid_request'));

test('/authorize accepts another port of a loopback redirect (RFC 8252)', async () => {
  const { status } = await open(oauth.authorization(client, { redirect_uri: redirectUri.replace('33418', '41000') }).href);
  assert.equal(status, 200);
});

// ---- consent ----

async function consentPage(browser = new Browser()) {
  const { href } = oauth.authorization(client);
  const page = await browser.open(href);
  assert.equal(page.status, 200);
  return { browser, page, form: formOf(page) };
}

async function assertConsentRefused({ status, location, headers }) {
  assert.ok([400, 403].includes(status), `${status}`);
  assert.equal(location, null);
  assert.match(headers.get('content-type'), /^text\/html/);
}

test('consent refuses a request that was tampered with', async () => {
  const { browser, page, form } = await consentPage();
  const sealed = form.fields.request;
  const bent = sealed.slice(0, -6) + (sealed.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA');
  await assertConsentRefused(await browser.submit(page, { request: bent, decision: 'approve' }));
});

test('consent refuses another browser', async () => {
  const { form } = await consentPage();
  await assertConsentRefused(await new Browser().open(form.action, { ...form.fields, decision: 'approve' }));
});

test('consent refuses a form posted from another site', async () => {
  const { browser, form } = await consentPage();
  await assertConsentRefused(await browser.open(form.action, { ...form.fields, decision: 'approve' }, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }));
});

test('consent refuses an answer that is neither yes nor no', async () => {
  const { browser, page } = await consentPage();
  await assertConsentRefused(await browser.submit(page, { decision: 'perhaps' }));
});

// ---- callback ----

for (const query of ['', '?state=unknown&code=x', '?code=x', '?state=unknown&error=access_denied']) {
  test(`/callback${query} is a page, not a redirect`, () => assertStays(oauth.url(`/callback${query}`)));
}

async function callbackUrl() {
  const { browser, page } = await consentPage();
  const toPingOne = await browser.submit(page, approvingUser(page));
  const { location } = await browser.open(toPingOne.location.href);
  return { browser, callback: location.href };
}

test('/callback refuses the browser of somebody else and still serves the right one', async () => {
  const { browser, callback } = await callbackUrl();
  await assertStays(callback);
  const { location } = await browser.open(callback);
  assert.ok(location.searchParams.get('code'));
});

test('/callback works once', async () => {
  const { browser, callback } = await callbackUrl();
  assert.equal((await browser.open(callback)).status, 303);
  assert.equal((await browser.open(callback)).status, 400);
});

// ---- token ----

test('a replayed code is invalid_grant and ends what it gave', async () => {
  const { code, verifier } = await oauth.code(client);
  const { json } = await oauth.redeem(client, code, verifier);
  assert.ok(await tokenLives(json.access_token));
  assertError(await oauth.redeem(client, code, verifier), 400, 'invalid_grant');
  assert.ok(!await tokenLives(json.access_token));
  assertError(await oauth.refresh(client, json.refresh_token), 400, 'invalid_grant');
});

const redemptions = {
  'a wrong verifier': [{ code_verifier: 'x'.repeat(43) }, 'invalid_grant'],
  'another redirect URI': [{ redirect_uri: 'http://127.0.0.1:33418/other' }, 'invalid_grant'],
  'another resource': [{ resource: 'https://elsewhere.example/mcp' }, 'invalid_target'],
  'an unknown code': [{ code: 'unknown' }, 'invalid_grant'],
};
for (const [what, [bend, error]] of Object.entries(redemptions)) {
  test(`/token refuses ${what}: ${error}`, async () => {
    const { code, verifier } = await oauth.code(client);
    assertError(await oauth.redeem(client, code, verifier, bend), 400, error);
  });
}

test('/token refuses a redemption without a verifier', async () => {
  const { code } = await oauth.code(client);
  const fields = { grant_type: 'authorization_code', code, redirect_uri: redirectUri };
  const answer = await oauth.token(client, fields);
  assert.equal(answer.status, 400);
  assert.ok(['invalid_request', 'invalid_grant'].includes(answer.json.error), answer.text);
});

test('/token refuses a code of another client', async () => {
  const { code, verifier } = await oauth.code(client);
  assertError(await oauth.redeem(other, code, verifier), 400, 'invalid_grant');
});

test('/token refuses a refresh token of another client', async () => {
  const { refresh_token: token } = await oauth.signIn({ client });
  assertError(await oauth.refresh(other, token), 400, 'invalid_grant');
});

test('a refresh token used after its successor ends the family', async () => {
  const { refresh_token: first } = await oauth.signIn({ client });
  const { json: second } = await oauth.refresh(client, first);
  const { json: third } = await oauth.refresh(client, second.refresh_token);
  assertError(await oauth.refresh(client, first), 400, 'invalid_grant');
  assertError(await oauth.refresh(client, third.refresh_token), 400, 'invalid_grant');
  assert.ok(!await tokenLives(third.access_token));
});

const tokenRequests = {
  'no grant_type': [{}, 400, 'invalid_request'],
  'an unknown grant_type': [{ grant_type: 'password', username: 'a', password: 'b' }, 400, 'unsupported_grant_type'],
  'no code': [{ grant_type: 'authorization_code', redirect_uri: redirectUri, code_verifier: 'x'.repeat(43) }, 400, 'invalid_request'],
  'no refresh token': [{ grant_type: 'refresh_token' }, 400, 'invalid_request'],
  'an unknown refresh token': [{ grant_type: 'refresh_token', refresh_token: 'nothing' }, 400, 'invalid_grant'],
};
for (const [what, [fields, status, error]] of Object.entries(tokenRequests)) {
  test(`/token refuses ${what}: ${error}`, async () => {
    assertError(await oauth.post('/token', { client_id: client.client_id, ...fields }), status, error);
  });
}

test('/token refuses a parameter given twice', async () => {
  assertError(await oauth.post('/token', `grant_type=refresh_token&grant_type=refresh_token&client_id=${client.client_id}&refresh_token=x`), 400, 'invalid_request');
});

test('/token refuses an unknown client', async () => {
  assertError(await oauth.refresh({ client_id: 'nobody' }, 'x'), 401, 'invalid_client');
});

test('/token refuses a wrong secret and asks for Basic', async () => {
  const answer = await oauth.refresh({ ...confidential, client_secret: 'wrong' }, 'x');
  assertError(answer, 401, 'invalid_client');
  assert.match(answer.headers.get('www-authenticate'), /^Basic /);
});

test('/token refuses a confidential client that names itself only', async () => {
  assertError(await oauth.post('/token', { grant_type: 'refresh_token', refresh_token: 'x', client_id: confidential.client_id }), 401, 'invalid_client');
});

test('/token refuses two ways of authentication at once', async () => {
  const { headers } = oauth.credentials(confidential);
  const fields = { grant_type: 'refresh_token', refresh_token: 'x', client_id: confidential.client_id, client_secret: confidential.client_secret };
  assertError(await oauth.post('/token', fields, headers), 400, 'invalid_request');
});

// ---- expiry ----

test('an expired code is invalid_grant', async () => {
  const owner = await oauth.register();
  const { code, verifier } = await oauth.code(owner);
  expireAll('authorization_code');
  assertError(await oauth.redeem(owner, code, verifier), 400, 'invalid_grant');
});

test('expired tokens are refused: 401 at /mcp, invalid_grant at /token', async () => {
  const { client: owner, access_token: access, refresh_token: refresh } = await oauth.signIn();
  expireAll('access_token');
  expireAll('refresh_token');
  const { status, headers } = await new Mcp(oauth.publicUrl, access).modern('tools/list');
  assert.equal(status, 401);
  assert.match(headers.get('www-authenticate'), /error="invalid_token"/);
  assertError(await oauth.refresh(owner, refresh), 400, 'invalid_grant');
});

// ---- revocation ----

test('/revoke answers 200 to a token it does not know', async () => {
  assert.equal((await oauth.revoke(client, 'unknown')).status, 200);
});

test('/revoke does nothing to the token of another client', async () => {
  const { access_token: token } = await oauth.signIn({ client });
  await oauth.revoke(other, token);
  assert.ok(await tokenLives(token));
});

test('/revoke of an access token spares the grant, of a refresh token ends it', async () => {
  const { access_token: access, refresh_token: refresh } = await oauth.signIn({ client });
  await oauth.revoke(client, access);
  assert.ok(!await tokenLives(access));
  const { json } = await oauth.refresh(client, refresh);
  assert.ok(await tokenLives(json.access_token));
  await oauth.revoke(client, json.refresh_token);
  assert.ok(!await tokenLives(json.access_token));
});

test('/revoke refuses an unknown client and a request without a token', async () => {
  assertError(await oauth.revoke({ client_id: 'nobody' }, 'x'), 401, 'invalid_client');
  assertError(await oauth.post('/revoke', { client_id: client.client_id }), 400, 'invalid_request');
});

test('a token of another host is refused', async () => {
  const { access_token: token } = await elsewhere.signIn();
  assert.ok(!await tokenLives(token, oauth));
});
