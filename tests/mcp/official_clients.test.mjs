// The official TypeScript clients, both generations and each way of negotiation, against the test
// server. Usage: node --test official_clients.test.mjs, with MCP_TEST_SERVER naming the binary.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import * as v1 from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import * as v2 from '@modelcontextprotocol/client';

let server;
let lines;
let url;
let token;

before(async () => {
  server = spawn(process.env.MCP_TEST_SERVER, [], { stdio: ['pipe', 'pipe', 'inherit'] });
  lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  url = new URL((await lines.next()).value);
  token = (await lines.next()).value;
});
after(() => server.stdin.end());

const askServer = async (question) => {
  server.stdin.write(`${question}\n`);
  return (await lines.next()).value;
};
const requestInit = () => ({ headers: { Authorization: `Bearer ${token}` } });
const INFO = { name: 'official-client-test', version: '1' };

const clients = {
  'sdk 1.32.2': {
    era: 'legacy',
    connect: async () => {
      const client = new v1.Client(INFO);
      await client.connect(new TransportV1(url, { requestInit: requestInit() }));
      return client;
    },
  },
};
for (const [name, era, options] of [
  ['client 2.4.0, default', 'legacy', {}],
  ['client 2.4.0, auto', 'modern', { versionNegotiation: { mode: 'auto' } }],
  ['client 2.4.0, pinned', 'modern', { versionNegotiation: { mode: { pin: '2026-07-28' } } }],
]) {
  clients[name] = {
    era,
    connect: async () => {
      const client = new v2.Client(INFO, options);
      await client.connect(new v2.StreamableHTTPClientTransport(url, { requestInit: requestInit() }));
      return client;
    },
  };
}

for (const [name, { era, connect }] of Object.entries(clients)) {
  describe(name, () => {
    let client;
    before(async () => { client = await connect(); });
    after(() => client.close());

    it('knows the server', () => {
      assert.equal(client.getServerVersion()?.name, 'mcp-test-server');
      assert.ok(client.getServerCapabilities()?.tools);
    });

    it('lists the tools', async () => {
      const { tools } = await client.listTools();
      assert.deepEqual(tools.map((tool) => tool.name),
        ['countdown', 'echo', 'greet', 'patient', 'signed_out']);
    });

    it('calls a tool and checks its structured answer', async () => {
      const result = await client.callTool({ name: 'greet', arguments: { name: 'Zoë' } });
      assert.deepEqual(result.structuredContent, { greeting: 'Hello, Zoë!' });
      assert.equal(JSON.parse(result.content[0].text).greeting, 'Hello, Zoë!');
    });

    it('reads refused arguments as a result a model can see', async () => {
      const result = await client.callTool({ name: 'greet', arguments: {} });
      assert.equal(result.isError, true);
    });

    it('is told of an unknown tool', async () => {
      await assert.rejects(client.callTool({ name: 'nope' }), (error) => error.code === -32602);
    });

    it('follows progress', async () => {
      const seen = [];
      const request = { name: 'countdown', arguments: {} };
      const options = { onprogress: (progress) => seen.push(progress.progress) };
      const result = name.startsWith('sdk 1')
        ? await client.callTool(request, undefined, options)
        : await client.callTool(request, options);
      assert.equal(result.content[0].text, 'lift-off');
      assert.deepEqual(seen, [0, 50, 100]);
    });

    it('cancels a call', async () => {
      const abort = new AbortController();
      const request = { name: 'patient', arguments: {} };
      const options = { signal: abort.signal };
      const call = name.startsWith('sdk 1')
        ? client.callTool(request, undefined, options)
        : client.callTool(request, options);
      const refused = assert.rejects(call);
      for (let i = 0; (await askServer('pending')) !== 'running' && i < 100; ++i) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      abort.abort();
      await refused;
      let state;
      for (let i = 0; (state = await askServer('pending')) !== 'cancelled' && i < 100; ++i) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      assert.equal(state, 'cancelled');
    });

    if (era === 'legacy') {
      it('answers pings', async () => { await client.ping(); });
      it('ends its session', async () => {
        await client.transport.terminateSession();
        await assert.rejects(client.listTools());
      });
    } else {
      it('speaks the stateless protocol', () => {
        assert.equal(client.getNegotiatedProtocolVersion(), '2026-07-28');
        assert.equal(client.transport.sessionId, undefined);
      });
    }
  });
}
