// Holds what a host sends to the official schema of the revision it speaks: envelope, result by the
// method that was asked, notifications and requests by their own. Knows each message's revision
// from the headers and from the initialize of its session.
import { revisions } from './official_schemas.mjs';

const MODERN = '2026-07-28';
// HTTP+SSE of 2024-11-05 has no schema of its own there; the next revision only added to it.
const revisionOf = (version) => revisions[version === '2024-11-05' ? '2025-03-26' : version];
// The tasks extension has no schema yet.
const isOfTasks = (method) => method?.startsWith('tasks/') || method === 'notifications/tasks';

function parseAll(text) {
  try {
    const value = JSON.parse(text);
    return Array.isArray(value) ? value : [value];
  } catch {
    return [];
  }
}

export class Wire {
  problems = [];
  checked = 0;
  sessions = new Map(); // session id → {version, asked: Map of request id → method}

  /** What a client asks. Returns what the other functions want to know of it. */
  exchange({ url, headers, body }) {
    const asked = parseAll(body ?? '').filter((message) => typeof message === 'object' && message !== null);
    const session = this.#sessionOf(url, headers, asked);
    const inRequest = new Map(asked.filter(({ id, method }) => id !== undefined && method).map(({ id, method }) => [id, method]));
    for (const [id, method] of inRequest) session.asked.set(id, method);
    return { session, inRequest, hasId: inRequest.size > 0, header: headers.get('mcp-protocol-version') };
  }

  #sessionOf(url, headers, asked) {
    const id = headers.get('mcp-session-id') ?? new URL(url).searchParams.get('sessionId');
    if (id) return this.#session(id);
    // A request that opens a session, or one of the modern era: its own ids only.
    const version = headers.get('mcp-protocol-version') ?? undefined;
    return { version: asked.some(({ method }) => method === 'initialize') ? undefined : version, asked: new Map() };
  }

  #session(id) {
    if (!this.sessions.has(id)) this.sessions.set(id, { version: undefined, asked: new Map() });
    return this.sessions.get(id);
  }

  /** HTTP+SSE: the first event of a stream says whose it is. */
  endpoint(exchange, address) {
    exchange.session = this.#session(new URL(address, 'http://host').searchParams.get('sessionId'));
  }

  /** The head of the answer: an initialize gives its session a name. */
  answered(exchange, headers) {
    const id = headers.get('mcp-session-id');
    if (!id) return;
    const known = this.sessions.get(id);
    if (known) known.version ??= exchange.session.version;
    else this.sessions.set(id, exchange.session);
  }

  /** One message of the host, as text. */
  message(exchange, text) {
    for (const value of parseAll(text)) if (value?.jsonrpc !== undefined) this.#check(exchange, value);
  }

  #check(exchange, message) {
    const { session } = exchange;
    const method = exchange.inRequest.get(message.id) ?? session.asked.get(message.id);
    if (method === 'initialize' && message.result) session.version = message.result.protocolVersion;
    const version = exchange.header === MODERN ? MODERN : session.version ?? exchange.header;
    const revision = revisionOf(version);
    if (!revision) return; // refused before a revision was agreed
    this.checked += 1;
    const complaint = this.#complaint(revision, exchange, message, method);
    if (complaint) this.problems.push(`${revision.name} ${method ?? message.method ?? ''}: ${complaint}; ${JSON.stringify(message).slice(0, 400)}`);
  }

  #complaint(revision, exchange, message, method) {
    if (message.method !== undefined) return this.#fromTheHost(revision, message);
    if (message.error) {
      // Before 2025-11-25 an error had to have an id, even where there was none to repeat.
      if (message.id === undefined && !exchange.hasId && revision.name < '2025-11-25') return undefined;
      return revision.complaint(revision.first('JSONRPCErrorResponse', 'JSONRPCError'), message);
    }
    return revision.complaint(revision.first('JSONRPCResultResponse', 'JSONRPCResponse'), message)
      ?? this.#resultComplaint(revision, message.result, method);
  }

  #fromTheHost(revision, message) {
    const isRequest = message.id !== undefined;
    if (isRequest && revision.name === MODERN) return 'a request from the host does not exist in this revision';
    const kind = isRequest ? 'Request' : 'Notification';
    const envelope = revision.complaint(`JSONRPC${kind}`, message);
    if (envelope || isOfTasks(message.method)) return envelope;
    const definition = revision.named(message.method, kind);
    return definition ? revision.complaint(definition, message) : `${message.method} does not exist in this revision`;
  }

  #resultComplaint(revision, result, method) {
    if (!method) return 'an answer to what nobody asked';
    if (isOfTasks(method) || result.resultType === 'task') return undefined;
    if (result.resultType === 'input_required') return revision.complaint('InputRequiredResult', result);
    const request = revision.named(method, 'Request');
    const definition = request && revision.first(request.replace(/Request$/, 'Result'), 'EmptyResult');
    return definition ? revision.complaint(definition, result) : `${method} does not exist in this revision`;
  }
}

/** Cuts an event stream into the data of its events. */
export class EventText {
  #rest = '';

  /** The data of the events that are complete with this piece. */
  add(text) {
    this.#rest += text.replaceAll('\r\n', '\n');
    const events = this.#rest.split('\n\n');
    this.#rest = events.pop();
    return events.map((event) => event.split('\n').filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trimStart()).join('\n'))
      .filter((data) => data !== '');
  }
}

/** Feeds the body of an answer to `wire`, piece by piece; end() when it is complete. */
export function bodyReader(wire, exchange, contentType = '') {
  const decoder = new TextDecoder();
  const events = contentType.startsWith('text/event-stream') ? new EventText() : undefined;
  let text = '';
  return {
    piece(bytes) {
      const more = decoder.decode(bytes, { stream: true });
      if (!events) text += more;
      else for (const data of events.add(more)) {
        if (data.startsWith('/') || data.startsWith('http')) wire.endpoint(exchange, data);
        else wire.message(exchange, data);
      }
    },
    end() {
      if (!events) wire.message(exchange, text);
    },
  };
}
