// Everything the road needs, started in order and stopped in reverse: database, PingOne stand-in,
// Todo API, one host or several on the same database.
import path from 'node:path';
import { Cluster } from './cluster.mjs';
import { Host } from './host.mjs';
import { PingOne } from './pingone.mjs';
import { freePort } from './ports.mjs';
import { TodoApi } from './todo_api.mjs';

const ephemeral = async () => ({ pingone: await freePort(), todoApi: await freePort() });

export class Stack {
  /**
   * folder       data and configuration
   * logs         one log per program
   * hosts        how many hosts (1); each may have its own part in `config[n]`
   * ports        {pingone, todoApi, hosts: [{listen, admin}]}; free ones when left out
   * durable      whether a crash of the machine may lose data (tests: yes)
   * step         called with a title before each step
   */
  static async start({ folder, logs, hosts = 1, ports, config = [], durable = false, interactive = false, step = () => {} }) {
    const stack = new Stack();
    stack.parts = [];
    const chosen = ports ?? await ephemeral();
    const hostPorts = chosen.hosts ?? await Promise.all(Array.from({ length: hosts }, async () => ({ listen: await freePort(), admin: await freePort() })));
    const log = (name) => path.join(logs, `${name}.log`);
    const started = (part) => {
      stack.parts.push(part);
      return part;
    };
    try {
      step('start: PostgreSQL, private, on a Unix socket');
      stack.cluster = started(await Cluster.start({ data: path.join(folder, 'postgres'), log: log('postgres'), databases: ['mcp_host', 'todo_api'], durable }));
      step('start: PingOne stand-in');
      stack.pingone = started(await PingOne.start({
        port: chosen.pingone, interactive, log: log('pingone'),
        redirectUris: hostPorts.flatMap(({ listen }) => [`http://127.0.0.1:${listen}/callback`]),
      }));
      step('start: Todo API');
      stack.todoApi = started(await TodoApi.start({
        port: chosen.todoApi, issuer: stack.pingone.issuer, databaseUrl: stack.cluster.url('todo_api'), log: log('todo-api'),
      }));
      stack.hosts = hostPorts.map((pair, index) => {
        const name = hostPorts.length === 1 ? 'mcp-host' : `mcp-host-${index + 1}`;
        return Host.configure({
          name, folder, ports: pair, databaseUrl: stack.cluster.url('mcp_host'), pingone: stack.pingone,
          todoApi: stack.todoApi, log: log(name), config: config[index] ?? config[0],
        });
      });
      [stack.host] = stack.hosts;
      step('migrate: the schema of mcp-host');
      await stack.host.migrate();
      for (const host of stack.hosts) {
        step(`start: ${host.name}`);
        started(host);
        await host.serve();
      }
    } catch (error) {
      await stack.stop();
      throw error;
    }
    return stack;
  }

  async stop({ keepData = false } = {}) {
    for (const part of this.parts.splice(0).reverse()) await part.stop(part === this.cluster ? { keepData } : undefined);
  }
}
