// Tasks: begun on one host, read, answered and cancelled on any, and truthful when their host is gone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binaries } from '../../etc/demo/stack/paths.mjs';
import { sleep } from '../../etc/demo/stack/process.mjs';
import { Mcp } from './support/mcp.mjs';
import { startStack } from './support/stack.mjs';

const stack = await startStack('tasks', {
  hosts: 2, sharedPublicUrl: true, config: [{ plugins: { directory: binaries.conformancePlugins }, plugin: undefined }],
});
const [hostA, hostB] = stack.hosts;
const { access_token: token } = await stack.oauth[0].signIn();
const knowsTasks = { elicitation: {}, extensions: { 'io.modelcontextprotocol/tasks': {} } };

/** The result of a request of a client that knows tasks. */
async function ask(host, method, params, bearer = token) {
  const { json, text } = await new Mcp(host.origin, bearer).modern(method, params, {}, knowsTasks);
  assert.ok(json?.result, text);
  return json.result;
}

async function begin(host, name, args = {}) {
  const result = await ask(host, 'tools/call', { name, arguments: args });
  assert.equal(result.resultType, 'task', JSON.stringify(result));
  return result.taskId;
}

async function reach(host, taskId, status, timeoutMs = 15_000) {
  let task;
  for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(100)) {
    task = await ask(host, 'tasks/get', { taskId });
    if (task.status === status) return task;
    assert.ok(['working', 'input_required'].includes(task.status), `it is ${task.status} instead of ${status}`);
  }
  throw new Error(`still ${task.status}, not ${status}, after ${timeoutMs} ms`);
}

test('a task of A is there on B at once, and its result too', async () => {
  const taskId = await begin(hostA, 'slow_compute', { seconds: 1 });
  assert.equal((await ask(hostB, 'tasks/get', { taskId })).status, 'working');
  const { result } = await reach(hostB, taskId, 'completed');
  assert.ok(result.content.length > 0);
  assert.deepEqual((await ask(hostA, 'tasks/get', { taskId })).result, result);
});

test('what a task of A asks is answered at B', async () => {
  const taskId = await begin(hostA, 'confirm_delete', { filename: 'report.txt' });
  const { inputRequests } = await reach(hostB, taskId, 'input_required');
  const [[key, request]] = Object.entries(inputRequests);
  assert.equal(request.method, 'elicitation/create');
  await ask(hostB, 'tasks/update', { taskId, inputResponses: { [key]: { action: 'accept', content: { confirm: true } } } });
  assert.ok((await reach(hostB, taskId, 'completed')).result.content.length > 0);
});

test('a task of A is cancelled at B', async () => {
  const taskId = await begin(hostA, 'slow_compute', { seconds: 60 });
  await ask(hostB, 'tasks/cancel', { taskId });
  await reach(hostB, taskId, 'cancelled');
  assert.equal((await ask(hostA, 'tasks/get', { taskId })).status, 'cancelled');
});

test('a task is nobody else\'s', async () => {
  const taskId = await begin(hostA, 'slow_compute', { seconds: 1 });
  const { access_token: other } = await stack.oauth[0].signIn(); // the same person, another client
  for (const method of ['tasks/get', 'tasks/cancel']) {
    const { json } = await new Mcp(hostB.origin, other).modern(method, { taskId }, {}, knowsTasks);
    assert.equal(json.error?.code, -32602, method);
  }
  await reach(hostA, taskId, 'completed');
});

test('a task whose host is killed fails truthfully, and a finished one keeps its result', { timeout: 120_000 }, async () => {
  const finished = await begin(hostA, 'slow_compute', { seconds: 0.2 });
  const { result } = await reach(hostA, finished, 'completed');
  const lost = await begin(hostA, 'slow_compute', { seconds: 90 });
  await hostA.stop('SIGKILL');
  const task = await reach(hostB, lost, 'failed', 90_000);
  assert.ok(task.error.message, JSON.stringify(task));
  await hostA.serve();
  assert.equal((await ask(hostA, 'tasks/get', { taskId: lost })).status, 'failed');
  assert.deepEqual((await ask(hostA, 'tasks/get', { taskId: finished })).result, result);
});
