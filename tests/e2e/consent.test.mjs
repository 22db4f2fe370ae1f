// The consent page in a real browser: read, approved, cancelled.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { chromium } from 'playwright-core';
import { inBuild } from '../../etc/demo/stack/paths.mjs';
import { Mcp } from './support/mcp.mjs';
import { redirectUri } from './support/oauth.mjs';
import { remember } from './support/secrets.mjs';
import { startStack } from './support/stack.mjs';

const stack = await startStack('consent', { interactive: true, config: [{ consent: { remember: true } }] });
const [oauth] = stack.oauth;

const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'chromium-'));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
  viewport: { width: 900, height: 820 },
});
after(async () => {
  await browser.close();
  fs.rmSync(profile, { recursive: true, force: true });
});

/**
 * A page at /authorize, with a clean cookie jar unless the browser is to be `known`. The client's address is never
 * reached: it is caught.
 */
async function openConsent(metadata, { known = false } = {}) {
  if (!known) await browser.clearCookies();
  const client = await oauth.register({ client_name: 'Trip planner', client_uri: 'https://planner.example', ...metadata });
  const { href, verifier } = oauth.authorization(client);
  const page = await browser.newPage();
  const problems = [];
  page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  const arrived = new Promise((resolve) => {
    page.route(`${redirectUri}**`, (route) => {
      resolve(new URL(route.request().url()));
      return route.fulfill({ status: 200, contentType: 'text/html', body: 'back at the client' });
    });
  });
  const response = await page.goto(href);
  return { page, client, verifier, arrived, response, problems };
}

const approve = (page) => page.getByRole('button', { name: /approve|allow/i });
const cancel = (page) => page.getByRole('button', { name: /cancel|deny/i });

test('the consent page names the client, where it goes and what it may do', async () => {
  const { page, response, problems } = await openConsent();
  assert.equal(response.status(), 200);
  assert.match(response.headers()['content-security-policy'], /frame-ancestors 'none'/);
  assert.equal(response.headers()['cache-control'], 'no-store');
  const text = await page.locator('body').innerText();
  for (const expected of [/Trip planner/, /127\.0\.0\.1/, /todo|tool/i]) assert.match(text, expected);
  assert.ok(await approve(page).isVisible() && await cancel(page).isVisible());
  assert.deepEqual(problems, []);
  await page.screenshot({ fullPage: true, path: inBuild('consent.png') });
  await page.close();
});

test('a client name is text, not markup', async () => {
  const { page } = await openConsent({ client_name: '<img src=x onerror=alert(1)>' });
  assert.equal(await page.locator('img[src="x"]').count(), 0);
  assert.match(await page.locator('body').innerText(), /<img src=x/);
  await page.close();
});

test('Approve leads through the sign-in page to a code that works', async () => {
  const { page, client, verifier, arrived } = await openConsent();
  await approve(page).click();
  await page.getByLabel('Username').fill('john.sample');
  await page.getByLabel('Password').fill('john-demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
  const { searchParams } = await arrived;
  assert.equal(searchParams.get('state'), 'the-state');
  assert.equal(searchParams.get('iss'), oauth.publicUrl);
  const { status, json } = await oauth.redeem(client, searchParams.get('code'), verifier);
  assert.equal(status, 200);
  assert.equal(json.token_type.toLowerCase(), 'bearer');
  await page.close();
});

test('Cancel on the consent page tells the client access_denied and asks PingOne nothing', async () => {
  const before = await stack.pingone.countOf('authorize');
  const { page, arrived } = await openConsent();
  await cancel(page).click();
  const { searchParams } = await arrived;
  assert.equal(searchParams.get('error'), 'access_denied');
  assert.equal(searchParams.get('state'), 'the-state');
  assert.equal(searchParams.get('iss'), oauth.publicUrl);
  assert.equal(await stack.pingone.countOf('authorize'), before);
  await page.close();
});

test('Cancel on the sign-in page tells the client access_denied', async () => {
  const { page, arrived } = await openConsent();
  await approve(page).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  const { searchParams } = await arrived;
  assert.equal(searchParams.get('error'), 'access_denied');
  assert.equal(searchParams.get('state'), 'the-state');
  await page.close();
});

async function signInAs(page, name) {
  await page.getByLabel('Username').fill(`${name}.sample`);
  await page.getByLabel('Password').fill(`${name}-demo`);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Whose to-do list the client of that page may see now. */
async function personOf({ arrived, client, verifier }) {
  const { json } = await oauth.redeem(client, (await arrived).searchParams.get('code'), verifier);
  return (await new Mcp(stack.host.publicUrl, json.access_token).call('who_am_I')).content[0].text;
}

test('a person who finds somebody else signed in uses another account, and comes back to the same page', async () => {
  const first = await openConsent();
  await approve(first.page).click();
  await signInAs(first.page, 'mary');
  assert.match(await personOf(first), /mary\.sample/);

  const again = await openConsent({}, { known: true });
  await approve(again.page).click(); // nobody asks who it is
  assert.match(await personOf(again), /mary\.sample/);

  const other = await openConsent({ client_name: 'Of John' }, { known: true });
  await other.page.getByRole('button', { name: 'Use another account' }).click();
  await other.page.getByRole('heading', { name: /Of John wants to use/ }).waitFor();
  const [{ query }] = (await stack.pingone.control('requests')).filter(({ endpoint }) => endpoint === 'signoff');
  assert.ok(query.id_token_hint, 'PingOne is told whose sign-in ends');
  remember(query.id_token_hint);
  await approve(other.page).click();
  await signInAs(other.page, 'john');
  assert.match(await personOf(other), /john\.sample/);
  assert.deepEqual(other.problems, []);
  for (const { page } of [first, again, other]) await page.close();
});

test('the sign-out page ends the sign-in at PingOne and says what stays', async () => {
  const first = await openConsent();
  await approve(first.page).click();
  await signInAs(first.page, 'mary');
  const { json: tokens } = await oauth.redeem(first.client, (await first.arrived).searchParams.get('code'), first.verifier);
  const page = await browser.newPage();
  await page.goto(oauth.url('/signout'));
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  const again = await openConsent({}, { known: true });
  await approve(again.page).click();
  assert.ok(await again.page.getByLabel('Username').isVisible());
  assert.ok(tokens.access_token);
  for (const open of [first.page, page, again.page]) await open.close();
});

test('two pages in two tabs are approved apart from each other', async () => {
  const first = await openConsent();
  const client = await oauth.register({ client_name: 'Second' });
  const { href, verifier } = oauth.authorization(client, { state: 'second-state' });
  const page = await browser.newPage();
  const arrived = new Promise((resolve) => {
    page.route(`${redirectUri}**`, (route) => {
      resolve(new URL(route.request().url()));
      return route.fulfill({ status: 200, contentType: 'text/html', body: 'back' });
    });
  });
  await page.goto(href);
  await approve(page).click();
  await page.getByLabel('Username').fill('john.sample');
  await page.getByLabel('Password').fill('john-demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
  const second = (await arrived).searchParams;
  assert.equal(second.get('state'), 'second-state');
  assert.equal((await oauth.redeem(client, second.get('code'), verifier)).status, 200);
  await page.close();
  await approve(first.page).click(); // signed in already
  const answer = (await first.arrived).searchParams;
  assert.equal(answer.get('state'), 'the-state');
  assert.equal((await oauth.redeem(first.client, answer.get('code'), first.verifier)).status, 200);
  await first.page.close();
});

/** WCAG 2.2: the contrast of every text on the page with what is behind it. */
const contrasts = () => {
  const parse = (text) => {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const luminance = ({ r, g, b }) => [r, g, b]
    .map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.a === 1) return colour;
    }
    return { r: 255, g: 255, b: 255 };
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    if (!text) continue;
    const element = walker.currentNode.parentElement;
    const [light, dark] = [luminance(parse(getComputedStyle(element).color)), luminance(behind(element))].sort((a, b) => b - a);
    found.push({ text, ratio: (light + 0.05) / (dark + 0.05) });
  }
  return found;
};

for (const colorScheme of ['light', 'dark']) {
  test(`every text of the page can be read: contrast of 4.5 and more, ${colorScheme}`, async () => {
    const { page, problems } = await openConsent();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const found = await page.evaluate(contrasts);
    assert.ok(found.length > 8);
    assert.deepEqual(found.filter(({ ratio }) => ratio < 4.5), []);
    assert.deepEqual(problems, []);
    await page.screenshot({ fullPage: true, path: inBuild(`consent-${colorScheme}.png`) });
    await page.setViewportSize({ width: 340, height: 720 });
    const overflows = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    assert.equal(overflows, false, 'it scrolls sideways on a phone');
    await page.screenshot({ fullPage: true, path: inBuild(`consent-${colorScheme}-phone.png`) });
    await page.close();
  });
}

test('the page works with the keyboard alone, and everything on it has a name', async () => {
  const { page, arrived } = await openConsent();
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  assert.equal(await page.locator('h1').count(), 1);
  assert.ok(await page.getByRole('list', { name: 'It will be able to' }).isVisible());
  assert.ok(await page.getByRole('checkbox', { name: /do not ask me again/i }).isVisible());
  const order = [];
  for (let i = 0; i < 3; i += 1) {
    await page.keyboard.press('Tab');
    order.push(await page.evaluate(() => document.activeElement.name + (document.activeElement.value ?? '')));
  }
  assert.deepEqual(order, ['rememberyes', 'decisionapprove', 'decisioncancel']);
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'none');
  await page.keyboard.press('Enter');
  assert.equal((await arrived).searchParams.get('error'), 'access_denied');
  await page.close();
});

test('nothing on the page runs or is loaded from anywhere', async () => {
  const { page, response } = await openConsent();
  const policy = response.headers()['content-security-policy'];
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /script-src|unsafe-inline/);
  assert.match(policy, /base-uri 'none'/);
  assert.equal(await page.locator('script, [onclick], [onload], [onsubmit], img, link, iframe').count(), 0);
  await page.close();
});

test('what a user lets the browser remember is not asked again, and only where nothing leads them', async () => {
  const { page, client, arrived } = await openConsent();
  await page.getByRole('checkbox').check();
  await approve(page).click();
  await page.getByLabel('Username').fill('john.sample');
  await page.getByLabel('Password').fill('john-demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
  assert.ok((await arrived).searchParams.get('code'));

  const { href } = oauth.authorization(client, { state: 'again' });
  const again = page.waitForRequest((request) => request.url().startsWith(redirectUri));
  await page.goto(href).catch(() => {}); // nobody listens there
  const { searchParams } = new URL((await again).url());
  assert.equal(searchParams.get('state'), 'again');
  assert.ok(searchParams.get('code'), 'it was asked again');

  // The same address, but a page elsewhere sends the browser there.
  const elsewhere = await browser.newPage();
  await elsewhere.route('http://evil.example/**', (route) => route.fulfill({
    status: 200, contentType: 'text/html', body: `<a href="${href.replaceAll('&', '&amp;')}">go</a>`,
  }));
  await elsewhere.goto('http://evil.example/');
  await elsewhere.getByRole('link').click();
  await approve(elsewhere).waitFor();
  await elsewhere.close();
  await page.close();
});
