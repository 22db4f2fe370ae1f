// The consent page in a real browser: read, approved, cancelled.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { chromium } from 'playwright-core';
import { inBuild } from '../../etc/demo/stack/paths.mjs';
import { redirectUri } from './support/oauth.mjs';
import { startStack } from './support/stack.mjs';

const stack = await startStack('consent', { interactive: true });
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

/** A page at /authorize with a clean cookie jar. The client's address is never reached: it is caught. */
async function openConsent(metadata) {
  await browser.clearCookies();
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
