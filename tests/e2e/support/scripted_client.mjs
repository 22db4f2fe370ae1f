// The official clients in every era behind one face: each answers elicitation, sampling and roots by
// a script and writes down what the host tells it.
import * as v1 from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import * as types from '@modelcontextprotocol/sdk/types.js';
import * as v2 from '@modelcontextprotocol/client';
import { sleep } from '../../../etc/demo/stack/process.mjs';

const identity = { name: 'scripted', version: '1' };
const capabilities = { elicitation: {}, sampling: {}, roots: {} };

/** What the person and the model behind the client say. */
export const script = {
  elicit: { action: 'accept', content: { username: 'mary', email: 'mary@example.com', name: 'Mary', ok: true, color: 'blue' } },
  sample: { role: 'assistant', model: 'scripted', content: { type: 'text', text: 'said by the model' } },
  roots: { roots: [{ uri: 'file:///projects', name: 'Work' }] },
};

function attach(client, request, notification) {
  const seen = { asked: [], told: [] };
  const answer = (method, value) => request(method, async ({ params }) => {
    seen.asked.push({ method, params });
    return value;
  });
  answer('elicitation/create', script.elicit);
  answer('sampling/createMessage', script.sample);
  answer('roots/list', script.roots);
  for (const method of ['notifications/message', 'notifications/resources/updated', 'notifications/tools/list_changed',
    'notifications/prompts/list_changed', 'notifications/resources/list_changed']) {
    notification(method, ({ params }) => { seen.told.push({ method, params }); });
  }
  return Object.assign(seen, {
    client,
    /** Resolves with the first notification of `method`, if it comes in time. */
    async toldOf(method, timeoutMs = 3_000) {
      for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(20)) {
        const found = seen.told.find((each) => each.method === method);
        if (found) return found;
      }
      throw new Error(`no ${method} in ${timeoutMs} ms`);
    },
  });
}

const v1Schemas = {
  'elicitation/create': types.ElicitRequestSchema,
  'sampling/createMessage': types.CreateMessageRequestSchema,
  'roots/list': types.ListRootsRequestSchema,
  'notifications/message': types.LoggingMessageNotificationSchema,
  'notifications/resources/updated': types.ResourceUpdatedNotificationSchema,
  'notifications/tools/list_changed': types.ToolListChangedNotificationSchema,
  'notifications/prompts/list_changed': types.PromptListChangedNotificationSchema,
  'notifications/resources/list_changed': types.ResourceListChangedNotificationSchema,
};

function makeV1() {
  const client = new v1.Client(identity, { capabilities });
  const scripted = attach(client, (method, handler) => client.setRequestHandler(v1Schemas[method], handler),
    (method, handler) => client.setNotificationHandler(v1Schemas[method], handler));
  scripted.call = (name, args = {}, options = undefined) => client.callTool({ name, arguments: args }, undefined, options);
  return scripted;
}

function makeV2(versionNegotiation) {
  const client = new v2.Client(identity, { capabilities, ...(versionNegotiation ? { versionNegotiation } : {}) });
  const scripted = attach(client, (method, handler) => client.setRequestHandler(method, handler),
    (method, handler) => client.setNotificationHandler(method, handler));
  scripted.call = (name, args = {}, options = undefined) => client.callTool({ name, arguments: args }, options);
  return scripted;
}

const streamable = (Transport) => (origin, requestInit) => new Transport(new URL('/mcp', origin), { requestInit });

/** name → {modern, noForms (its protocol knows no elicitation), notFound (the code of a resource that is not there), make(), transport()}. */
export const variants = {
  'sdk 1.32.2': { notFound: -32002, make: makeV1, transport: streamable(StreamableHTTPClientTransport) },
  'sdk 1.32.2 on HTTP+SSE': {
    noForms: true, notFound: -32002, make: makeV1,
    transport: (origin, requestInit) => new SSEClientTransport(new URL('/sse', origin), {
      requestInit, eventSourceInit: { fetch: (url, init) => fetch(url, { ...init, headers: { ...init?.headers, ...requestInit.headers } }) },
    }),
  },
  // This client shows the older code as the newer one.
  'client 2.4.0, default': { notFound: -32602, make: () => makeV2(), transport: streamable(v2.StreamableHTTPClientTransport) },
  'client 2.4.0, auto': { modern: true, notFound: -32602, make: () => makeV2({ mode: 'auto' }), transport: streamable(v2.StreamableHTTPClientTransport) },
  'client 2.4.0, pinned to 2026-07-28': {
    modern: true, notFound: -32602, make: () => makeV2({ mode: { pin: '2026-07-28' } }), transport: streamable(v2.StreamableHTTPClientTransport),
  },
};

const live = new Set();

/** Ends what a test left open. */
export async function closeAll() {
  for (const { client } of live) await client.close().catch(() => {});
  live.clear();
}

/** A connected client: {client, call(tool, args, options), asked, told, toldOf()}. */
export async function connect(variant, origin, token) {
  const scripted = variant.make();
  live.add(scripted);
  await scripted.client.connect(variant.transport(origin, { headers: { authorization: `Bearer ${token}` } }));
  return scripted;
}
