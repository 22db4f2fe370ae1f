// One stand-in: its state, its provider and the listener that puts both under /{environment}/as.
import http from 'node:http';
import https from 'node:https';
import { makeAdapter } from './adapter.mjs';
import { serveControl } from './control.mjs';
import { playFault } from './faults.mjs';
import { sendJson, sleep } from './http.mjs';
import { Keys } from './keys.mjs';
import { makeProvider } from './provider.mjs';
import { inside } from './scopes.mjs';
import { serveSignInPage } from './signin_page.mjs';
import { State } from './state.mjs';

const KEEP_ALIVE_MS = 65_000; // longer than the idle time of any client here, so that ours closes last

/** Listens and resolves to {issuer, origin, close()}. */
export async function startStandin(settings) {
  const standin = { settings, state: new State(settings), keys: await Keys.create() };
  standin.Adapter = makeAdapter(standin.state);

  const serve = (req, res) => {
    dispatch(req, res, standin).catch((error) => {
      console.error(error);
      if (!res.headersSent) sendJson(res, 500, { error: 'server_error' });
    });
  };
  const server = settings.tls ? https.createServer(settings.tls, serve) : http.createServer(serve);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port, settings.host, resolve);
  });

  standin.origin = settings.publicUrl
    ?? `${settings.tls ? 'https' : 'http'}://${settings.host}:${server.address().port}`;
  standin.prefix = `/${settings.environment}/as`;
  standin.issuer = `${standin.origin}${standin.prefix}`;
  standin.renewProvider = () => {
    standin.provider = makeProvider(standin);
    standin.callback = standin.provider.callback();
  };
  standin.renewProvider();

  return {
    issuer: standin.issuer,
    origin: standin.origin,
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

async function dispatch(req, res, standin) {
  const { state, prefix, origin } = standin;
  const url = new URL(req.url, origin);
  if (url.pathname.startsWith('/__control/')) return serveControl(req, res, standin, url.pathname);
  if (!url.pathname.startsWith(`${prefix}/`)) return sendJson(res, 404, { code: 'NOT_FOUND' });

  const path = url.pathname.slice(prefix.length);
  const endpoint = path.slice(1).replace('.well-known/openid-configuration', 'discovery');
  const entry = {
    t: Date.now(),
    method: req.method,
    endpoint,
    query: Object.fromEntries(url.searchParams),
    auth: req.headers.authorization?.split(' ')[0],
    ua: req.headers['user-agent'],
  };
  state.record(entry);
  if (state.knobs.latency[endpoint]) await sleep(state.knobs.latency[endpoint]);
  const fault = state.takeFault(endpoint);
  if (fault && await playFault(req, res, url, endpoint, fault)) return undefined;

  if (path === '/authorize') reshapeAuthorizationRequest(url.searchParams, state.knobs);
  // oidc-provider finds its mount point by comparing the two.
  req.originalUrl = url.pathname + url.search;
  req.url = req.originalUrl.slice(prefix.length);
  req.standin = { entry, fault };
  if (path.startsWith('/__ui/')) return serveSignInPage(req, res, standin);
  return standin.callback(req, res);
}

function reshapeAuthorizationRequest(query, knobs) {
  if (knobs.resourceParam === 'ignore') query.delete('resource');
  const scope = query.get('scope');
  if (scope) query.set('scope', inside(scope));
}
