// The public listener with a certificate of its own, and a new one on SIGHUP.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import https from 'node:https';
import { test } from 'node:test';
import tls from 'node:tls';
import { inBuild } from '../../etc/demo/stack/paths.mjs';
import { freePort } from '../../etc/demo/stack/ports.mjs';
import { sleep } from '../../etc/demo/stack/process.mjs';
import { startStack } from './support/stack.mjs';

const folder = inBuild('data', 'e2e-certificates');
fs.mkdirSync(folder, { recursive: true });
const certificate = `${folder}/certificate.pem`;
const key = `${folder}/key.pem`;

/** A new certificate in the place of the old one; both files arrive whole. */
function issue(name) {
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1',
    '-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', `${key}.new`, '-out', `${certificate}.new`], { stdio: 'ignore' });
  fs.renameSync(`${key}.new`, key);
  fs.renameSync(`${certificate}.new`, certificate);
}

issue('first');
const ports = { pingone: await freePort(), todoApi: await freePort(), hosts: [{ listen: await freePort(), admin: await freePort() }] };
const [{ listen: port }] = ports.hosts;
const publicUrl = `https://127.0.0.1:${port}`;
const { host } = await startStack('tls', {
  ports,
  config: [{ public_url: publicUrl, listen: { tls_certificate: certificate, tls_key: key } }],
});

function get(path, agent) {
  return new Promise((resolve, reject) => {
    https.get(`${publicUrl}${path}`, { rejectUnauthorized: false, agent }, (response) => {
      const name = response.socket.getPeerCertificate().subject?.CN;
      let body = '';
      response.on('data', (part) => { body += part; });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body, name, socket: response.socket }));
    }).on('error', reject);
  });
}

/** The name in the certificate that a new connection is shown. */
const shownName = async () => (await get('/.well-known/oauth-authorization-server', new https.Agent())).name;

async function reload(outcome) {
  const before = fs.readFileSync(host.log, 'utf8').length;
  host.process.signal('SIGHUP');
  for (let tries = 0; tries < 100; ++tries) {
    if (fs.readFileSync(host.log, 'utf8').slice(before).includes(outcome)) return;
    await sleep(50);
  }
  assert.fail(`${outcome} did not appear in ${host.log}`);
}

test('metadata names the https addresses', async () => {
  const { status, body } = await get('/.well-known/oauth-authorization-server');
  assert.equal(status, 200);
  assert.equal(JSON.parse(body).issuer, publicUrl);
  assert.ok(JSON.parse(body).token_endpoint.startsWith(publicUrl));
});

test('without a token the challenge comes through TLS', async () => {
  const { status, headers } = await get('/mcp');
  assert.equal(status, 401);
  assert.match(headers['www-authenticate'], new RegExp(`resource_metadata="${publicUrl}/`));
});

test('plain HTTP on the port is not served', async () => {
  await assert.rejects(fetch(`http://127.0.0.1:${port}/.well-known/oauth-authorization-server`));
});

test('a version older than 1.2 is refused', async () => {
  const refused = await new Promise((resolve) => {
    const socket = tls.connect({ host: '127.0.0.1', port, rejectUnauthorized: false, maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' },
      () => { socket.destroy(); resolve(false); });
    socket.on('error', () => resolve(true));
  });
  assert.ok(refused);
});

test('SIGHUP takes a new certificate without cutting off who is connected', async () => {
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
  const first = await get('/.well-known/oauth-authorization-server', agent);
  assert.equal(first.name, 'first');
  issue('second');
  await reload('host.reloaded');
  assert.equal(await shownName(), 'second');
  const again = await get('/.well-known/oauth-authorization-server', agent);
  assert.equal(again.status, 200);
  assert.equal(again.socket, first.socket, 'the connection of before is still in use');
  agent.destroy();
});

test('a broken certificate leaves the old one in service', async () => {
  fs.writeFileSync(certificate, 'no certificate');
  await reload('host.not_reloaded');
  assert.equal(await shownName(), 'second');
});

test('a host whose certificate cannot be read does not start', async () => {
  assert.deepEqual(await host.stop(), { code: 0, signal: null });
  await assert.rejects(host.serve());
});
