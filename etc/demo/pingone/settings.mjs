// What one stand-in is started with: the flags of the command line, checked once.
import fs from 'node:fs';
import { parseArgs } from 'node:util';

export const usage = `usage: node main.mjs [flags]
  --port N                 port to listen on (default 9400; 0 picks a free one)
  --host ADDRESS           address to listen on (default 127.0.0.1)
  --public-url URL         how clients reach it (default: scheme, host and port of the listener)
  --env-id UUID            environment id, the first path segment of the issuer
  --client-id ID           the one application that may sign users in
  --client-secret SECRET   its secret
  --client-auth METHOD     client_secret_basic (default), client_secret_post, client_secret_jwt,
                           private_key_jwt or none
  --client-jwks FILE       its public keys, for private_key_jwt
  --redirect-uri URI       where it may be sent back to; may be given several times
  --audience URI           identifier of the Todo API (default https://todo.api.example)
  --resource URI=S1,S2     a further resource and its scopes; may be given several times
  --public-client ID=URI   a further application, without a secret, and its redirect URI
  --pkce required|optional whether code requests must carry a challenge (default required)
  --interactive            show the sign-in page instead of signing the default user in at once
  --tls-cert FILE --tls-key FILE   serve https`;

const flags = {
  port: { type: 'string', default: '9400' },
  host: { type: 'string', default: '127.0.0.1' },
  'public-url': { type: 'string' },
  'env-id': { type: 'string', default: '6991589d-87eb-47f4-9131-284cebe106b3' },
  'client-id': { type: 'string', default: '0c24f3a0-0522-4f76-9bcf-89643029e3e0' },
  'client-secret': { type: 'string', default: 'standin-secret-standin-secret-standin' },
  'client-auth': { type: 'string', default: 'client_secret_basic' },
  'client-jwks': { type: 'string' },
  'redirect-uri': { type: 'string', multiple: true, default: ['http://127.0.0.1:8080/callback'] },
  audience: { type: 'string', default: 'https://todo.api.example' },
  resource: { type: 'string', multiple: true, default: [] },
  'public-client': { type: 'string', multiple: true, default: [] },
  pkce: { type: 'string', default: 'required' },
  interactive: { type: 'boolean', default: false },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  help: { type: 'boolean', default: false },
};

/** `name=rest` as a pair. Scopes and redirect URIs may have a further =. */
function pairOf(flag, text) {
  const at = text.indexOf('=');
  if (at < 1) throw new Error(`--${flag} ${text}: no =`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** Flags → settings. Throws an Error whose message is fit to print. */
export function parseSettings(argv) {
  const { values } = parseArgs({ args: argv, options: flags, strict: true });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`--port ${values.port}: not a port`);
  if (!['required', 'optional'].includes(values.pkce)) throw new Error('--pkce: required or optional');
  if (Boolean(values['tls-cert']) !== Boolean(values['tls-key'])) {
    throw new Error('--tls-cert and --tls-key go together');
  }
  for (const uri of values['redirect-uri']) if (!URL.canParse(uri)) throw new Error(`--redirect-uri ${uri}: not a URI`);
  return {
    help: values.help,
    port,
    host: values.host,
    publicUrl: values['public-url'],
    environment: values['env-id'],
    organization: 'd4229c38-0f5e-4bf7-9292-9d3b0df7294c',
    client: {
      id: values['client-id'],
      secret: values['client-secret'],
      auth: values['client-auth'],
      jwks: values['client-jwks'] && JSON.parse(fs.readFileSync(values['client-jwks'], 'utf8')),
      redirectUris: values['redirect-uri'],
    },
    // Audience → scopes, as the page "Resources" of a PingOne environment has them. The second one
    // exists to be asked for beside the first, which PingOne refuses.
    resources: {
      [values.audience]: ['todo_api:read', 'todo_api:write'],
      'https://other.api.example': ['other:read'],
      ...Object.fromEntries(values.resource.map((text) => pairOf('resource', text)).map(([uri, scopes]) => [uri, scopes.split(',')])),
    },
    publicClients: values['public-client'].map((text) => pairOf('public-client', text)).map(([id, uri]) => ({ id, auth: 'none', redirectUris: [uri] })),
    pkceRequired: values.pkce === 'required',
    interactive: values.interactive,
    tls: values['tls-cert'] && {
      cert: fs.readFileSync(values['tls-cert']),
      key: fs.readFileSync(values['tls-key']),
    },
  };
}
