// The Inspector as a command line, on both endpoints and with a token it was given.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { binaries, inRoot } from '../../etc/demo/stack/paths.mjs';
import { startStack } from './support/stack.mjs';

const stack = await startStack('inspector', { config: [{ plugins: { directory: binaries.conformancePlugins }, plugin: undefined }] });
const { access_token: token } = await stack.oauth[0].signIn();
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'inspector-'));
after(() => fs.rmSync(home, { recursive: true, force: true }));

/** What the Inspector prints for a method, parsed. */
async function inspect(endpoint, ...args) {
  const program = inRoot('node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js');
  const child = spawn(process.execPath, [program, '--cli', new URL(endpoint, stack.host.origin).href,
    '--header', `Authorization: Bearer ${token}`, ...args], {
    env: { ...stack.watchedEnvironment(), PATH: '/usr/bin:/bin', HOME: home }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text) => { output += text; });
  child.stderr.setEncoding('utf8').on('data', (text) => { errors += text; });
  const status = await new Promise((resolve) => { child.once('close', resolve); });
  assert.equal(status, 0, `${output}${errors}`);
  return JSON.parse(output);
}

for (const endpoint of ['/mcp', '/sse']) {
  test(`${endpoint}: lists and calls tools`, { timeout: 60_000 }, async () => {
    const { tools } = await inspect(endpoint, '--method', 'tools/list');
    assert.ok(tools.some(({ name }) => name === 'test_simple_text'));
    const { content } = await inspect(endpoint, '--method', 'tools/call', '--tool-name', 'test_simple_text');
    assert.match(content[0].text, /simple text/);
  });

  test(`${endpoint}: reads resources and gets prompts`, { timeout: 60_000 }, async () => {
    const { contents } = await inspect(endpoint, '--method', 'resources/read', '--uri', 'test://static-text');
    assert.match(contents[0].text, /static text/);
    const { messages } = await inspect(endpoint, '--method', 'prompts/get', '--prompt-name', 'test_prompt_with_arguments',
      '--prompt-args', 'arg1=one', 'arg2=two');
    assert.match(messages[0].content.text, /one.*two/s);
  });
}
