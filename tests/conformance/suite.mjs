// Runs the official suite as a program and reads what it found: checks by scenario.
import fs from 'node:fs';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { parse } from 'yaml';
import { inRoot } from '../../etc/demo/stack/paths.mjs';

const packageRoot = inRoot('node_modules/@modelcontextprotocol/conformance');
const program = path.join(packageRoot, 'dist/index.js');
const SCENARIO_TIMEOUT_MS = 30_000;

export const suiteVersion = JSON.parse(fs.readFileSync(path.join(packageRoot, 'package.json'), 'utf8')).version;

/** Which scenarios a revision asks of servers: [{scenario, required, reason}], in the suite's order. */
export function requirements(revision) {
  const file = path.join(packageRoot, 'requirements', `${revision}.yaml`);
  const { server, not_scored: notScored = [] } = parse(fs.readFileSync(file, 'utf8'));
  return [
    ...server.map((scenario) => ({ scenario, required: true })),
    ...notScored.filter(({ leg }) => leg === 'server').map(({ scenario, reason }) => ({ scenario, required: false, reason })),
  ];
}

/** Starts the suite; `onOutput` sees its standard output as it comes. Resolves to its exit status. */
function run(args, { log, onOutput = () => {} }) {
  fs.mkdirSync(path.dirname(log), { recursive: true });
  const output = fs.createWriteStream(log);
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.setEncoding('utf8').on('data', (text) => { output.write(text); onOutput(text); });
  child.stderr.on('data', (text) => output.write(text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => output.end(() => resolve(code)));
  });
}

/** scenario → checks, of the folders the suite leaves: [PREFIX]SCENARIO-2026-11-24T10-00-00-000Z. */
function readChecks(folder, prefix) {
  const found = new Map();
  for (const name of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
    const [, scenario] = /^(.*)-\d{4}-\d\d-\d\dT[\d-]+Z$/.exec(name) ?? [];
    if (!scenario?.startsWith(prefix)) continue;
    found.set(scenario.slice(prefix.length), JSON.parse(fs.readFileSync(path.join(folder, name, 'checks.json'), 'utf8')));
  }
  return found;
}

/** All scenarios of a revision, required and not scored: {status, checks: Map}. */
export async function runServer({ url, revision, folder, log }) {
  fs.rmSync(folder, { recursive: true, force: true });
  const status = await run(['server', '--url', url, '--requirements', revision, '--timeout', String(SCENARIO_TIMEOUT_MS), '-o', folder], { log });
  return { status, checks: readChecks(folder, 'server-') };
}

/** The authorization server: `visit` is given the URL a person would open. {status, checks: Map}. */
export async function runAuthorization({ issuer, clientId, resource, port, folder, log, visit }) {
  fs.rmSync(folder, { recursive: true, force: true });
  let seen = '';
  let visited;
  const status = await run(['authorization', '--spec-version', '2026-07-28', '--url', issuer, '--client-id', clientId,
    ...(resource ? ['--resource', resource] : []), '--port', String(port), '-o', folder], {
    log,
    onOutput: (text) => {
      seen += text;
      const [href] = new RegExp(`${issuer}/authorize\\?\\S+(?=\\s)`).exec(seen) ?? [];
      if (href) visited ??= visit(href);
    },
  });
  await visited;
  return { status, checks: readChecks(folder, 'authorization-server-') };
}
