// `./run demo`: starts everything on loopback, drives the road, then stays up or exits.
import { parseArgs } from 'node:util';
import { inBuild } from '../stack/paths.mjs';
import { freePortFrom } from '../stack/ports.mjs';
import { StepError } from '../stack/process.mjs';
import { Stack } from '../stack/stack.mjs';
import { driveRoad } from './drive.mjs';
import { pasteInstructions } from './paste.mjs';
import { Transcript } from './transcript.mjs';

const startedMs = Number(process.env.MCPH_RUN_STARTED_MS ?? Date.now());
let step = 'the command line';
function say(title) {
  step = title;
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1).padStart(6);
  console.log(`[${seconds} s] ${title}`);
}

function report(error) {
  console.error(`\nFAILED: ${step}\n  ${error.stack ?? error}`);
  if (!(error instanceof StepError)) console.error(`  logs:         ${inBuild('logs', 'demo')}`);
  if (error.log) console.error(`  log file:     ${error.log}`);
  if (error.likelyCause) console.error(`  likely cause: ${error.likelyCause}`);
}

const stopAsked = new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve(signal));
});

const ports = async () => ({
  pingone: await freePortFrom(9400),
  todoApi: await freePortFrom(9500),
  hosts: [{ listen: await freePortFrom(8080), admin: await freePortFrom(8180) }],
});

async function demo(stack, { once }) {
  await stack.start({
    folder: inBuild('data', 'demo'), logs: inBuild('logs', 'demo'), ports: await ports(), durable: true, interactive: true, step: say,
  });
  const { host } = stack;
  say('admin token: a bearer for the admin API, shown once');
  const target = { publicUrl: host.publicUrl, adminUrl: host.adminOrigin, adminToken: await host.adminToken() };
  say('drive: the road, with the official TypeScript client');
  const transcript = new Transcript();
  await driveRoad({ ...target, transcript });
  transcript.line();
  say(`the road is complete: ${transcript.hops} hops`);
  if (once) return;
  console.log(pasteInstructions(target));
  await stopAsked;
}

async function main() {
  const { values: flags } = parseArgs({ options: { once: { type: 'boolean' }, 'keep-data': { type: 'boolean' } } });
  const stack = new Stack();
  const failure = await Promise.race([demo(stack, flags).catch((error) => error), stopAsked.then(() => undefined)]);
  if (failure) report(failure);
  else say('stop: everything that was started');
  await stack.stop({ keepData: flags['keep-data'] });
  return failure ? 1 : 0;
}

let status = 2;
try {
  status = await main();
} catch (error) {
  report(error);
}
process.exit(status); // a start cut short is still waiting; what it started ends with us
