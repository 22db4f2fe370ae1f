// Everything a plugin can offer, through every official client and every era it speaks: the plugin
// is the same, and so are the answers.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { binaries } from '../../etc/demo/stack/paths.mjs';
import { sleep } from '../../etc/demo/stack/process.mjs';
import { closeAll, connect, variants } from './support/scripted_client.mjs';
import { startStack } from './support/stack.mjs';

const stack = await startStack('eras', { config: [{ plugins: { directory: binaries.conformancePlugins }, plugin: undefined }] });
const { access_token: token } = await stack.oauth[0].signIn();
afterEach(closeAll);
const textOf = (result) => result.content.map(({ text }) => text).join('\n');

for (const [name, variant] of Object.entries(variants)) {
  const open = () => connect(variant, stack.host.origin, token);

  test(`${name}: tools, and every kind of content`, async () => {
    const it = await open();
    const { tools } = await it.client.listTools();
    assert.ok(tools.some((tool) => tool.name === 'test_simple_text'));
    const kinds = async (tool) => (await it.call(tool)).content.map(({ type }) => type);
    assert.deepEqual(await kinds('test_simple_text'), ['text']);
    assert.deepEqual(await kinds('test_image_content'), ['image']);
    assert.deepEqual(await kinds('test_embedded_resource'), ['resource']);
    assert.deepEqual(await kinds('test_multiple_content_types'), ['text', 'image', 'resource']);
    const failed = await it.call('test_error_handling');
    assert.equal(failed.isError, true);
  });

  test(`${name}: resources and templates`, async () => {
    const it = await open();
    const { resources } = await it.client.listResources();
    assert.ok(resources.some(({ uri }) => uri === 'test://static-text'));
    const { resourceTemplates } = await it.client.listResourceTemplates();
    assert.ok(resourceTemplates.some(({ uriTemplate }) => uriTemplate === 'test://template/{id}/data'));
    const { contents } = await it.client.readResource({ uri: 'test://template/42/data' });
    assert.match(contents[0].text, /42/);
    const binary = await it.client.readResource({ uri: 'test://static-binary' });
    assert.ok(binary.contents[0].blob);
    await assert.rejects(it.client.readResource({ uri: 'test://nowhere' }), { code: variant.notFound });
  });

  test(`${name}: prompts and completion`, async () => {
    const it = await open();
    const { prompts } = await it.client.listPrompts();
    assert.ok(prompts.some((prompt) => prompt.name === 'test_prompt_with_arguments'));
    const { messages } = await it.client.getPrompt({ name: 'test_prompt_with_arguments', arguments: { arg1: 'one', arg2: 'two' } });
    assert.match(messages[0].content.text, /one.*two/s);
    const { completion } = await it.client.complete({
      ref: { type: 'ref/prompt', name: 'test_prompt_with_arguments' }, argument: { name: 'arg1', value: 'te' },
    });
    assert.ok(Array.isArray(completion.values));
  });

  test(`${name}: progress comes before the result`, async () => {
    const it = await open();
    const seen = [];
    const options = { onprogress: ({ progress, total }) => seen.push([progress, total]) };
    const result = await it.call('test_tool_with_progress', {}, options);
    assert.ok(result.content.length > 0);
    assert.deepEqual(seen, [[0, 100], [50, 100], [100, 100]]);
  });

  test(`${name}: the plugin asks the user, the model and for roots, in the era's own way`, async () => {
    const it = await open();
    const asked = await it.call('test_elicitation', { message: 'Who are you?' });
    if (variant.noForms) {
      assert.equal(asked.isError, true);
      assert.match(textOf(asked), /elicitation/);
    } else {
      assert.match(textOf(asked), /accept/);
      assert.match(textOf(asked), /mary/);
      assert.equal(it.asked.shift().params.message, 'Who are you?');
    }
    assert.match(textOf(await it.call('test_sampling', { prompt: 'Say something' })), /said by the model/);
    assert.match(textOf(await it.call('test_input_required_result_list_roots')), /Work|file:/);
    assert.deepEqual(it.asked.map(({ method }) => method), ['sampling/createMessage', 'roots/list']);
  });

  test(`${name}: two rounds of questions`, { skip: variant.noForms }, async () => {
    const it = await open();
    const result = await it.call('test_input_required_result_multi_round');
    assert.ok(result.content.length > 0 && !result.isError, textOf(result));
    assert.equal(it.asked.length, 2);
  });

  test(`${name}: what the plugin logs reaches a client that asks for it`, async () => {
    const it = await open();
    if (variant.modern) {
      await it.client.callTool({ name: 'test_tool_with_logging', arguments: {}, _meta: { 'io.modelcontextprotocol/logLevel': 'debug' } });
    } else {
      await it.client.setLoggingLevel('debug');
      await it.call('test_tool_with_logging');
    }
    await it.toldOf('notifications/message');
    assert.equal(it.told.filter(({ method }) => method === 'notifications/message').length, 3);
  });

  test(`${name}: a change of the tools is announced to who listens`, async () => {
    const it = await open();
    const subscription = variant.modern && await it.client.listen({ toolsListChanged: true });
    if (!variant.modern) await sleep(300); // the GET stream opens on its own
    await it.call('test_trigger_tool_change');
    await it.toldOf('notifications/tools/list_changed');
    await subscription?.close?.();
  });

  test(`${name}: an update of a resource is announced to who subscribed to it`, async () => {
    const it = await open();
    const uri = 'test://watched-resource';
    const subscription = variant.modern && await it.client.listen({ resourceSubscriptions: [uri] });
    if (!variant.modern) {
      await it.client.subscribeResource({ uri });
      await sleep(300);
    }
    await it.call('test_trigger_resource_update');
    assert.equal((await it.toldOf('notifications/resources/updated')).params.uri, uri);
    if (!variant.modern) await it.client.unsubscribeResource({ uri });
    await subscription?.close?.();
  });

  test(`${name}: a call that is given up ends, and the connection lives on`, async () => {
    const it = await open();
    const aborter = new AbortController();
    const running = it.call('slow_compute', { seconds: 20 }, { signal: aborter.signal });
    setTimeout(() => aborter.abort('no longer wanted'), 200);
    await assert.rejects(running);
    assert.match(textOf(await it.call('test_simple_text')), /simple text/);
  });
}
