// A private stack for one test file: fresh database, stand-in, Todo API and hosts on free ports.
// Its logs stay in build/e2e-logs; when it stops they are searched for secrets, and every message
// that the hosts sent to this process must have been one of the official schemas.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
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
  const watched = path.join(logs, 'wire');
  /** The environment of a client in a Node process of its own: its host is held to the schemas as well. */
  stack.watchedEnvironment = () => {
    fs.mkdirSync(watched, { recursive: true });
    return {
      NODE_OPTIONS: `--import ${new URL('watched_process.mjs', import.meta.url).href}`,
      MCPH_WIRE_FOLDER: watched, MCPH_WIRE_ORIGINS: [...origins].join(' '),
    };
  };
  after(async () => {
    stopRecording();
    await stack.stop();
    assertNoSecrets(logs, stack.hosts);
    const reports = fs.existsSync(watched) ? fs.readdirSync(watched).map((file) => JSON.parse(fs.readFileSync(path.join(watched, file), 'utf8'))) : undefined;
    if (reports) assert.ok(reports.some(({ checked }) => checked > 0), 'no message of a watched client was seen');
    const problems = [stack.wire, ...reports ?? []].flatMap((wire) => wire.problems);
    assert.deepEqual(problems, [], 'messages that are not those of the official schema');
  });
  stack.oauth = stack.hosts.map((host) => new OAuth(host.publicUrl));
  return stack;
}
