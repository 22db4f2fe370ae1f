// The official conformance suite against real hosts: both revisions, with and without authorization,
// and our authorization server. Prints what failed; --write-docs writes docs/conformance.md.
// --junit FILE leaves a report. --url URL asks a server that is there already, both revisions, and nothing else.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { approvingUser, Browser } from '../../etc/demo/road/browser.mjs';
import { binaries, inBuild, inRoot } from '../../etc/demo/stack/paths.mjs';
import { freePort } from '../../etc/demo/stack/ports.mjs';
import { Stack } from '../../etc/demo/stack/stack.mjs';
import { OAuth } from '../e2e/support/oauth.mjs';
import { Wire } from '../e2e/support/wire.mjs';
import { startProxy } from './proxy.mjs';
import { makeJunit } from './junit.mjs';
import { requirements, runAuthorization, runServer, suiteVersion } from './suite.mjs';
import { makePage } from './table.mjs';
import { judge, judgeRun } from './verdict.mjs';

const REVISIONS = ['2025-11-25', '2026-07-28'];
const results = inBuild('conformance');
const logs = inBuild('conformance', 'logs');

const started = Date.now();
const say = (text) => console.log(`[${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s] ${text}`);

async function runMode({ name, title, url, revision }) {
  const wanted = requirements(revision);
  const folder = path.join(results, `${revision}-${name}`);
  const { status, checks } = await runServer({ url, revision, folder, log: path.join(logs, `${revision}-${name}.log`) });
  const rows = wanted.map((one) => judge(one, checks.get(one.scenario)));
  const verdict = judgeRun({ revision, rows, status });
  say(`${revision}, ${title}: required ${verdict.required}, not scored ${verdict.others}; `
    + `${verdict.sum.passed} passed, ${verdict.sum.failed} failed, ${verdict.sum.warnings} warnings`);
  for (const problem of verdict.problems) console.log(`           ${problem}`);
  return { title, rows, verdict };
}

/** The client of the authorization scenarios, made as an operator makes one. */
async function registerClient(host, redirectUri) {
  const response = await fetch(`${host.adminOrigin}/admin/v1/clients`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await host.adminToken()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ client_name: 'Conformance', redirect_uris: [redirectUri], token_endpoint_auth_method: 'none' }),
  });
  assert.equal(response.status, 201, await response.clone().text());
  return (await response.json()).client_id;
}

/** A person who approves and signs in, up to the suite's own callback. */
async function approve(href, end) {
  const { arrived } = await new Browser().travel(href, { end, answer: approvingUser });
  assert.ok(arrived, 'the sign-in did not come back to the client');
  await fetch(arrived);
}

async function authorizationRows(host) {
  const port = await freePort();
  const redirectUri = `http://127.0.0.1:${port}/callback`;
  const clientId = await registerClient(host, redirectUri);
  const rows = [];
  for (const [how, resource] of [['resource named', `${host.publicUrl}/mcp`], ['no resource named', undefined]]) {
    const name = resource ? 'authorization' : 'authorization-bare';
    const { status, checks } = await runAuthorization({
      issuer: host.publicUrl, clientId, resource, port,
      folder: path.join(results, name), log: path.join(logs, `${name}.log`),
      visit: (href) => approve(href, redirectUri),
    });
    for (const scenario of ['authorization-server-metadata-endpoint', 'authorization-code-grant']) {
      rows.push(judge({ scenario: `${scenario} (${how})`, required: true }, checks.get(scenario)));
    }
    if (status !== 0) rows.at(-1).problems.push(`the suite ended with status ${status}`);
  }
  return rows;
}

async function runAll(stack) {
  const [open, guarded] = stack.hosts;
  const { access_token: bearer } = await new OAuth(guarded.publicUrl).signIn();
  const wire = new Wire();
  const proxy = await startProxy({ target: guarded.origin, bearer, wire });
  const ways = [
    { name: 'open', title: 'authorization off', url: `${open.origin}/mcp` },
    { name: 'token', title: 'with a token', url: `${proxy.origin}/mcp` },
  ];
  try {
    const revisions = [];
    for (const revision of REVISIONS) {
      const modes = [];
      for (const way of ways) modes.push(await runMode({ ...way, revision }));
      revisions.push({ revision, modes });
    }
    say(`the wire: ${wire.checked} messages held to the official schemas, ${wire.problems.length} wrong`);
    for (const problem of wire.problems) console.log(`           ${problem}`);
    const authorization = await authorizationRows(guarded);
    for (const { scenario, count, problems } of authorization) {
      say(`${scenario}: ${count.passed} passed, ${count.failed} failed, ${count.warnings} warnings`);
      for (const problem of problems) console.log(`           ${problem}`);
    }
    return { suite: suiteVersion, revisions, authorization, wire };
  } finally {
    await proxy.stop();
  }
}

/** Whether there is nothing to complain about; closes with the line that says so. */
function conclude(verdicts, authorization, wire) {
  const passed = [...verdicts.map(({ sum }) => sum), ...authorization.map(({ count }) => count)]
    .reduce((sum, each) => sum + each.passed, 0);
  const problems = [...verdicts, ...authorization, wire].flatMap((each) => each.problems);
  console.log(`${passed} passed, ${problems.length} failed`);
  return problems.length === 0;
}

async function askOurHosts() {
  say('start: database, stand-in, two hosts with the conformance plugin');
  const plugins = { directory: binaries.conformancePlugins };
  const stack = await Stack.start({
    folder: inBuild('data', 'conformance'), logs, hosts: 2,
    config: [{ plugins, plugin: undefined, auth: { mode: 'off' } }, { plugins, plugin: undefined }],
  });
  try {
    const page = await runAll(stack);
    if (flags.junit) fs.writeFileSync(flags.junit, makeJunit(page));
    if (flags['write-docs']) fs.writeFileSync(inRoot('docs/conformance.md'), makePage(page));
    return conclude(page.revisions.flatMap(({ modes }) => modes.map(({ verdict }) => verdict)), page.authorization, page.wire);
  } finally {
    await stack.stop();
  }
}

async function askServer(url) {
  const verdicts = [];
  for (const revision of REVISIONS) verdicts.push((await runMode({ name: 'other', title: url, url, revision })).verdict);
  return conclude(verdicts, [], { problems: [] });
}

const { values: flags } = parseArgs({
  options: { url: { type: 'string' }, junit: { type: 'string' }, 'write-docs': { type: 'boolean' } },
});
fs.rmSync(results, { recursive: true, force: true });
fs.rmSync(inBuild('data', 'conformance'), { recursive: true, force: true });
process.exitCode = await (flags.url ? askServer(flags.url) : askOurHosts()) ? 0 : 1;
