// A private PostgreSQL cluster with one database per service.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { inRoot } from './paths.mjs';
import { Process, StepError, runProgram } from './process.mjs';

const script = inRoot('tools/postgres.sh');

export class Cluster {
  /** `data` is the cluster's folder, made when it is not there; `durable` keeps fsync on; `settings` are PostgreSQL's own. */
  static async start({ data, log, databases, durable = false, settings = [], core }) {
    const cluster = new Cluster();
    // A socket's path may have 107 bytes: it lives in a short folder of its own.
    const socket = fs.mkdtempSync(path.join(os.tmpdir(), 'mcp-host-'));
    Object.assign(cluster, { data: reachable(data), log, socket, durable, settings, core });
    try {
      if (!fs.existsSync(cluster.data)) await cluster.init();
      await cluster.serve();
      for (const name of databases) await cluster.createDatabase(name);
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  /** Made beside its place and moved there: a start that was interrupted leaves no half cluster. */
  async init() {
    const unfinished = `${this.data}.unfinished`;
    fs.rmSync(unfinished, { recursive: true, force: true });
    await runProgram({
      name: 'initdb', command: script, args: ['init', unfinished], log: this.log,
      likelyCause: 'the folder is not writable for the user postgres',
    });
    fs.renameSync(unfinished, this.data);
  }

  async serve() {
    const speed = this.durable ? [] : ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];
    const own = this.settings.flatMap((setting) => ['-c', setting]);
    this.process = new Process({
      name: 'PostgreSQL', command: script, args: ['serve', this.data, this.socket, ...speed, ...own], log: this.log,
      stopSignal: 'SIGINT', // fast shutdown: open sessions are cut
      diesWithUs: false, // the script sees to that
      core: this.core,
    });
    await this.process.ready(() => this.query('postgres', 'SELECT 1', { quiet: true }) !== undefined,
      { likelyCause: 'the data folder is of another PostgreSQL version or another server uses it' });
  }

  url(database) {
    return `postgresql://mcp_host@/${database}?host=${encodeURIComponent(this.socket)}`;
  }

  /** Rows as lines, columns by |. With `quiet`, undefined instead of an error. */
  query(database, sql, { quiet = false } = {}) {
    const { status, stdout, stderr } = spawnSync('psql', ['-XAtq', '-v', 'ON_ERROR_STOP=1', '-d', this.url(database), '-c', sql], { encoding: 'utf8' });
    if (status === 0) return stdout.trimEnd();
    if (quiet) return undefined;
    throw new StepError(`psql: ${stderr.trim()}`, { log: this.log });
  }

  async createDatabase(name) {
    const exists = this.query('postgres', `SELECT 1 FROM pg_database WHERE datname = '${name}'`);
    if (!exists) this.query('postgres', `CREATE DATABASE ${name}`);
  }

  /** Down, as long as the caller likes; bring it back with serve(). */
  async halt() {
    await this.process?.stop();
  }

  async stop({ keepData = true } = {}) {
    await this.halt();
    fs.rmSync(this.socket, { recursive: true, force: true });
    if (!keepData) fs.rmSync(this.data, { recursive: true, force: true });
  }
}

/** `folder` itself, or one the user postgres can reach when root keeps the repository to itself. */
function reachable(folder) {
  if (process.getuid() !== 0) return folder;
  const parent = path.dirname(folder);
  fs.mkdirSync(parent, { recursive: true });
  const test = spawnSync('setpriv', ['--reuid=postgres', '--regid=postgres', '--init-groups', 'test', '-x', parent]);
  if (test.status === 0) return folder;
  const name = Buffer.from(folder).toString('base64url').slice(-24);
  return path.join('/var/tmp', `mcp-host-${name}`);
}
