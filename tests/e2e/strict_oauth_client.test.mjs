// A strict client that knows nothing of ours: oauth4webapi checks every document and answer against
// the RFCs, and refuses what we let slip. Discovery, registration, pushed requests, signed client
// assertions, refresh, introspection, revocation.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as oauth from 'oauth4webapi';
import { Browser, approvingUser } from '../../etc/demo/road/browser.mjs';
import { Mcp } from './support/mcp.mjs';
import { read, redirectUri } from './support/oauth.mjs';
import { remember } from './support/secrets.mjs';
import { startStack } from './support/stack.mjs';

const stack = await startStack('strict_oauth_client');
const { publicUrl, resource } = stack.oauth[0];
const plain = { [oauth.allowInsecureRequests]: true }; // the stack is on loopback, without TLS

const as = await oauth.processDiscoveryResponse(
  new URL(publicUrl),
  await oauth.discoveryRequest(new URL(publicUrl), { algorithm: 'oauth2', ...plain }),
);

async function register(metadata) {
  const response = await oauth.dynamicClientRegistrationRequest(as, { client_name: 'Strict', redirect_uris: [redirectUri], ...metadata }, plain);
  const client = await oauth.processDynamicClientRegistrationResponse(response);
  remember(client.client_secret, client.registration_access_token);
  return client;
}

/** A client that holds a key, and how it proves that. */
async function registerSigner(alg, metadata = {}) {
  const { privateKey, publicKey } = await oauth.generateKeyPair(alg, { extractable: true });
  const { key_ops: operations, ext, ...jwk } = await crypto.subtle.exportKey('jwk', publicKey);
  const client = await register({
    token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [{ ...jwk, kid: 'k1', alg, use: 'sig' }] }, ...metadata,
  });
  assert.equal(client.client_secret, undefined);
  return { client, auth: oauth.PrivateKeyJwt({ key: privateKey, kid: 'k1' }) };
}

async function registerSecret(method, metadata = {}) {
  const client = await register({ token_endpoint_auth_method: method, ...metadata });
  const auth = { client_secret_basic: oauth.ClientSecretBasic, client_secret_post: oauth.ClientSecretPost, none: oauth.None }[method](client.client_secret);
  return { client, auth };
}

async function proof() {
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const parameters = {
    response_type: 'code', redirect_uri: redirectUri, scope: as.scopes_supported.join(' '), resource, state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  };
  return { verifier, state, parameters };
}

/** The browser's way; resolves to what the client made of the answer. */
async function walk(client, query, state) {
  const href = `${as.authorization_endpoint}?${new URLSearchParams({ client_id: client.client_id, ...query })}`;
  const { arrived, stayed } = await new Browser().travel(href, { end: redirectUri, answer: approvingUser });
  assert.ok(arrived, `left at ${stayed?.url}: ${stayed?.status}`);
  remember(arrived.searchParams.get('code'));
  return oauth.validateAuthResponse(as, client, arrived, state); // also `iss` (RFC 9207)
}

async function redeem({ client, auth }, answer, verifier) {
  const response = await oauth.authorizationCodeGrantRequest(as, client, auth, answer, redirectUri, verifier, plain);
  return keep(await oauth.processAuthorizationCodeResponse(as, client, response));
}

function keep(tokens) {
  remember(tokens.access_token, tokens.refresh_token);
  return tokens;
}

async function push({ client, auth }, parameters) {
  const response = await oauth.pushedAuthorizationRequest(as, client, auth, parameters, plain);
  return oauth.processPushedAuthorizationResponse(as, client, response);
}

async function introspect({ client, auth }, token) {
  const response = await oauth.introspectionRequest(as, client, auth, token, plain);
  return oauth.processIntrospectionResponse(as, client, response);
}

const calls = async (token) => (await new Mcp(publicUrl, token).modern('tools/list')).status;

const clients = {
  'a public client': () => registerSecret('none'),
  'client_secret_basic': () => registerSecret('client_secret_basic'),
  'client_secret_post': () => registerSecret('client_secret_post'),
  'private_key_jwt with ES256': () => registerSigner('ES256'),
  'private_key_jwt with RS256': () => registerSigner('RS256'),
};

for (const [name, make] of Object.entries(clients)) {
  test(`${name} pushes, signs in, calls, refreshes, revokes`, async () => {
    const signer = await make();
    const { client, auth } = signer;
    const { verifier, state, parameters } = await proof();
    const pushed = await push(signer, parameters);
    assert.equal(pushed.expires_in, 60);
    const tokens = await redeem(signer, await walk(client, { request_uri: pushed.request_uri }, state), verifier);
    assert.equal(await calls(tokens.access_token), 200);

    const refreshed = keep(await oauth.processRefreshTokenResponse(
      as, client, await oauth.refreshTokenGrantRequest(as, client, auth, tokens.refresh_token, plain),
    ));
    assert.notEqual(refreshed.refresh_token, tokens.refresh_token);
    assert.equal(await calls(refreshed.access_token), 200);

    await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, auth, refreshed.refresh_token, plain));
    assert.equal(await calls(refreshed.access_token), 401);
  });
}

test('a confidential client learns of its own tokens, a resource server of all, another client of none', async () => {
  const owner = await registerSigner('ES256');
  const { verifier, state, parameters } = await proof();
  const tokens = await redeem(owner, await walk(owner.client, parameters, state), verifier);

  const own = await introspect(owner, tokens.access_token);
  assert.equal(own.active, true);
  assert.equal(own.client_id, owner.client.client_id);
  assert.equal(own.iss, as.issuer);
  assert.equal(own.aud, resource);
  assert.equal((await introspect(owner, tokens.refresh_token)).active, true);

  const administrator = await stack.host.adminToken();
  remember(administrator);
  const made = await read(await fetch(`${stack.host.adminOrigin}/admin/v1/clients`, {
    method: 'POST', headers: { authorization: `Bearer ${administrator}`, 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'resource_server', client_name: 'An API' }),
  }));
  assert.equal(made.status, 201, made.text);
  remember(made.json.client_secret);
  const api = { client: { client_id: made.json.client_id }, auth: oauth.ClientSecretBasic(made.json.client_secret) };
  assert.equal((await introspect(api, tokens.access_token)).active, true);
  assert.deepEqual(await introspect(api, tokens.refresh_token), { active: false });

  const other = await registerSigner('ES256');
  assert.deepEqual(await introspect(other, tokens.access_token), { active: false });
});

test('a client reads, changes and deletes its registration, and nobody else does', async () => {
  const client = await register({ token_endpoint_auth_method: 'client_secret_post' });
  const manage = async (method, token, body) => read(await fetch(client.registration_client_uri, {
    method, headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) }, body: body && JSON.stringify(body),
  }));
  const own = client.registration_access_token;
  assert.equal((await manage('GET', (await register({})).registration_access_token)).status, 401);
  assert.equal((await manage('GET', own)).json.client_id, client.client_id);
  const changed = await manage('PUT', own, { client_id: client.client_id, client_name: 'Renamed', redirect_uris: [redirectUri], token_endpoint_auth_method: 'client_secret_post' });
  assert.equal(changed.json.client_name, 'Renamed');
  assert.equal((await manage('DELETE', own)).status, 204);
  assert.equal((await manage('GET', own)).status, 401);
});

test('a narrower token is exchanged for one\'s own, and never a wider one', async () => {
  const exchange = 'urn:ietf:params:oauth:grant-type:token-exchange';
  const signer = await registerSigner('ES256', { grant_types: ['authorization_code', exchange] });
  const { verifier, state, parameters } = await proof();
  const tokens = await redeem(signer, await walk(signer.client, parameters, state), verifier);
  const ask = async (scope) => keep(await oauth.processGenericTokenEndpointResponse(as, signer.client, await oauth.genericTokenEndpointRequest(
    as, signer.client, signer.auth, exchange,
    { subject_token: tokens.access_token, subject_token_type: 'urn:ietf:params:oauth:token-type:access_token', scope }, plain,
  )));
  const narrow = await ask(as.scopes_supported[0]);
  assert.equal(narrow.issued_token_type, 'urn:ietf:params:oauth:token-type:access_token');
  assert.equal(narrow.refresh_token, undefined);
  assert.equal(await calls(narrow.access_token), 200);
  await assert.rejects(ask('admin'), (error) => error.error === 'invalid_scope');
});

test('a request_uri works once', async () => {
  const signer = await registerSigner('ES256');
  const { verifier, state, parameters } = await proof();
  const { request_uri: uri } = await push(signer, parameters);
  await redeem(signer, await walk(signer.client, { request_uri: uri }, state), verifier);
  const { stayed } = await new Browser().travel(`${as.authorization_endpoint}?${new URLSearchParams({ client_id: signer.client.client_id, request_uri: uri })}`, { end: redirectUri, answer: approvingUser });
  assert.equal(stayed.status, 400);
});

test('a client that must push cannot send its request through the browser', async () => {
  const signer = await registerSigner('ES256', { require_pushed_authorization_requests: true });
  const { verifier, state, parameters } = await proof();
  await assert.rejects(walk(signer.client, parameters, state), (error) => error.error === 'invalid_request');
  const pushed = await push(signer, parameters);
  await redeem(signer, await walk(signer.client, { request_uri: pushed.request_uri }, state), verifier);
});

test('an assertion is good once, on every path, and a foreign key never', async () => {
  const signer = await registerSigner('ES256');
  let sent;
  const replaying = {
    ...plain,
    [oauth.customFetch]: async (url, init) => { sent = { url, init: { ...init, body: String(init.body) } }; return fetch(url, sent.init); },
  };
  const { parameters } = await proof();
  await oauth.processPushedAuthorizationResponse(as, signer.client, await oauth.pushedAuthorizationRequest(as, signer.client, signer.auth, parameters, replaying));
  const again = await read(await fetch(sent.url, sent.init));
  assert.equal(again.status, 401);
  assert.equal(again.json.error, 'invalid_client');

  const { privateKey } = await oauth.generateKeyPair('ES256');
  const thief = { client: signer.client, auth: oauth.PrivateKeyJwt({ key: privateKey, kid: 'k1' }) };
  await assert.rejects(push(thief, parameters), (error) => error.error === 'invalid_client' || error.status === 401);
});

/** A client whose tokens are bound to a key; oauth4webapi makes the proofs and remembers nonces. */
async function bind(metadata = {}) {
  const { client, auth } = await registerSigner('ES256', { dpop_bound_access_tokens: true, ...metadata });
  const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
  return { client, auth, DPoP };
}

/** Once more when the server asks for a nonce, as RFC 9449 §8 wants. */
async function withNonce(attempt) {
  try {
    return await attempt();
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error;
    return attempt();
  }
}

async function signInBound({ client, auth, DPoP }) {
  const { verifier, state, parameters } = await proof();
  const answer = await walk(client, parameters, state);
  return withNonce(async () => keep(await oauth.processAuthorizationCodeResponse(
    as, client, await oauth.authorizationCodeGrantRequest(as, client, auth, answer, redirectUri, verifier, { DPoP, ...plain }),
  )));
}

const listing = JSON.stringify({
  jsonrpc: '2.0', id: 1, method: 'tools/list',
  params: { _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {} } },
});
const listingHeaders = () => new Headers({
  'content-type': 'application/json', accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/list',
});

test('DPoP: a bound token calls with a proof, is refreshed with one, and is no bearer token', async () => {
  const bound = await bind();
  const { client, auth, DPoP } = bound;
  const tokens = await signInBound(bound);
  assert.equal(tokens.token_type, 'dpop');
  const call = () => oauth.protectedResourceRequest(tokens.access_token, 'POST', new URL(resource), listingHeaders(), listing, { DPoP, ...plain });
  assert.equal((await withNonce(call)).status, 200);
  assert.equal((await call()).status, 200, 'the nonce is good for more than one proof');
  assert.equal(await calls(tokens.access_token), 401, 'stolen, it is worth nothing');

  const thief = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
  await assert.rejects(withNonce(() => oauth.protectedResourceRequest(tokens.access_token, 'POST', new URL(resource), listingHeaders(), listing, { DPoP: thief, ...plain })));

  const refreshed = await withNonce(async () => keep(await oauth.processRefreshTokenResponse(
    as, client, await oauth.refreshTokenGrantRequest(as, client, auth, tokens.refresh_token, { DPoP, ...plain }),
  )));
  assert.equal(refreshed.token_type, 'dpop');
  assert.ok((await introspect(bound, refreshed.access_token)).cnf.jkt);
});

test('DPoP: a client that registered so gets no token without a proof', async () => {
  const { client, auth } = await bind();
  const { verifier, state, parameters } = await proof();
  const answer = await walk(client, parameters, state);
  await assert.rejects(redeem({ client, auth }, answer, verifier), (error) => error.error === 'invalid_dpop_proof');
});
