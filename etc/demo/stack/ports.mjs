// Free loopback ports.
import net from 'node:net';

async function tryPort(port) {
  const server = net.createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const { port: taken } = server.address();
      server.close(() => resolve(taken));
    });
  });
}

/** `preferred` if nothing listens there, else the next one above that is free. */
export async function freePortFrom(preferred) {
  for (let port = preferred; port < preferred + 200; port += 1) {
    if (await tryPort(port)) return port;
  }
  throw new Error(`no free port from ${preferred} on`);
}

// Outside the ephemeral range, so that no outgoing connection takes one between look and use. Each
// process starts elsewhere: test files run side by side.
const FIRST = 12_000;
const SPAN = 18_000;
let next = FIRST + ((process.pid * 97) % SPAN);

export async function freePort() {
  for (;;) {
    next = FIRST + ((next - FIRST + 1) % SPAN);
    const port = await tryPort(next);
    if (port) return port;
  }
}
