// One mcp-host: its configuration file, its life and its admin token.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { binaries } from './paths.mjs';
import { Process, answersOk, runProgram } from './process.mjs';
import { overlay, toToml } from './toml.mjs';

/** A key file with one fresh key, made once per folder so that restarts can read what was sealed. */
function keyFile(folder) {
  const file = path.join(folder, 'kek');
  if (!fs.existsSync(file)) {
    fs.writeFileSync(file, `demo:${crypto.randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  }
  return file;
}

const unlimited = Object.fromEntries([
  'metadata', 'register', 'manage', 'authorize', 'consent', 'callback', 'token', 'revoke', 'introspect', 'push',
  'mcp_refusals', 'document_fetches', 'client', 'public_client', 'dead_token',
].map((budget) => [`${budget}_per_minute`, 0]));

export class Host {
  /**
   * `ports` is {listen, admin}; `publicUrl` defaults to the listener's own origin; `config` is laid
   * over the configuration made here, and the text `appended` put behind it.
   */
  static configure({ name = 'mcp-host', folder, ports, publicUrl, databaseUrl, pingone, todoApiOrigin, log, core, config = {}, appended = '' }) {
    const host = new Host();
    fs.mkdirSync(folder, { recursive: true });
    Object.assign(host, {
      name,
      log,
      core,
      origin: `http://127.0.0.1:${ports.listen}`,
      adminOrigin: `http://127.0.0.1:${ports.admin}`,
      configFile: path.join(folder, `${name}.toml`),
    });
    host.publicUrl = publicUrl ?? host.origin;
    fs.writeFileSync(host.configFile, toToml(overlay({
      public_url: host.publicUrl,
      listen: { address: '127.0.0.1', port: ports.listen },
      admin: { address: '127.0.0.1', port: ports.admin },
      database: { url: databaseUrl },
      // Everything here comes from one address.
      oauth: { registrations_per_hour: 0 },
      budgets: unlimited,
      keys: { kek_file: keyFile(folder) },
      pingone: {
        issuer: pingone.issuer,
        client_id: pingone.client.id,
        client_secret: pingone.client.secret,
        requests_per_second: 0, // as above
        scopes: ['openid', 'profile', 'todo_api:read', 'todo_api:write'],
      },
      plugins: { directory: binaries.plugins },
      plugin: {
        todo_api: { allowed_hosts: [todoApiOrigin], config: { base_url: todoApiOrigin } },
      },
    }, config)) + appended, { mode: 0o600 });
    return host;
  }

  run(...args) {
    return runProgram({
      name: `mcp-host ${args.join(' ')}`,
      command: binaries.host,
      args: [...args, '--config', this.configFile],
      log: this.log,
      likelyCause: `the configuration ${this.configFile} or the database`,
    });
  }

  migrate() {
    return this.run('migrate');
  }

  /** A new bearer for the admin API. */
  async adminToken() {
    return (await this.run('admin-token')).trim().split(/\s+/).at(-1);
  }

  async serve() {
    this.process = new Process({
      name: this.name, command: binaries.host, args: ['serve', '--config', this.configFile], log: this.log, core: this.core,
    });
    await this.process.ready(() => answersOk(`${this.adminOrigin}/healthz`),
      { likelyCause: `a port of ${this.configFile} is taken, or the database refuses` });
  }

  async stop(signal) {
    return this.process?.stop(signal);
  }
}
