// One started program: its output goes to a log file, it is stopped by us or dies with us.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const STOP_TIMEOUT_MS = 10_000; // a drain of a few seconds, and then some; after it SIGKILL

export const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** What went wrong, where it is written down and what it most likely was. */
export class StepError extends Error {
  constructor(message, { log, likelyCause, cause } = {}) {
    super(message, { cause });
    Object.assign(this, { log, likelyCause });
  }
}

export class Process {
  /**
   * `command` is started in a process group of its own: a Ctrl-C meant for us is not meant for it.
   * With `core` it runs on that core alone.
   */
  constructor({ name, command, args = [], env = {}, cwd, log, stopSignal = 'SIGTERM', diesWithUs = true, core }) {
    Object.assign(this, { name, log, stopSignal });
    fs.mkdirSync(path.dirname(log), { recursive: true });
    const output = fs.openSync(log, 'a');
    const [file, ...rest] = [
      ...(diesWithUs ? ['setpriv', '--pdeathsig', 'TERM'] : []),
      ...(core === undefined ? [] : ['taskset', '--cpu-list', String(core)]),
      command, ...args,
    ];
    this.child = spawn(file, rest, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', output, output], detached: true });
    fs.closeSync(output);
    this.exited = new Promise((resolve) => {
      this.child.once('exit', (code, signal) => resolve({ code, signal }));
      this.child.once('error', (error) => resolve({ code: -1, error }));
    });
    this.exited.then((status) => { this.status = status; });
  }

  get pid() {
    return this.child.pid;
  }

  get running() {
    return this.status === undefined;
  }

  signal(name) {
    if (this.running) this.child.kill(name);
  }

  /** Resolves to {code, signal}. Asks first and insists after a while. */
  async stop(signal = this.stopSignal) {
    this.signal(signal);
    const insist = setTimeout(() => this.signal('SIGKILL'), STOP_TIMEOUT_MS);
    const status = await this.exited;
    clearTimeout(insist);
    return status;
  }

  /** Waits until `isReady()` holds; throws a StepError when the program ends or takes too long. */
  async ready(isReady, { timeoutMs = 20_000, likelyCause = 'see the log' } = {}) {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      if (!this.running) throw this.failure('ended before it was ready', likelyCause);
      if (await isReady()) return;
      if (Date.now() > deadline) throw this.failure(`was not ready within ${timeoutMs / 1000} s`, likelyCause);
      await sleep(20);
    }
  }

  failure(what, likelyCause) {
    return new StepError(`${this.name} ${what}`, { log: this.log, likelyCause });
  }

  output() {
    return fs.readFileSync(this.log, 'utf8');
  }
}

/** Runs a program to its end and resolves to its standard output; its errors go to the log. */
export async function runProgram({ name, command, args = [], env = {}, log, likelyCause }) {
  fs.mkdirSync(path.dirname(log), { recursive: true });
  const errors = fs.openSync(log, 'a');
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', errors] });
  fs.closeSync(errors);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => { output += text; });
  const code = await new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new StepError(`${name}: ${error.message}`, { log, likelyCause })));
    child.once('close', resolve);
  });
  if (code !== 0) {
    fs.appendFileSync(log, output);
    throw new StepError(`${name} ended with status ${code}`, { log, likelyCause });
  }
  return output;
}

/** Whether something answers 2xx at `url` right now. */
export async function answersOk(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
