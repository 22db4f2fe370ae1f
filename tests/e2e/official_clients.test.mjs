// The official TypeScript clients walk the whole road: challenge, discovery, registration, consent,
// sign-in, tokens, tools. Nothing of it is helped along but the browser. One host has its tools from
// code, the other from the description of the API.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import * as v1 from '@modelcontextprotocol/sdk/client/index.js';
import * as v1auth from '@modelcontextprotocol/sdk/client/auth.js';
import * as v1http from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import * as v2 from '@modelcontextprotocol/client';
import { Browser, approvingUser } from '../../etc/demo/road/browser.mjs';
import { MemoryProvider } from '../../etc/demo/road/provider.mjs';
import { binaries, inBuild, inRoot } from '../../etc/demo/stack/paths.mjs';
import { freePort } from '../../etc/demo/stack/ports.mjs';
import { todosOf } from './support/mcp.mjs';
import { redirectUri } from './support/oauth.mjs';
import { remember } from './support/secrets.mjs';
import { startStack } from './support/stack.mjs';

function pluginFolder(name, file) {
  const directory = inBuild('data', `e2e-official-clients-${name}`);
  fs.rmSync(directory, { recursive: true, force: true });
  fs.mkdirSync(directory, { recursive: true, mode: 0o755 });
  fs.copyFileSync(path.join(binaries.plugins, file), path.join(directory, `${name}.so`));
  return directory;
}

const pair = async () => ({ listen: await freePort(), admin: await freePort() });
const ports = { pingone: await freePort(), todoApi: await freePort(), hosts: [await pair(), await pair()] };
const example = fs.readFileSync(inRoot('etc/openapi.example.toml'), 'utf8')
  .replaceAll('https://todo.example.com', `http://127.0.0.1:${ports.todoApi}`)
  .replace('/etc/mcp-host/todo_api.openapi.json', inRoot('etc/demo/todo_api/todo_api.openapi.json'));
const stack = await startStack('official_clients', {
  hosts: 2,
  ports,
  config: [{}, { plugins: { directory: pluginFolder('todos', 'openapi.so') }, plugin: { todo_api: undefined } }],
  appended: ['', `\n${example}`],
});
const urls = stack.oauth.map(({ resource }) => new URL(resource));
const identity = { name: 'end-to-end', version: '1' };

const clients = {
  'sdk 1.32.2': {
    make: () => new v1.Client(identity),
    transport: (url, options) => new v1http.StreamableHTTPClientTransport(url, options),
    Unauthorized: v1auth.UnauthorizedError,
    answerOf: (query) => query.get('code'),
  },
  'client 2.4.0, default': { make: () => new v2.Client(identity) },
  'client 2.4.0, auto': { make: () => new v2.Client(identity, { versionNegotiation: { mode: 'auto' } }), era: 'modern' },
  'client 2.4.0, pinned to 2026-07-28': { make: () => new v2.Client(identity, { versionNegotiation: { mode: { pin: '2026-07-28' } } }), era: 'modern' },
};

/** Remembers what a client sent, to tell which era it spoke. */
function spying(url) {
  const methods = [];
  const spy = async (input, init) => {
    if (init?.method === 'POST' && String(input) === url.href) methods.push(JSON.parse(init.body).method);
    return fetch(input, init);
  };
  return { methods, fetch: spy };
}

async function signIn(url, { make, transport = (at, options) => new v2.StreamableHTTPClientTransport(at, options), Unauthorized = v2.UnauthorizedError, answerOf = (query) => query }, name) {
  const provider = new MemoryProvider({ name, redirectUrl: redirectUri });
  const { methods, fetch: spy } = spying(url);
  const options = { authProvider: provider, fetch: spy };
  const challenged = transport(url, options);
  await assert.rejects(make().connect(challenged), Unauthorized);
  const { arrived } = await new Browser().travel(provider.authorizationUrl.href, { end: redirectUri, answer: approvingUser });
  remember(arrived.searchParams.get('code'));
  await challenged.finishAuth(answerOf(arrived.searchParams));
  remember(provider.savedTokens.access_token, provider.savedTokens.refresh_token);
  methods.length = 0;
  const client = make();
  await client.connect(transport(url, options));
  return { client, provider, methods };
}

const roads = {
  'todo_api.so': { host: 0, own: ['who_am_I'] },
  'openapi.so': { host: 1, own: [] },
};
const rounds = Object.keys(roads).flatMap((plugin) => Object.keys(clients).map((name) => [plugin, name]));

for (const [plugin, name] of rounds) {
  test(`${name} signs a user in and works on the to-do list through ${plugin}`, async () => {
    const variant = clients[name];
    const { host, own } = roads[plugin];
    const { client, methods, provider } = await signIn(urls[host], variant, name);
    assert.equal(methods[0], variant.era === 'modern' ? 'server/discover' : 'initialize');
    assert.ok(!(variant.era === 'modern' && methods.includes('initialize')), 'it fell back to the handshake');

    const { tools } = await client.listTools();
    assert.deepEqual(tools.map((tool) => tool.name).sort(), ['create_new_todo', 'deleteTodo', 'get_my_todo_list', 'toggle_todo_status', ...own]);
    const call = async (tool, args = {}) => client.callTool({ name: tool, arguments: args });

    if (own.includes('who_am_I')) {
      const me = await call('who_am_I');
      assert.match(me.content[0].text, /8ca2b15a-e3bd-43a5-bee1-1e533bae759d/);
      assert.doesNotMatch(me.content[0].text, /eyJ/, 'who_am_I shows a token');
    }

    const created = todosOf(await call('create_new_todo', { text: `by ${name}` })).find(({ text }) => text === `by ${name}`);
    const toggled = todosOf(await call('toggle_todo_status', { todoId: created.id, completed: true })).find(({ id }) => id === created.id);
    assert.equal(toggled.completed, true);
    assert.ok(todosOf(await call('get_my_todo_list')).some(({ id }) => id === created.id));
    assert.ok(!todosOf(await call('deleteTodo', { todoId: created.id })).some(({ id }) => id === created.id));

    const before = provider.savedTokens;
    await stack.oauth[host].revoke(provider.registration, before.access_token);
    await call('get_my_todo_list'); // 401, refresh, again: the client does that by itself
    remember(provider.savedTokens.access_token, provider.savedTokens.refresh_token);
    assert.notEqual(provider.savedTokens.access_token, before.access_token);
    await client.close();
  });
}
