// A stand-in in this process and a client that signs users in at it, hop by hop.
import crypto from 'node:crypto';
import { parseSettings } from '../settings.mjs';
import { startStandin } from '../standin.mjs';

export const redirectUri = 'http://127.0.0.1:8080/callback';

const challengeOf = (verifier) => crypto.createHash('sha256').update(verifier).digest('base64url');
const form = (fields) => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields),
});

export async function startClient(...flags) {
  const standin = await startStandin(parseSettings(['--port', '0', ...flags]));
  const control = async (name, body) => {
    const response = await fetch(`${standin.origin}/__control/${name}`, body === undefined
      ? {} : { method: 'POST', body: JSON.stringify(body) });
    return response.json();
  };
  const info = await control('info');
  const basic = `Basic ${Buffer.from(`${info.client_id}:${info.client_secret}`).toString('base64')}`;
  const url = (path) => `${standin.issuer}${path}`;

  /** Sends a form as the application and returns {status, headers, json}. */
  async function post(path, fields, headers = {}) {
    const request = form(fields);
    const response = await fetch(url(path), { ...request, headers: { authorization: basic, ...request.headers, ...headers } });
    const text = await response.text();
    let json = null;
    try {
      json = JSON.parse(text);
    } catch {} // a test of a broken answer looks at null
    return { status: response.status, headers: response.headers, json };
  }

  const codeRequest = (verifier, extra = {}) => new URLSearchParams({
    response_type: 'code', client_id: info.client_id, redirect_uri: redirectUri, state: 'st', nonce: 'nn',
    scope: 'openid profile todo_api:read todo_api:write', resource: 'https://todo.api.example',
    code_challenge: challengeOf(verifier), code_challenge_method: 'S256', ...extra,
  });

  /** One authorization request. `jar` keeps cookies between calls: {cookie?: string}. */
  async function authorize(extra, jar = {}) {
    const verifier = crypto.randomBytes(32).toString('base64url');
    const response = await fetch(`${url('/authorize')}?${codeRequest(verifier, extra)}`, {
      redirect: 'manual', headers: jar.cookie ? { cookie: jar.cookie } : {},
    });
    const cookies = response.headers.getSetCookie();
    if (cookies.length) jar.cookie = cookies.map((cookie) => cookie.split(';')[0]).join('; ');
    const location = response.headers.get('location');
    const body = await response.text();
    return { status: response.status, location: location && new URL(location, standin.issuer), verifier, body };
  }

  const redeem = ({ location, verifier }) => post('/token', {
    grant_type: 'authorization_code', code: location.searchParams.get('code'), redirect_uri: redirectUri, code_verifier: verifier,
  });

  return {
    ...standin, info, url, control, post, codeRequest, authorize, redeem,
    signIn: async (extra, jar) => redeem(await authorize(extra, jar)),
    refresh: (token) => post('/token', { grant_type: 'refresh_token', refresh_token: token }),
  };
}
