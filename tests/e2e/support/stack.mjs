// A private stack for one test file: fresh database, stand-in, Todo API and hosts on free ports.
// Its logs stay in build/e2e-logs; when it stops they are searched for secrets, and every message
// that the hosts sent to this process must have been one of the official schemas.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after } from 'node:test';
import { inBuild } from '../../../etc/demo/stack/paths.mjs';
import { Stack } from '../../../etc/demo/stack/stack.mjs';
import { OAuth } from './oauth.mjs';
import { recordFetch } from './recording_fetch.mjs';
import { assertNoSecrets } from './secrets.mjs';
import { Wire } from './wire.mjs';

/** Call at the top of a test file; the stack ends with the file. */
export async function startStack(name, options = {}) {
  const folder = inBuild('data', 'e2e', name);
  const logs = inBuild('e2e-logs', name);
  for (const old of [folder, logs]) fs.rmSync(old, { recursive: true, force: true });
  const stack = await Stack.start({ folder, logs, ...options });
  stack.wire = new Wire();
  const origins = new Set(stack.hosts.flatMap(({ origin, publicUrl }) => [origin, publicUrl]));
  const stopRecording = recordFetch(stack.wire, (origin) => origins.has(origin));
  after(async () => {
    stopRecording();
    await stack.stop();
    assertNoSecrets(logs, stack.hosts);
    assert.deepEqual(stack.wire.problems, [], 'messages that are not those of the official schema');
  });
  stack.oauth = stack.hosts.map((host) => new OAuth(host.publicUrl));
  return stack;
}
