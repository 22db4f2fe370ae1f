// Two hundred callers on four hosts, and one upstream token that has run out: PingOne is asked once.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sleep } from '../../etc/demo/stack/process.mjs';
import { FakeApi } from './support/fake_api.mjs';
import { Mcp } from './support/mcp.mjs';
import { startStack } from './support/stack.mjs';

const HOSTS = 4;
const CALLERS = 200;
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

const api = await FakeApi.start();
after(() => api.stop());
const other = { upstream_audience: 'https://other.api.example', upstream_scopes: ['other:read'] };
const stack = await startStack('upstream_once', {
  hosts: HOSTS, sharedPublicUrl: true, todoApiOrigin: api.origin,
  // The same plugin for the API of the sign-in on two hosts, for another one on the other two.
  config: [{}, {}, { plugin: { todo_api: other } }, { plugin: { todo_api: other } }],
});
const [oauth] = stack.oauth;
const { pingone } = stack;

const claimsOf = (authorization) => JSON.parse(Buffer.from(authorization.split('.')[1], 'base64url').toString());
const callsOf = (type) => pingone.countOf('token', ({ grant_type: grant }) => grant === type);

test('200 callers, one token that has run out: one refresh, one exchange, no failed call', { timeout: 120_000 }, async () => {
  await pingone.control('config', { accessTokenTTL: 5 });
  const { access_token: token } = await oauth.signIn();
  await sleep(6000);
  await pingone.control('config', { accessTokenTTL: 3600, latency: { token: 300 } });

  const clients = stack.hosts.map(({ origin }) => new Mcp(origin, token));
  const results = await Promise.all(Array.from({ length: CALLERS }, (_, i) => clients[i % HOSTS].call('get_my_todo_list')));
  assert.deepEqual(results.filter(({ isError }) => isError), []);
  assert.equal(api.calls.length, CALLERS);
  assert.equal(await callsOf('refresh_token'), 1);
  assert.equal(await callsOf(EXCHANGE), 1);

  const tokens = new Map();
  for (const { authorization } of api.calls) tokens.set(authorization, (tokens.get(authorization) ?? 0) + 1);
  const byAudience = Object.fromEntries([...tokens].map(([authorization, count]) => [claimsOf(authorization).aud[0], count]));
  assert.deepEqual(byAudience, { 'https://todo.api.example': CALLERS / 2, 'https://other.api.example': CALLERS / 2 });
  const subjects = new Set([...tokens.keys()].map((authorization) => claimsOf(authorization).sub));
  assert.equal(subjects.size, 1);
});

test('the API of an exchange refuses its token: it is exchanged anew, and the call succeeds', async () => {
  await pingone.control('reset', {});
  const { access_token: token } = await oauth.signIn();
  const seen = [];
  api.answer = (req, res) => {
    seen.push(req.headers.authorization);
    if (seen.length === 1) api.send(res, 401, {}, { 'www-authenticate': 'Bearer error="invalid_token"' });
    else api.send(res, 200, { todos: [] });
  };
  const result = await new Mcp(stack.hosts[2].origin, token).call('get_my_todo_list');
  assert.ok(!result.isError, JSON.stringify(result));
  assert.equal(seen.length, 2);
  assert.notEqual(seen[0], seen[1]);
  assert.equal(await callsOf(EXCHANGE), 2);
});
