// Everything the road needs, started in order and stopped in reverse: database, PingOne stand-in,
// Todo API, one host or several on the same database.
import path from 'node:path';
import { Cluster } from './cluster.mjs';
import { Host } from './host.mjs';
import { PingOne } from './pingone.mjs';
import { freePort } from './ports.mjs';
import { TodoApi } from './todo_api.mjs';

async function freePorts(hosts) {
  const ports = { pingone: await freePort(), todoApi: await freePort(), hosts: [] };
  while (ports.hosts.length < hosts) ports.hosts.push({ listen: await freePort(), admin: await freePort() });
  return ports;
}

export class Stack {
  parts = []; // what runs, in the order of starting

  static async start(options) {
    const stack = new Stack();
    try {
      await stack.start(options);
    } catch (error) {
      await stack.stop();
      throw error;
    }
    return stack;
  }

  /**
   * folder           data and configuration
   * logs             one log per program
   * hosts            how many hosts (1); each may have its own part in `config[n]`
   * ports            {pingone, todoApi, hosts: [{listen, admin}]}; free ones when left out
   * appended         more lines of configuration, of each host
   * durable          whether data survives a crash of the machine (tests: no)
   * database         settings of PostgreSQL, as name=value
   * interactive      whether the stand-in shows its sign-in page
   * sharedPublicUrl  all hosts speak for the address of the first, as behind a load balancer
   * todoApiOrigin    where the plugin calls instead of the Todo API started here
   * cores            {host, rest}: the cores they run on, for measuring
   * pingone          {publicClients, scopes}: further applications, and the scopes of the resource that
   *                  stands for the first host
   * step             called with a title before each step
   */
  async start({ folder, logs, hosts = 1, ports, config = [], appended = [], durable = false, database = [], interactive = false, sharedPublicUrl = false, todoApiOrigin, pingone = {}, cores = {}, step = () => {} }) {
    const chosen = ports ?? await freePorts(hosts);
    const log = (name) => path.join(logs, `${name}.log`);

    step('start: PostgreSQL, private, on a Unix socket');
    this.cluster = this.#started(await Cluster.start({
      data: path.join(folder, 'postgres'), log: log('postgres'), databases: ['mcp_host', 'todo_api'], durable, settings: database, core: cores.rest,
    }));
    step('start: PingOne stand-in');
    this.pingone = this.#started(await PingOne.start({
      port: chosen.pingone, interactive, log: log('pingone'), core: cores.rest,
      publicClients: pingone.publicClients,
      resources: pingone.scopes && { [`http://127.0.0.1:${chosen.hosts[0].listen}/mcp`]: pingone.scopes },
      redirectUris: chosen.hosts.map(({ listen }) => `http://127.0.0.1:${listen}/callback`),
    }));
    step('start: Todo API');
    this.todoApi = this.#started(await TodoApi.start({
      port: chosen.todoApi, issuer: this.pingone.issuer, databaseUrl: this.cluster.url('todo_api'), log: log('todo-api'), core: cores.rest,
    }));
    this.hosts = chosen.hosts.map((pair, index) => {
      const name = chosen.hosts.length === 1 ? 'mcp-host' : `mcp-host-${index + 1}`;
      return Host.configure({
        name, folder, ports: pair, databaseUrl: this.cluster.url('mcp_host'), pingone: this.pingone,
        todoApiOrigin: todoApiOrigin ?? this.todoApi.origin, log: log(name), core: cores.host, config: config[index] ?? config[0], appended: appended[index],
        publicUrl: sharedPublicUrl ? `http://127.0.0.1:${chosen.hosts[0].listen}` : undefined,
      });
    });
    [this.host] = this.hosts;
    step('migrate: the schema of mcp-host');
    await this.host.migrate();
    for (const host of this.hosts) {
      step(`start: ${host.name}`);
      await this.#started(host).serve();
    }
  }

  #started(part) {
    this.parts.push(part);
    return part;
  }

  async stop({ keepData = false } = {}) {
    for (const part of this.parts.splice(0).reverse()) {
      if (part === this.cluster) await part.stop({ keepData });
      else await part.stop();
    }
  }
}
