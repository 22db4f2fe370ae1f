// Random markers that stand for secrets, and every form in which one could come out again.
import crypto from 'node:crypto';

export const makeMarker = (what) => `canary${what}${crypto.randomBytes(18).toString('base64url').replace(/[-_]/g, 'x')}`;

// base64 writes the same bytes in one of three ways, as they lie at 0, 1 or 2 modulo 3. What the
// neighbours of the secret have a part in is cut off.
function base64Forms(bytes) {
  return [0, 1, 2].map((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    const begin = Math.ceil((offset * 8) / 6);
    const end = Math.floor((padded.length * 8) / 6);
    return padded.toString('base64').slice(begin, end);
  });
}

/** The texts to look for. */
export function formsOf(secret) {
  const bytes = Buffer.from(secret);
  const base64 = base64Forms(bytes);
  return new Set([
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    [...secret].reverse().join(''),
  ]);
}

/** Where a secret is found: [what it is, the form's first letters]. `secrets` is a Map of text to what it is. */
export function findSecrets(text, secrets) {
  const found = [];
  for (const [secret, what] of secrets) {
    for (const form of formsOf(secret)) {
      if (text.includes(form)) found.push(`${what}, as ${form.slice(0, 12)}…`);
    }
  }
  return found;
}
