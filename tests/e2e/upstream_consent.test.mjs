// Consent that a DaVinci flow asks for: who is told what, and that nothing but its receipt counts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startStack } from './support/stack.mjs';

const policy = '8b560eda9614e47d163c8bb92750ac3b';
const pingone = { davinci_policy: policy };
const stack = await startStack('upstream_consent', {
  hosts: 3,
  config: [
    { pingone, consent: { mode: 'upstream' } },
    { pingone, consent: { mode: 'both' } },
    { pingone, consent: { mode: 'upstream', unsafe_upstream_consent: true } },
  ],
});
const [upstream, both, unsafe] = stack.oauth;
const flow = (change) => stack.pingone.control('config', change);

async function answerFor(oauth, client) {
  const known = client ?? await oauth.register({ client_name: 'Trip\u202e planner' });
  const arrived = await oauth.visit(oauth.authorization(known).href);
  return arrived.searchParams;
}

test('the flow is told who asks for what, and its receipt makes the code', async () => {
  await flow({ consentReceipt: true });
  const client = await upstream.register({ client_name: 'Trip\u202e planner' });
  const { status, headers } = await upstream.get(upstream.authorization(client).href, { redirect: 'manual' });
  assert.equal(status, 303);
  const asked = new URL(headers.get('location')).searchParams;
  assert.equal(asked.get('acr_values'), policy);
  assert.equal(asked.get('mcp_client_id'), client.client_id);
  assert.equal(asked.get('mcp_client_name'), 'Trip planner');
  assert.equal(asked.get('mcp_redirect_host'), '127.0.0.1');
  assert.equal(asked.get('mcp_scope'), 'mcp');
  assert.ok(asked.get('mcp_txn').length >= 43);
  assert.ok((await answerFor(upstream, client)).get('code'));
});

for (const [title, consentReceipt] of [['none', false], ['that of another request', 'x'.repeat(43)]]) {
  test(`a receipt that is ${title} is access_denied`, async () => {
    await flow({ consentReceipt });
    const answer = await answerFor(upstream);
    assert.equal(answer.get('error'), 'access_denied');
    assert.equal(answer.get('code'), null);
  });
}

test('in mode both our page comes first', async () => {
  await flow({ consentReceipt: true });
  const client = await both.register();
  const { status, text } = await both.get(both.authorization(client).href, { headers: { accept: 'text/html' } });
  assert.equal(status, 200);
  assert.match(text, /Approve/);
  assert.ok((await answerFor(both)).get('code'));
});

test('without receipts only if the operator says so, and is warned at every start', async () => {
  await flow({ consentReceipt: false });
  assert.ok((await answerFor(unsafe)).get('code'));
  assert.match(stack.hosts[2].process.output(), /consent\.unsafe/);
  assert.doesNotMatch(stack.hosts[0].process.output(), /consent\.unsafe/);
});
