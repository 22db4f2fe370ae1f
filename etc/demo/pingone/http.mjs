// The few HTTP pieces the endpoints outside oidc-provider share.
const BODY_BYTES_MAX = 1 << 20; // far above any form or control call

export async function readBody(req) {
  const chunks = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size > BODY_BYTES_MAX) throw new Error('request body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

export function sendJson(res, status, value, headers = {}) {
  res.writeHead(status, { 'content-type': 'application/json', ...headers });
  res.end(JSON.stringify(value));
}

export const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
