// The protected to-do API.
import { binaries } from './paths.mjs';
import { audience } from './pingone.mjs';
import { Process } from './process.mjs';

export class TodoApi {
  static async start({ port, issuer, databaseUrl, log, core }) {
    const api = new TodoApi();
    api.origin = `http://127.0.0.1:${port}`;
    api.process = new Process({
      name: 'Todo API',
      command: binaries.todoApi,
      args: ['--listen', `127.0.0.1:${port}`, '--issuer', issuer, '--audience', audience],
      env: { TODO_API_DATABASE_URL: databaseUrl },
      log,
      core,
    });
    // Without a token it refuses, and that is all there is to ask.
    const refuses = () => fetch(`${api.origin}/api/todos`).then(({ status }) => status === 401, () => false);
    await api.process.ready(refuses, { likelyCause: `something else listens on port ${port}, or no database` });
    return api;
  }

  stop() {
    return this.process.stop();
  }
}
