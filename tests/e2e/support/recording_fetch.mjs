// Lets every fetch() of this process to a host's MCP endpoints pass by the wire's check. The bodies
// are looked at as they go by: streams stay streams, and cancelling one still reaches the host.
import { bodyReader } from './wire.mjs';

const PATHS = new Set(['/mcp', '/sse', '/mcp/sse', '/messages']);

/** A fetch() that does what `plain` does; `isHost(origin)` says whose answers are checked. */
export function recording(plain, wire, isHost) {
  return async (input, init) => {
    const request = typeof input === 'string' || input instanceof URL ? undefined : input;
    const url = new URL(request?.url ?? input);
    if (!PATHS.has(url.pathname) || !isHost(url.origin)) return plain(input, init);
    const body = typeof init?.body === 'string' ? init.body : request && await request.clone().text();
    const exchange = wire.exchange({ url: url.href, headers: new Headers(init?.headers ?? request?.headers), body });
    const response = await plain(input, init);
    wire.answered(exchange, response.headers);
    if (!response.body) return response;
    const reader = bodyReader(wire, exchange, response.headers.get('content-type') ?? '');
    const through = new TransformStream({
      transform(bytes, controller) { reader.piece(bytes); controller.enqueue(bytes); },
      flush() { reader.end(); },
    });
    const seen = new Response(response.body.pipeThrough(through), { status: response.status, statusText: response.statusText, headers: response.headers });
    return Object.defineProperty(seen, 'url', { value: response.url });
  };
}

/** Replaces globalThis.fetch; what is returned puts it back. */
export function recordFetch(wire, isHost) {
  const plain = globalThis.fetch;
  globalThis.fetch = recording(plain, wire, isHost);
  return () => { globalThis.fetch = plain; };
}
