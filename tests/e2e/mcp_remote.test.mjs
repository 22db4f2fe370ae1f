// mcp-remote, as Claude Desktop starts it: stdio on one side, our host on the other.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { Browser, approvingUser } from '../../etc/demo/road/browser.mjs';
import { inRoot } from '../../etc/demo/stack/paths.mjs';
import { freePort } from '../../etc/demo/stack/ports.mjs';
import { todosOf } from './support/mcp.mjs';
import { startStack } from './support/stack.mjs';

const stack = await startStack('mcp_remote');
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'mcp-remote-'));
after(() => fs.rmSync(home, { recursive: true, force: true }));

/** Plays the user: opens the address that mcp-remote prints and lets the browser end at its listener. */
function approveWhenAsked(stderr) {
  let output = '';
  let visited = false;
  stderr.setEncoding('utf8').on('data', async (text) => {
    output += text;
    const [, address] = /visiting:\s+(http\S+)/.exec(output) ?? [];
    if (!address || visited) return;
    visited = true;
    const callback = new URL(address).searchParams.get('redirect_uri');
    const browser = new Browser();
    const { arrived } = await browser.travel(address, { end: callback, answer: approvingUser });
    await browser.open(arrived.href);
  });
  return () => output;
}

async function connect(address, ...flags) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [inRoot('node_modules/mcp-remote/dist/proxy.js'), address, String(await freePort()), ...flags],
    env: { ...process.env, ...stack.watchedEnvironment(), HOME: home, MCP_REMOTE_CONFIG_DIR: path.join(home, flags.join('') || 'default'), BROWSER: 'true', PATH: '/bin:/usr/bin' },
    stderr: 'pipe',
  });
  const output = approveWhenAsked(transport.stderr);
  const client = new Client({ name: 'end-to-end', version: '1' });
  try {
    await client.connect(transport);
  } catch (error) {
    throw new Error(`mcp-remote: ${error.message}\n${output()}`, { cause: error });
  }
  return { client, output };
}

const { resource } = stack.oauth[0];
const ways = [
  [resource], [resource, '--protocol', 'auto'], [resource, '--transport', 'http-first'],
  [`${resource}/sse`, '--transport', 'sse-only'],
];
for (const [address, ...flags] of ways) {
  test(`mcp-remote ${flags.join(' ')} carries a desktop client through sign-in to the tools`, { timeout: 60_000 }, async () => {
    const { client } = await connect(address, ...flags);
    const { tools } = await client.listTools();
    assert.equal(tools.length, 5);
    const todos = todosOf(await client.callTool({ name: 'create_new_todo', arguments: { text: 'from the desktop' } }));
    assert.ok(todos.some(({ text }) => text === 'from the desktop'));
    await client.close();
  });
}

test('a second start of mcp-remote needs no browser', { timeout: 60_000 }, async () => {
  const { client, output } = await connect(resource);
  assert.equal((await client.listTools()).tools.length, 5);
  assert.doesNotMatch(output(), /visiting:/);
  await client.close();
});
