// Clients that are known by the URL of their metadata document: in development also on this machine,
// otherwise never, however it is spelled.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, test } from 'node:test';
import { Mcp } from './support/mcp.mjs';
import { redirectUri } from './support/oauth.mjs';
import { startStack } from './support/stack.mjs';

const documents = new Map(); // path → what is answered there
const asked = [];
const web = http.createServer((req, res) => {
  asked.push(req.url);
  const { status = 200, headers = {}, body } = documents.get(req.url) ?? { status: 404, body: {} };
  res.writeHead(status, { 'content-type': 'application/json', ...headers });
  res.end(JSON.stringify(body));
});
await new Promise((resolve) => { web.listen(0, '127.0.0.1', resolve); });
after(() => web.close());
const port = web.address().port;

/** Publishes a document; resolves to the client it describes. */
function publish(path, change = {}, answer = {}) {
  const url = `http://127.0.0.1:${port}${path}`;
  documents.set(path, { body: { client_id: url, client_name: 'By document', redirect_uris: [redirectUri], ...change }, ...answer });
  return { client_id: url };
}

const stack = await startStack('client_documents', { hosts: 2, config: [{ oauth: { client_documents_on_loopback: true } }, {}] });
const [development, strict] = stack.oauth;

test('the metadata says so', async () => {
  const { json } = await development.get('/.well-known/oauth-authorization-server');
  assert.equal(json.client_id_metadata_document_supported, true);
});

test('a client signs in without having registered', async () => {
  const client = publish('/client.json');
  const { access_token: token } = await development.signIn({ client });
  assert.equal((await new Mcp(development.publicUrl, token).modern('tools/list')).status, 200);
  assert.equal(asked.filter((path) => path === '/client.json').length, 1, 'it is kept, for every step');
});

test('a document that is not its own, a redirect and an absent one are no clients', async () => {
  const other = publish('/other.json', { client_id: `http://127.0.0.1:${port}/client.json` });
  const moved = publish('/moved.json', {}, { status: 302, headers: { location: '/client.json' } });
  for (const client of [other, moved, { client_id: `http://127.0.0.1:${port}/absent.json` }]) {
    const { status, headers } = await development.get(development.authorization(client).href, { redirect: 'manual' });
    assert.equal(status, 400, client.client_id);
    assert.equal(headers.get('location'), null);
  }
});

test('a host that is not in development never asks this machine, however it is spelled', async () => {
  publish('/ssrf.json');
  const before = asked.length;
  for (const origin of [
    `http://127.0.0.1:${port}`, `https://127.0.0.1:${port}`, `http://localhost:${port}`, 'https://localhost', 'https://127.0.0.1', 'https://[::1]',
    'https://[::ffff:127.0.0.1]', 'https://2130706433', 'https://169.254.169.254', 'https://10.0.0.1',
  ]) {
    const { status } = await strict.get(strict.authorization({ client_id: `${origin}/ssrf.json` }).href, { redirect: 'manual' });
    assert.equal(status, 400, origin);
  }
  assert.equal(asked.length, before);
});
