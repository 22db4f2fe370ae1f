// One event stream of a legacy session, read event by event: of a POST, or a GET, resumed or not.
import assert from 'node:assert/strict';
import { sleep } from '../../../etc/demo/stack/process.mjs';

export class SessionStream {
  messages = [];
  lastEventId = undefined;
  retryMs = undefined;
  #done = false;

  static async #open(url, token, session, init, headers) {
    const aborter = new AbortController();
    const response = await fetch(url, {
      ...init, signal: aborter.signal,
      headers: { authorization: `Bearer ${token}`, ...session.headers, ...headers },
    });
    const stream = Object.assign(new SessionStream(), { aborter, response });
    assert.equal(response.status, 200, `${response.status} ${response.status === 200 ? '' : await response.text()}`);
    assert.match(response.headers.get('content-type'), /^text\/event-stream/);
    stream.reading = stream.#read().catch(() => {}); // close() ends it with an error
    return stream;
  }

  static get(origin, token, session, lastEventId) {
    return SessionStream.#open(new URL('/mcp', origin), token, session, {}, {
      accept: 'text/event-stream', ...(lastEventId ? { 'last-event-id': lastEventId } : {}),
    });
  }

  static post(origin, token, session, body) {
    return SessionStream.#open(new URL('/mcp', origin), token, session, { method: 'POST', body: JSON.stringify({ jsonrpc: '2.0', ...body }) }, {
      accept: 'application/json, text/event-stream', 'content-type': 'application/json',
    });
  }

  async #read() {
    const decoder = new TextDecoder();
    let rest = '';
    try {
      for await (const bytes of this.response.body) {
        rest += decoder.decode(bytes, { stream: true });
        const events = rest.split('\n\n');
        rest = events.pop();
        events.forEach((event) => this.#take(event));
      }
    } finally {
      this.#done = true;
    }
  }

  #take(event) {
    let data = '';
    for (const line of event.split('\n')) {
      const [, field, value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? [];
      if (field === 'id') this.lastEventId = value;
      if (field === 'retry') this.retryMs = Number(value);
      if (field === 'data') data += value;
    }
    if (data) this.messages.push(JSON.parse(data));
  }

  /** The first message that `is` it, waiting for a while. */
  async message(is, timeoutMs = 5_000) {
    for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(10)) {
      const found = this.messages.find(is);
      if (found) return found;
    }
    throw new Error(`not in ${timeoutMs} ms; seen: ${JSON.stringify(this.messages).slice(0, 600)}`);
  }

  /** Resolves when the host ended it. */
  async ended(timeoutMs = 5_000) {
    for (const end = Date.now() + timeoutMs; Date.now() < end && !this.#done;) await sleep(10);
    assert.ok(this.#done, 'the stream is still open');
  }

  close() {
    this.aborter.abort();
  }
}
