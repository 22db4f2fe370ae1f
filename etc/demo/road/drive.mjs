// The whole road with the official TypeScript client: challenge, discovery, registration, consent,
// sign-in, tokens, tools, refresh, revocation, refusal.
import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { UnauthorizedError, refreshAuthorization } from '@modelcontextprotocol/sdk/client/auth.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { Browser, approvingUser } from './browser.mjs';
import { MemoryProvider } from './provider.mjs';

const redirectUrl = 'http://127.0.0.1:33418/oauth/callback'; // nobody listens: the browser stops there

function titleFor({ pathname }, { method = 'GET', headers, body = '' }) {
  if (pathname.startsWith('/.well-known/oauth-protected-resource')) return 'Protected-resource metadata: who guards this?';
  if (pathname.startsWith('/.well-known/oauth-authorization-server')) return 'Authorization-server metadata: what can it do?';
  if (pathname === '/register') return 'The client registers itself';
  if (pathname === '/authorize') return 'The browser opens /authorize and gets the consent page';
  if (pathname === '/authorize/consent') return 'The user approves; the host sends the browser to PingOne';
  if (pathname.endsWith('/as/authorize')) return 'PingOne asks who it is';
  if (pathname.includes('/as/__ui/')) return method === 'POST' ? 'The user signs in' : 'The sign-in page';
  if (pathname.includes('/as/authorize/')) return 'PingOne sends the browser back with its own code';
  if (pathname === '/callback') return 'The host redeems it, keeps the upstream tokens sealed and hands out its code';
  if (pathname === '/token') {
    return body.toString().includes('refresh_token') ? 'Refresh: the old refresh token is used up' : 'The code becomes tokens (PKCE)';
  }
  if (pathname === '/revoke') return 'The client revokes its grant';
  if (pathname.startsWith('/admin/')) return 'The administrator registers a confidential client';
  if (pathname === '/mcp' && method === 'POST' && !new Headers(headers).has('authorization')) return 'A call without a token is challenged';
  if (pathname === '/mcp') return mcpTitle(method, body);
  return undefined;
}

function mcpTitle(method, body) {
  if (method !== 'POST') return method === 'GET' ? 'The client listens for notifications' : 'The session ends';
  const { method: name, params } = JSON.parse(body);
  return `MCP: ${name}${params?.name ? ` ${params.name}` : ''}`;
}

const todosIn = ({ content, isError }) => {
  assert.ok(!isError, content[0]?.text);
  return JSON.parse(content[0].text);
};

/** Signs in and returns {provider, client, fetch}; `client` is connected. */
export async function signIn({ publicUrl, provider, fetch }) {
  const url = new URL('/mcp', publicUrl);
  const makeTransport = () => new StreamableHTTPClientTransport(url, { authProvider: provider, fetch });
  const makeClient = () => new Client({ name: provider.name, version: '1.0.0' });

  const challenged = makeTransport();
  await assert.rejects(makeClient().connect(challenged), UnauthorizedError);
  const { arrived, stayed } = await new Browser({ fetch }).travel(provider.authorizationUrl.href, { end: provider.redirectUrl, answer: approvingUser });
  assert.ok(arrived, `the browser was left at ${stayed?.url} with status ${stayed?.status}`);
  assert.equal(arrived.searchParams.get('error'), null, arrived.searchParams.get('error_description'));
  assert.equal(arrived.searchParams.get('state'), provider.expectedState);
  await challenged.finishAuth(arrived.searchParams.get('code'));

  const client = makeClient();
  await client.connect(makeTransport());
  return { client };
}

async function workOnTodos(client, transcript) {
  const call = async (name, args = {}) => todosIn(await client.callTool({ name, arguments: args }));
  const text = 'Read the transcript';

  const { tools } = await client.listTools();
  transcript.detail('=', tools.map(({ name }) => name).join(', '));
  await client.callTool({ name: 'who_am_I', arguments: {} });
  const created = (await call('create_new_todo', { text })).findLast((todo) => todo.text === text);
  assert.ok(created, 'the new todo is not in the list');
  transcript.detail('=', `todo ${created.id} is there`);
  await call('get_my_todo_list');
  const toggled = (await call('toggle_todo_status', { todoId: created.id, completed: true })).find(({ id }) => id === created.id);
  assert.equal(toggled.completed, true);
  transcript.detail('=', `todo ${created.id} is completed`);
  const left = await call('deleteTodo', { todoId: created.id });
  assert.ok(!left.some(({ id }) => id === created.id), 'the todo is still in the list');
  transcript.detail('=', `todo ${created.id} is gone`);
}

async function refreshAndRevoke({ publicUrl, provider, client, fetch, transcript }) {
  const { authorizationServerMetadata: metadata } = provider.discovery;
  const tokens = await refreshAuthorization(metadata.issuer, {
    metadata, clientInformation: provider.registration, refreshToken: provider.savedTokens.refresh_token,
    resource: new URL('/mcp', publicUrl), fetchFn: fetch,
  });
  assert.notEqual(tokens.refresh_token, provider.savedTokens.refresh_token);
  provider.saveTokens({ ...provider.savedTokens, ...tokens });
  await client.listTools();
  transcript.detail('=', 'the new access token works');
  await client.close();

  const { client_id: id, client_secret: secret } = provider.registration;
  const revoked = await fetch(metadata.revocation_endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(secret ? { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` } : {}),
    },
    body: new URLSearchParams({ token: tokens.refresh_token, ...(secret ? {} : { client_id: id }) }),
  });
  assert.equal(revoked.status, 200);

  const refused = await fetch(new URL('/mcp', publicUrl), {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.access_token}`, 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
  });
  assert.equal(refused.status, 401);
  transcript.detail('=', 'refused: the access token died with its grant');
}

async function driveClient({ publicUrl, provider, transcript }) {
  const fetch = transcript.fetch(titleFor);
  const { client } = await signIn({ publicUrl, provider, fetch });
  await workOnTodos(client, transcript);
  await refreshAndRevoke({ publicUrl, provider, client, fetch, transcript });
}

async function registerConfidential({ adminUrl, adminToken, transcript }) {
  const response = await transcript.fetch(titleFor)(new URL('/admin/v1/clients', adminUrl), {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      client_name: 'Road demo (confidential)',
      redirect_uris: [redirectUrl],
      token_endpoint_auth_method: 'client_secret_basic',
    }),
  });
  assert.equal(response.status, 201);
  return response.json();
}

export async function driveRoad({ publicUrl, adminUrl, adminToken, transcript }) {
  transcript.chapter('A public client that registers itself');
  await driveClient({ publicUrl, transcript, provider: new MemoryProvider({ name: 'Road demo', redirectUrl }) });

  transcript.chapter('A confidential client that an administrator registered');
  const client = await registerConfidential({ adminUrl, adminToken, transcript });
  await driveClient({
    publicUrl, transcript,
    provider: new MemoryProvider({ name: 'Road demo (confidential)', redirectUrl, client }),
  });
}
