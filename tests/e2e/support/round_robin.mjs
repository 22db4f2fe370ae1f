// A load balancer without memory: each request goes to the next host, whoever sends it. Streams pass
// through unbuffered, and a client that leaves is gone for the host as well.
import http from 'node:http';

/** `ports` of the hosts, in turn. Resolves to {origin, port, sentTo: [port, …], stop()}. */
export async function startRoundRobin(ports, { port = 0 } = {}) {
  const sentTo = [];
  const server = http.createServer((request, response) => {
    const target = ports[sentTo.length % ports.length];
    sentTo.push(target);
    const onward = http.request({
      hostname: '127.0.0.1', port: target, method: request.method, path: request.url, headers: request.rawHeaders, setHost: false,
    });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode, answer.rawHeaders);
      response.flushHeaders();
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise((resolve) => { server.listen(port, '127.0.0.1', resolve); });
  return {
    sentTo,
    port: server.address().port,
    origin: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}
