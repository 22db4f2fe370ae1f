// A loopback proxy that adds a bearer token: the suite cannot send one. It hands on everything else
// as it came — names and order of headers, Host and Origin, status — and never buffers a stream.
import http from 'node:http';
import { bodyReader } from '../e2e/support/wire.mjs';

/** Shows `wire` what goes by: returns what to do with the answer. */
function watch(wire, request) {
  const pieces = [];
  request.on('data', (piece) => pieces.push(piece));
  return (answer) => {
    const exchange = wire.exchange({
      url: new URL(request.url, 'http://host').href, headers: new Headers(request.headers), body: Buffer.concat(pieces).toString(),
    });
    wire.answered(exchange, new Headers(answer.headers));
    const reader = bodyReader(wire, exchange, answer.headers['content-type']);
    answer.on('data', (piece) => reader.piece(piece));
    answer.on('end', () => reader.end());
  };
}

/**
 * `target` is the host's origin; `bearer` the token; every message of the host passes by `wire`.
 * Resolves to {origin, stop()}.
 */
export async function startProxy({ target, bearer, wire, port = 0 }) {
  const { hostname, port: targetPort } = new URL(target);
  const server = http.createServer((request, response) => {
    const see = wire && watch(wire, request);
    const headers = [...request.rawHeaders, 'Authorization', `Bearer ${bearer}`];
    const onward = http.request({ hostname, port: targetPort, method: request.method, path: request.url, headers, setHost: false });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode, answer.rawHeaders);
      response.flushHeaders();
      see?.(answer);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise((resolve) => { server.listen(port, '127.0.0.1', resolve); });
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}
