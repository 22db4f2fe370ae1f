// A Todo API that fails on order, for what the real one never does.
import http from 'node:http';

export class FakeApi {
  static async start() {
    const api = new FakeApi();
    api.calls = [];
    api.answer = (req, res) => api.send(res, 200, { todos: [] });
    api.server = http.createServer((req, res) => {
      api.calls.push({ method: req.method, url: req.url, authorization: req.headers.authorization });
      api.answer(req, res);
    });
    await new Promise((resolve) => { api.server.listen(0, '127.0.0.1', resolve); });
    api.origin = `http://127.0.0.1:${api.server.address().port}`;
    return api;
  }

  send(res, status, value, headers = {}) {
    res.writeHead(status, { 'content-type': 'application/json', ...headers });
    res.end(typeof value === 'string' ? value : JSON.stringify(value));
  }

  /** From now on every request is answered like this. */
  always(status, value = {}, headers = {}) {
    this.calls = [];
    this.answer = (req, res) => this.send(res, status, value, headers);
  }

  stop() {
    return new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
  }
}
