// Step-up authorization: a client begins with few scopes, is told what a tool needs, asks its user
// for that, and goes on in the session it had.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { UnauthorizedError as UnauthorizedV1 } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';
import { Browser, approvingUser } from '../../etc/demo/road/browser.mjs';
import { MemoryProvider } from '../../etc/demo/road/provider.mjs';
import { binaries, inBuild } from '../../etc/demo/stack/paths.mjs';
import { Mcp } from './support/mcp.mjs';
import { redirectUri } from './support/oauth.mjs';
import { remember } from './support/secrets.mjs';
import { startStack } from './support/stack.mjs';

const directory = inBuild('data', 'e2e-step-up-plugins');
fs.rmSync(directory, { recursive: true, force: true });
fs.mkdirSync(directory, { recursive: true, mode: 0o755 });
fs.copyFileSync(path.join(binaries.plugins, 'todo_api.so'), path.join(directory, 'todo_api.so'));
fs.copyFileSync(path.join(binaries.testPlugins, 'scoped.so'), path.join(directory, 'scoped.so'));

const stack = await startStack('step_up', {
  hosts: 2,
  config: [
    { plugins: { directory }, oauth: { initial_scopes: ['mcp'] }, mcp: { list_out_of_reach: true } },
    { plugins: { directory }, oauth: { initial_scopes: ['mcp'] } },
  ],
});
const [oauth] = stack.oauth;
const url = new URL(oauth.resource);

/** The user's part: the page, read, and approved. */
async function authorize(provider) {
  const pages = [];
  const { arrived } = await new Browser().travel(provider.authorizationUrl.href, {
    end: redirectUri, answer: (page) => { pages.push(page.html); return approvingUser(page); },
  });
  remember(arrived.searchParams.get('code'));
  return { code: arrived.searchParams, page: pages[0] };
}

const variants = {
  'sdk 1.32.2': { make: () => new ClientV1({ name: 'stepping', version: '1' }), Transport: TransportV1, Unauthorized: UnauthorizedV1, answerOf: (query) => query.get('code') },
  'client 2.4.0': { make: () => new Client({ name: 'stepping', version: '1' }), Transport: StreamableHTTPClientTransport, Unauthorized: UnauthorizedError, answerOf: (query) => query },
};

for (const [name, { make, Transport, Unauthorized, answerOf }] of Object.entries(variants)) {
  test(`${name}: a call beyond the scopes leads to a larger approval and then works, in the same session`, async () => {
    const provider = new MemoryProvider({ name, redirectUrl: redirectUri });
    const options = { authProvider: provider };
    const challenged = new Transport(url, options);
    await assert.rejects(make().connect(challenged), Unauthorized);
    assert.equal(provider.authorizationUrl.searchParams.get('scope'), 'mcp');
    await challenged.finishAuth(answerOf((await authorize(provider)).code));
    assert.equal(provider.savedTokens.scope, 'mcp');

    const client = make();
    const transport = new Transport(url, options);
    await client.connect(transport);
    const session = transport.sessionId;
    assert.ok(session);
    const { tools } = await client.listTools();
    assert.ok(tools.some((tool) => tool.name === 'rule_the_world'));

    delete provider.savedTokens.refresh_token; // a refresh cannot reach further, and sdk 1 tries it first
    await assert.rejects(client.callTool({ name: 'rule_the_world', arguments: {} }), Unauthorized);
    const asked = provider.authorizationUrl.searchParams.get('scope').split(' ').sort();
    assert.deepEqual(asked, ['admin:everything', 'mcp']);
    const { code, page } = await authorize(provider);
    assert.match(page, /Rule the world/);
    await transport.finishAuth(answerOf(code));
    remember(provider.savedTokens.access_token, provider.savedTokens.refresh_token);

    const result = await client.callTool({ name: 'rule_the_world', arguments: {} });
    assert.equal(result.content[0].text, 'You may.');
    assert.equal(transport.sessionId, session, 'it began a new session');
    await client.close();
  });
}

test('what is listed and what may be called are the same, unless the operator wants more to be seen', async () => {
  const seesIt = async (host, scope) => {
    const { access_token: token } = await host.signIn({ bend: { scope } });
    const { json } = await new Mcp(host.publicUrl, token).modern('tools/list', {});
    return json.result.tools.some((tool) => tool.name === 'rule_the_world');
  };
  const [seesAll, seesItsOwn] = stack.oauth;
  assert.equal(await seesIt(seesAll, 'mcp'), true);
  assert.equal(await seesIt(seesItsOwn, 'mcp'), false);
  assert.equal(await seesIt(seesItsOwn, 'mcp admin:everything'), true);
});

test('metadata names every scope that something needs', async () => {
  for (const document of ['oauth-authorization-server', 'oauth-protected-resource/mcp']) {
    const { json } = await oauth.get(`/.well-known/${document}`);
    assert.deepEqual(json.scopes_supported, ['mcp', 'admin:everything']);
  }
});

test('a scope nobody offers is never granted', async () => {
  const { scope } = await oauth.signIn({ bend: { scope: 'mcp admin root admin:everything:more' } });
  assert.equal(scope, 'mcp');
});
