// A loopback proxy that adds a bearer token: the suite cannot send one. It hands on everything else
// as it came — names and order of headers, Host and Origin, status — and never buffers a stream.
import http from 'node:http';

/** `target` is the host's origin; `bearer` the token. Resolves to {origin, stop()}. */
export async function startProxy({ target, bearer, port = 0 }) {
  const { hostname, port: targetPort } = new URL(target);
  const server = http.createServer((request, response) => {
    const headers = [...request.rawHeaders, 'Authorization', `Bearer ${bearer}`];
    const onward = http.request({ hostname, port: targetPort, method: request.method, path: request.url, headers, setHost: false });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode, answer.rawHeaders);
      response.flushHeaders();
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
