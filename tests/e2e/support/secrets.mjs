// The canary: what passed through the tests as a secret must not be found in any log of a host.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';

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
