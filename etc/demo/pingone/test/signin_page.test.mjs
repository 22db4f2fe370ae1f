import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as jose from 'jose';
import { redirectUri, startClient } from './support.mjs';

let client;
before(async () => { client = await startClient('--interactive'); });
after(() => client.close());

/** A browser with cookies per path, as far as these hops need one. */
function makeBrowser() {
  const cookies = new Map();
  return async function open(url, form) {
    const { pathname } = new URL(url);
    const sent = [...cookies.values()].filter(({ path }) => pathname.startsWith(path)).map(({ pair }) => pair).join('; ');
    const response = await fetch(url, {
      redirect: 'manual', headers: { cookie: sent },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair, ...attributes] = cookie.split('; ');
      const path = attributes.find((item) => /^path=/i.test(item))?.slice(5) ?? '/';
      cookies.set(`${path} ${pair.split('=')[0]}`, { pair, path });
    }
    const location = response.headers.get('location');
    return { status: response.status, location: location && new URL(location, url), html: await response.text() };
  };
}

async function openPage(open, verifier, extra) {
  const { location } = await open(`${client.url('/authorize')}?${client.codeRequest(verifier, extra)}`);
  assert.match(location.pathname, /\/as\/__ui\//);
  return location.href;
}

const verifier = 'v'.repeat(43);
const answer = { username: 'john.sample', password: 'john-demo', decision: 'signin' };

test('the page signs the named user in', async () => {
  const open = makeBrowser();
  const page = await openPage(open, verifier, { acr_values: 'policy-1' });
  assert.match((await open(page)).html, /name="password"/);
  const { location: resume } = await open(page, answer);
  const { location } = await open(resume.href);
  assert.equal(location.origin + location.pathname, redirectUri);
  assert.equal(location.searchParams.get('iss'), null);
  const { json } = await client.redeem({ location, verifier });
  const claims = jose.decodeJwt(json.id_token);
  assert.equal(claims.preferred_username, 'john.sample');
  assert.equal(claims.acr, 'policy-1');
  assert.ok(claims.sid);
});

test('a wrong password shows the page again and escapes what was typed', async () => {
  const open = makeBrowser();
  const page = await openPage(open, verifier);
  const { status, html } = await open(page, { ...answer, username: '<b>', password: 'wrong' });
  assert.equal(status, 401);
  assert.match(html, /Wrong username or password/);
  assert.ok(!html.includes('<b>'));
});

test('Cancel goes back with access_denied', async () => {
  const open = makeBrowser();
  const page = await openPage(open, verifier);
  const { location: resume } = await open(page, { ...answer, decision: 'cancel' });
  const { location } = await open(resume.href);
  assert.equal(location.searchParams.get('error'), 'access_denied');
  assert.equal(location.searchParams.get('state'), 'st');
});

test('a session spares the page until prompt=login', async () => {
  const open = makeBrowser();
  const page = await openPage(open, verifier);
  await open((await open(page, answer)).location.href);
  const { location } = await open(`${client.url('/authorize')}?${client.codeRequest(verifier)}`);
  assert.ok(location.searchParams.get('code'));
  await openPage(open, verifier, { prompt: 'login' });
});

test('a page nobody asked for is refused', async () => {
  assert.equal((await fetch(client.url('/__ui/nothing'))).status, 400);
});
