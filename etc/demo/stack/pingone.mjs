// The stand-in for PingOne as a program of its own, and its control API.
import { inRoot } from './paths.mjs';
import { Process } from './process.mjs';

export const audience = 'https://todo.api.example';
const environment = '6991589d-87eb-47f4-9131-284cebe106b3';

export class PingOne {
  /** `resources`: URI → scopes; `publicClients`: id → redirect URI. */
  static async start({ port, redirectUris, log, interactive = false, core, resources = {}, publicClients = {} }) {
    const pingone = new PingOne();
    pingone.origin = `http://127.0.0.1:${port}`;
    pingone.issuer = `${pingone.origin}/${environment}/as`;
    pingone.client = { id: '0c24f3a0-0522-4f76-9bcf-89643029e3e0', secret: 'standin-secret-standin-secret-standin' };
    pingone.process = new Process({
      name: 'PingOne stand-in',
      command: process.execPath,
      args: [inRoot('etc/demo/pingone/main.mjs'), '--port', String(port), '--env-id', environment, '--audience', audience,
        '--client-id', pingone.client.id, '--client-secret', pingone.client.secret,
        ...redirectUris.flatMap((uri) => ['--redirect-uri', uri]),
        ...Object.entries(resources).flatMap(([uri, scopes]) => ['--resource', `${uri}=${scopes.join(',')}`]),
        ...Object.entries(publicClients).flatMap(([id, uri]) => ['--public-client', `${id}=${uri}`]),
        ...(interactive ? ['--interactive'] : [])],
      log,
      core,
    });
    await pingone.process.ready(() => pingone.control('info').then(() => true, () => false),
      { likelyCause: `something else listens on port ${port}` });
    return pingone;
  }

  async control(name, body) {
    const response = await fetch(`${this.origin}/__control/${name}`, body === undefined
      ? {} : { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`stand-in control ${name}: ${response.status}`);
    return response.json();
  }

  /** The next `times` requests of `endpoint` go wrong as `action` says. */
  fault(endpoint, action, times = 1) {
    return this.control('fault', { endpoint, action, times });
  }

  async countOf(endpoint, matches = () => true) {
    return (await this.control('requests')).filter((entry) => entry.endpoint === endpoint && matches(entry)).length;
  }

  stop() {
    return this.process.stop();
  }
}
