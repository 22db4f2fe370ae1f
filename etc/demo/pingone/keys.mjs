// The signing keys. The first one signs; the published set may differ from the set in use, so that
// "signed before published" and "old key dropped" can be played.
import crypto from 'node:crypto';
import * as jose from 'jose';

async function makeKey() {
  const { privateKey } = await jose.generateKeyPair('RS256', { extractable: true, modulusLength: 2048 });
  return { ...(await jose.exportJWK(privateKey)), kid: crypto.randomUUID(), use: 'sig', alg: 'RS256' };
}

const publicPart = ({ kty, n, e, kid, use, alg }) => ({ kty, n, e, kid, use, alg });

export class Keys {
  static async create() {
    const keys = new Keys();
    keys.all = [await makeKey()];
    keys.publishedKids = null; // null: all of them
    return keys;
  }

  get signer() {
    return this.all[0];
  }

  get published() {
    return {
      keys: this.all.filter((key) => this.publishedKids?.includes(key.kid) ?? true).map(publicPart),
    };
  }

  publishAll() {
    this.publishedKids = null;
  }

  /** A new signer. `publish: false` keeps it out of the JWKS, `dropOld` forgets the earlier ones. */
  async rotate({ publish = true, dropOld = false } = {}) {
    const key = await makeKey();
    const old = this.all;
    this.all = dropOld ? [key] : [key, ...old];
    this.publishedKids = publish ? null : old.map(({ kid }) => kid);
    return key;
  }

  async sign(claims, header = {}) {
    return new jose.SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: this.signer.kid, ...header })
      .sign(await jose.importJWK(this.signer, 'RS256'));
  }

  /** The claims of a token one of our keys signed, whether it is published or not. */
  async verify(token, issuer) {
    const jwks = jose.createLocalJWKSet({ keys: this.all.map(publicPart) });
    const { payload } = await jose.jwtVerify(token, jwks, { issuer, algorithms: ['RS256'] });
    return payload;
  }

  /** A token made wrong on purpose, from a right one. */
  async tamper(token, { claims, drop = [], alg, hsKey, badSignature, kid }) {
    const payload = { ...jose.decodeJwt(token), ...claims };
    for (const name of drop) delete payload[name];
    const header = { kid: kid ?? this.signer.kid };
    if (alg === 'none') {
      const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
      return `${part({ alg: 'none' })}.${part(payload)}.`;
    }
    if (alg === 'HS256') {
      return new jose.SignJWT(payload)
        .setProtectedHeader({ ...header, alg })
        .sign(new TextEncoder().encode(hsKey ?? 'a secret the verifier could know'));
    }
    if (badSignature) {
      return new jose.SignJWT(payload)
        .setProtectedHeader({ ...header, alg: 'RS256' })
        .sign(await jose.importJWK(await makeKey(), 'RS256'));
    }
    return this.sign(payload, header);
  }
}
