// A bare OAuth client: every parameter can be bent. The official clients are used where it is not.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { Browser, approvingUser } from '../../../etc/demo/road/browser.mjs';
import { remember } from './secrets.mjs';

export const redirectUri = 'http://127.0.0.1:33418/cb'; // nobody listens: browsers are stopped there

const random = () => crypto.randomBytes(32).toString('base64url');
const challengeOf = (verifier) => crypto.createHash('sha256').update(verifier).digest('base64url');

/** {status, headers, json, text} of an answer. */
export async function read(response) {
  const text = await response.text();
  let json;
  try {
    json = JSON.parse(text);
  } catch {} // some answers are pages or empty
  return { status: response.status, headers: response.headers, text, json };
}

export class OAuth {
  constructor(publicUrl) {
    this.publicUrl = publicUrl;
    this.resource = `${publicUrl}/mcp`;
  }

  url(path) {
    return new URL(path, this.publicUrl).href;
  }

  async get(path, init) {
    return read(await fetch(this.url(path), init));
  }

  async post(path, fields, headers = {}) {
    return read(await fetch(this.url(path), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
    }));
  }

  async postJson(path, value, headers = {}) {
    return this.post(path, typeof value === 'string' ? value : JSON.stringify(value), { 'content-type': 'application/json', ...headers });
  }

  async register(metadata = {}) {
    const { status, json, text } = await this.postJson('/register', {
      client_name: 'End-to-end', redirect_uris: [redirectUri], token_endpoint_auth_method: 'none', ...metadata,
    });
    assert.equal(status, 201, text);
    remember(json.client_secret);
    return json;
  }

  /** What /authorize is asked. `bend` replaces parameters; undefined leaves one out. */
  authorization(client, bend = {}) {
    const verifier = random();
    const all = {
      response_type: 'code', client_id: client.client_id, redirect_uri: redirectUri, state: 'the-state',
      code_challenge: challengeOf(verifier), code_challenge_method: 'S256', resource: this.resource, ...bend,
    };
    const query = new URLSearchParams(Object.entries(all).filter(([, value]) => value !== undefined));
    remember(verifier);
    return { verifier, href: `${this.url('/authorize')}?${query}` };
  }

  /** The browser's way from /authorize to the client: the URL the client gets. */
  async visit(href, { browser = new Browser(), answer = approvingUser } = {}) {
    const { arrived, stayed } = await browser.travel(href, { end: redirectUri, answer });
    assert.ok(arrived, `left at ${stayed?.url}: ${stayed?.status} ${stayed?.html.slice(0, 300)}`);
    remember(arrived.searchParams.get('code'));
    return arrived;
  }

  /** Client authentication of a token request: {fields, headers}. */
  credentials({ client_id: id, client_secret: secret }) {
    return secret
      ? { fields: {}, headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` } }
      : { fields: { client_id: id }, headers: {} };
  }

  async token(client, fields) {
    const { fields: own, headers } = this.credentials(client);
    const answer = await this.post('/token', { ...own, ...fields }, headers);
    remember(answer.json?.access_token, answer.json?.refresh_token);
    return answer;
  }

  redeem(client, code, verifier, bend = {}) {
    return this.token(client, {
      grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirectUri, resource: this.resource, ...bend,
    });
  }

  refresh(client, refreshToken, bend = {}) {
    return this.token(client, { grant_type: 'refresh_token', refresh_token: refreshToken, ...bend });
  }

  revoke(client, token) {
    const { fields, headers } = this.credentials(client);
    return this.post('/revoke', { ...fields, token }, headers);
  }

  /** A code for `client`, with what its redemption needs: {code, verifier}. */
  async code(client, { bend, ...how } = {}) {
    const { href, verifier } = this.authorization(client, bend);
    const arrived = await this.visit(href, how);
    assert.ok(arrived.searchParams.get('code'), arrived.href);
    return { code: arrived.searchParams.get('code'), verifier };
  }

  /** The whole way: {client, access_token, refresh_token, …}. */
  async signIn({ client, ...how } = {}) {
    const known = client ?? await this.register();
    const { code, verifier } = await this.code(known, how);
    const { status, json, text } = await this.redeem(known, code, verifier);
    assert.equal(status, 200, text);
    return { client: known, ...json };
  }
}
