// Bare MCP over HTTP, both eras: every header and member can be bent.
import assert from 'node:assert/strict';
import { read } from './oauth.mjs';

const MODERN = '2026-07-28';
const accept = 'application/json, text/event-stream';

export const meta = {
  'io.modelcontextprotocol/protocolVersion': MODERN,
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** The JSON-RPC messages of an answer, whether JSON or an event stream. */
export function messagesOf({ headers, text }) {
  if (!headers.get('content-type')?.startsWith('text/event-stream')) return text ? [JSON.parse(text)] : [];
  return text.split('\n').filter((line) => line.startsWith('data:') && line.length > 6).map((line) => JSON.parse(line.slice(5)));
}

async function send(url, { method = 'POST', headers, body }) {
  const response = await read(await fetch(url, {
    method, headers, body: body === undefined || typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
  }));
  // `json` is the last message: the response, after any notification of its stream.
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) response.json = messagesOf(response).at(-1);
  return response;
}

export class Mcp {
  constructor(publicUrl, token) {
    this.url = `${publicUrl}/mcp`;
    this.token = token;
    this.nextId = 0;
  }

  get authorization() {
    return this.token ? { authorization: `Bearer ${this.token}` } : {};
  }

  /** Anything at all: {method, headers, body}; a header of undefined is left out. */
  raw({ headers = {}, ...rest } = {}) {
    const all = { 'content-type': 'application/json', accept, ...this.authorization, ...headers };
    return send(this.url, { headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)), ...rest });
  }

  /** A request of 2026-07-28; `capabilities` are the client's. */
  modern(method, params = {}, headers = {}, capabilities = {}) {
    const name = params.name ?? params.uri ?? params.taskId;
    return this.raw({
      headers: {
        'mcp-protocol-version': MODERN, 'mcp-method': method, ...(name ? { 'mcp-name': name } : {}), ...headers,
      },
      body: { jsonrpc: '2.0', id: this.nextId++, method, params: { ...params, _meta: { ...meta, 'io.modelcontextprotocol/clientCapabilities': capabilities } } },
    });
  }

  /** A tool's answer in the modern era: the CallToolResult. */
  async call(name, args = {}) {
    const { status, json, text } = await this.modern('tools/call', { name, arguments: args });
    assert.equal(status, 200, text);
    assert.equal(json.error, undefined, text);
    return json.result;
  }

  /** A legacy session: resolves to {id, version, request(method, params), end()}. */
  async open(protocolVersion = '2025-11-25', capabilities = {}) {
    const answer = await this.raw({
      body: {
        jsonrpc: '2.0', id: 0, method: 'initialize',
        params: { protocolVersion, capabilities, clientInfo: { name: 'end-to-end', version: '1' } },
      },
    });
    assert.equal(answer.status, 200, answer.text);
    const id = answer.headers.get('mcp-session-id');
    assert.ok(id, 'initialize gave no session id');
    const version = answer.json.result.protocolVersion;
    const headers = { 'mcp-session-id': id, 'mcp-protocol-version': version };
    const request = (method, params = {}, bend = {}) => this.raw({
      headers: { ...headers, ...bend }, body: { jsonrpc: '2.0', id: this.nextId++, method, params },
    });
    const initialized = await this.raw({ headers, body: { jsonrpc: '2.0', method: 'notifications/initialized' } });
    assert.equal(initialized.status, 202, initialized.text);
    return { id, version, headers, result: answer.json.result, request, end: () => this.raw({ method: 'DELETE', headers }) };
  }
}

/** What a tool said, parsed: the demo's tools answer JSON text. */
export function todosOf(result) {
  assert.ok(!result.isError, result.content?.[0]?.text);
  return JSON.parse(result.content[0].text);
}
