// What is measured: {name, url, headers, body, expect, pid} each.
import crypto from 'node:crypto';
import { MemoryProvider } from '../../etc/demo/road/provider.mjs';
import { signIn } from '../../etc/demo/road/drive.mjs';
import { inBuild, inRoot } from '../../etc/demo/stack/paths.mjs';
import { freePort } from '../../etc/demo/stack/ports.mjs';
import { Process, answersOk } from '../../etc/demo/stack/process.mjs';

const redirectUrl = 'http://127.0.0.1:33418/oauth/callback';
const json = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const todoText = 'measured';

const calls = (user) => [
  { title: 'tools/list', method: 'tools/list', params: {}, expect: 'deleteTodo' },
  { title: 'who_am_I', method: 'tools/call', params: { name: 'who_am_I', arguments: {} }, expect: user },
  { title: 'get_my_todo_list', method: 'tools/call', params: { name: 'get_my_todo_list', arguments: {} }, expect: todoText },
];

/** A program that answers everything with the same reply. */
export async function cannedTarget(name, { core, logs }) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const server = new Process({ name, command: inBuild('release/bin', name), args: [String(port)], log: `${logs}/${name}.log`, core });
  await server.ready(() => answersOk(url));
  const titles = {
    'bench-epoll': 'canned reply: bare epoll loop',
    'bench-canned': 'canned reply: our transport',
    'bench-stock': 'canned reply: stock Pistache',
  };
  return { name: titles[name], url, pid: server.pid, server };
}

/** The host: authenticated requests of 2026-07-28. */
export async function hostTargets(host, remark = '') {
  const provider = new MemoryProvider({ name: 'bench', redirectUrl });
  const { client } = await signIn({ publicUrl: host.publicUrl, provider, fetch });
  await client.callTool({ name: 'create_new_todo', arguments: { text: todoText } });
  await client.close();
  const meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {},
  };
  return calls('8ca2b15a').map(({ title, method, params, expect }) => ({
    name: `mcp-host: ${title}${remark}`,
    url: `${host.origin}/mcp`,
    headers: {
      ...json, authorization: `Bearer ${provider.savedTokens.access_token}`, 'mcp-protocol-version': '2026-07-28',
      'mcp-method': method, ...(params.name ? { 'mcp-name': params.name } : {}),
    },
    body: { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: meta } },
    expect,
    pid: host.process.pid,
  }));
}

/** An access token for the Todo API, straight from the stand-in. */
async function upstreamToken({ pingone, host }) {
  const verifier = crypto.randomBytes(32).toString('base64url');
  const redirectUri = `${host.origin}/callback`;
  const query = new URLSearchParams({
    response_type: 'code', client_id: pingone.client.id, redirect_uri: redirectUri, scope: 'openid todo_api:read todo_api:write',
    code_challenge: crypto.createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256',
  });
  const redirect = await fetch(`${pingone.issuer}/authorize?${query}`, { redirect: 'manual' });
  const response = await fetch(`${pingone.issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${pingone.client.id}:${pingone.client.secret}`)}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code', code: new URL(redirect.headers.get('location')).searchParams.get('code'),
      redirect_uri: redirectUri, code_verifier: verifier,
    }),
  });
  return (await response.json()).access_token;
}

/** The same tools on the official TypeScript SDK, in one session. */
export async function sdkTargets(stack, { core, logs }) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/mcp`;
  const server = new Process({
    name: 'TypeScript SDK server', command: process.execPath, core, log: `${logs}/typescript.log`,
    args: [inRoot('tests/bench/typescript/server.mjs'), '--port', String(port), '--token', 'bench-token',
      '--todo-url', stack.todoApi.origin, '--upstream-token', await upstreamToken(stack)],
  });
  const headers = { ...json, authorization: 'Bearer bench-token' };
  await server.ready(() => fetch(url, { method: 'DELETE' }).then(({ status }) => status === 401, () => false));
  const post = (extra, body) => fetch(url, { method: 'POST', headers: { ...headers, ...extra }, body: JSON.stringify(body) });
  const opened = await post({}, {
    jsonrpc: '2.0', id: 0, method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '1' } },
  });
  const session = { 'mcp-session-id': opened.headers.get('mcp-session-id'), 'mcp-protocol-version': '2025-11-25' };
  await post(session, { jsonrpc: '2.0', method: 'notifications/initialized' });
  return {
    server,
    targets: calls('bench').map(({ title, method, params, expect }) => ({
      name: `TypeScript SDK 1.32.2: ${title}`,
      url,
      headers: { ...headers, ...session },
      body: { jsonrpc: '2.0', id: 1, method, params },
      expect,
      pid: server.pid,
    })),
  };
}
