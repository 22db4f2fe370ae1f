// Two hosts behind a load balancer that remembers nobody: every client works as with one host, and
// each leg of a session is tried on either of them.
import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { binaries } from '../../etc/demo/stack/paths.mjs';
import { sleep } from '../../etc/demo/stack/process.mjs';
import { Mcp } from './support/mcp.mjs';
import { SessionStream } from './support/session_stream.mjs';
import { startRoundRobin } from './support/round_robin.mjs';
import { closeAll, connect, script, variants } from './support/scripted_client.mjs';
import { startStack } from './support/stack.mjs';

const stack = await startStack('round_robin', {
  hosts: 2, sharedPublicUrl: true, config: [{ plugins: { directory: binaries.conformancePlugins }, plugin: undefined }],
});
const [hostA, hostB] = stack.hosts;
const { access_token: token } = await stack.oauth[0].signIn();
const balancer = await startRoundRobin(stack.hosts.map(({ origin }) => new URL(origin).port));
after(() => balancer.stop());
afterEach(closeAll);

const textOf = (result) => result.content.map(({ text }) => text).join('\n');

for (const [name, variant] of Object.entries(variants)) {
  test(`${name}: the whole flow, each request on the other host`, { timeout: 60_000 }, async () => {
    const it = await connect(variant, balancer.origin, token);
    assert.ok((await it.client.listTools()).tools.length > 0);
    for (let turn = 0; turn < 3; turn += 1) {
      assert.match(textOf(await it.call('test_simple_text')), /simple text/);
      if (!variant.noForms) assert.match(textOf(await it.call('test_elicitation', { message: `round ${turn}` })), /mary/);
      assert.match(textOf(await it.call('test_sampling', { prompt: `round ${turn}` })), /said by the model/);
    }
    const subscription = variant.modern && await it.client.listen({ toolsListChanged: true });
    if (!variant.modern) await sleep(300);
    for (let turn = 0; turn < 2; turn += 1) { // from either host
      it.told.length = 0;
      await it.call('test_trigger_tool_change');
      await it.toldOf('notifications/tools/list_changed');
    }
    await subscription?.close?.();
  });
}

/** A session that says what it can, opened on `host`. */
async function openOn(host, capabilities = { elicitation: {}, sampling: {} }) {
  const mcp = new Mcp(host.origin, token);
  return mcp.open('2025-11-25', capabilities);
}

for (const [one, other, title] of [[hostA, hostB, 'A then B'], [hostB, hostA, 'B then A']]) {
  const sender = (host, session) => (body) => new Mcp(host.origin, token).raw({ headers: session.headers, body: { jsonrpc: '2.0', ...body } });

  test(`${title}: a stream on one host hears what a call on the other one announces`, async () => {
    const session = await openOn(one);
    const stream = await SessionStream.get(one.origin, token, session);
    const { status } = await sender(other, session)({ id: 1, method: 'tools/call', params: { name: 'test_trigger_tool_change', arguments: {} } });
    assert.equal(status, 200);
    await stream.message(({ method }) => method === 'notifications/tools/list_changed');
    stream.close();
  });

  test(`${title}: the answer to a question arrives at the other host`, async () => {
    const session = await openOn(one);
    const stream = await SessionStream.post(one.origin, token, session, {
      id: 1, method: 'tools/call', params: { name: 'test_elicitation', arguments: { message: 'Who?' } },
    });
    const question = await stream.message(({ method }) => method === 'elicitation/create');
    const answered = await sender(other, session)({ id: question.id, result: script.elicit });
    assert.equal(answered.status, 202, answered.text);
    const { result } = await stream.message(({ id }) => id === 1);
    assert.match(textOf(result), /mary/);
    stream.close();
  });

  test(`${title}: a call that closed its stream is resumed on the other host`, async () => {
    const session = await openOn(one);
    const stream = await SessionStream.post(one.origin, token, session, {
      id: 1, method: 'tools/call', params: { name: 'test_reconnection', arguments: {} },
    });
    await stream.ended();
    assert.ok(stream.lastEventId, 'the stream gave no event id');
    assert.ok(!stream.messages.some(({ id }) => id === 1), 'the answer was already there');
    const resumed = await SessionStream.get(other.origin, token, session, stream.lastEventId);
    assert.ok((await resumed.message(({ id }) => id === 1)).result.content.length > 0);
    resumed.close();
  });

  test(`${title}: a level set on one host holds on the other`, async () => {
    const session = await openOn(one);
    const level = await sender(one, session)({ id: 1, method: 'logging/setLevel', params: { level: 'debug' } });
    assert.deepEqual(level.json.result, {});
    const stream = await SessionStream.post(other.origin, token, session, {
      id: 2, method: 'tools/call', params: { name: 'test_tool_with_logging', arguments: {} },
    });
    await stream.message(({ id }) => id === 2);
    assert.equal(stream.messages.filter(({ method }) => method === 'notifications/message').length, 3);
    stream.close();
  });

  test(`${title}: an ended session is ended on the other host`, async () => {
    const session = await openOn(one);
    await session.end();
    const { status } = await sender(other, session)({ id: 1, method: 'tools/list' });
    assert.equal(status, 404);
  });
}
