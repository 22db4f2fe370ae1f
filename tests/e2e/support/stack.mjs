// A private stack for one test file: fresh database, stand-in, Todo API and hosts on free ports.
// Its logs stay in build/e2e-logs; when it stops they are searched for secrets.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after } from 'node:test';
import { inBuild } from '../../../etc/demo/stack/paths.mjs';
import { Stack } from '../../../etc/demo/stack/stack.mjs';
import { OAuth } from './oauth.mjs';

/** Call at the top of a test file; the stack ends with the file. */
export async function startStack(name, options = {}) {
  const folder = inBuild('data', 'e2e', name);
  const logs = inBuild('e2e-logs', name);
  for (const old of [folder, logs]) fs.rmSync(old, { recursive: true, force: true });
  const stack = new Stack();
  after(async () => {
    await stack.stop();
    if (stack.hosts) assertNoSecrets(logs, stack.hosts);
  });
  await stack.start({ folder, logs, ...options });
  stack.oauth = stack.hosts.map((host) => new OAuth(host.publicUrl));
  return stack;
}

const seen = new Set(); // every secret that passed through this process

/** Secrets that must never reach a log. */
export function remember(...secrets) {
  for (const secret of secrets) if (secret) seen.add(secret);
}

const shapes = {
  'a token of ours': /\bmcp_(at|rt)_[\w-]{16,}/,
  'a JWT': /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/,
  'a bearer': /bearer\s+[\w.~+/-]{16,}/i,
  'a client secret': /standin-secret/,
  'a password in a database URL': /postgres(ql)?:\/\/[^\s:@/]+:[^\s@]+@/,
};

export function assertNoSecrets(logs, hosts) {
  for (const { name } of hosts) {
    const file = path.join(logs, `${name}.log`);
    const log = fs.readFileSync(file, 'utf8');
    for (const secret of seen) assert.ok(!log.includes(secret), `${file} has the secret that begins with ${secret.slice(0, 6)}`);
    for (const [what, shape] of Object.entries(shapes)) assert.ok(!shape.test(log), `${file} has ${what}: ${shape.exec(log)?.[0].slice(0, 24)}`);
  }
}
