// Where PingOne answers differently from what oidc-provider can be configured to do.
import { readBody } from './http.mjs';
import { OFFLINE_INSIDE, outside } from './scopes.mjs';
import { verifyAccessToken } from './tokens.mjs';

export function addDeviations(provider, standin) {
  const { state, keys } = standin;

  provider.use(async (ctx, next) => {
    if (ctx.path === '/jwks') return serveJwks(ctx, keys);
    if (ctx.path === '/userinfo') return serveUserinfo(ctx, standin);
    if (ctx.path === '/introspect' || ctx.path === '/revoke') {
      // oidc-provider honours a body that was parsed already.
      ctx.req.body = Object.fromEntries(new URLSearchParams(await readBody(ctx.req)));
      if (ctx.req.body.token?.split('.').length === 3) return serveJwtIntrospectionOrRevocation(ctx, standin);
    }
    if (ctx.path === '/authorize' && state.knobs.requirePar && !ctx.query.request_uri) {
      ctx.status = 400;
      ctx.body = { error: 'invalid_request', error_description: 'Pushed Authorization Request must be used' };
      return undefined;
    }
    await next();
    if (ctx.path === '/.well-known/openid-configuration' && ctx.body) reshapeDiscovery(ctx.body, state.knobs);
    if (ctx.path === '/authorize' || ctx.path.startsWith('/authorize/')) reshapeRedirect(ctx, state.knobs);
    if (ctx.path === '/token') {
      ctx.req.standin.entry.grant_type = ctx.oidc?.params?.grant_type;
      if (ctx.body?.access_token) await reshapeTokenResponse(ctx.body, ctx.req.standin.fault, keys);
    }
    return undefined;
  });
}

function serveJwks(ctx, keys) {
  ctx.body = keys.published;
  ctx.set('cache-control', 'public, max-age=300');
}

function reshapeDiscovery(metadata, knobs) {
  metadata.scopes_supported = metadata.scopes_supported.filter((scope) => scope !== OFFLINE_INSIDE);
  metadata.require_pushed_authorization_requests = knobs.requirePar;
  if (!knobs.issInResponse) delete metadata.authorization_response_iss_parameter_supported;
}

// oidc-provider always sends iss (RFC 9207); PingOne does not yet.
function reshapeRedirect(ctx, knobs) {
  const location = ctx.response.get('location');
  if (knobs.issInResponse || !URL.canParse(location)) return;
  const url = new URL(location);
  url.searchParams.delete('iss');
  ctx.set('location', url.href);
}

async function reshapeTokenResponse(body, fault, keys) {
  if (body.scope) body.scope = outside(body.scope);
  if (!fault) return;
  if (fault.idToken && body.id_token) body.id_token = await keys.tamper(body.id_token, fault.idToken);
  if (fault.accessToken) body.access_token = await keys.tamper(body.access_token, fault.accessToken);
  Object.assign(body, fault.merge);
  for (const name of fault.drop ?? []) delete body[name];
}

// oidc-provider refuses tokens with an audience here; PingOne takes any that has openid.
async function serveUserinfo(ctx, standin) {
  const refuse = (why) => {
    ctx.status = 401;
    ctx.set('www-authenticate', `Bearer realm="${standin.issuer}", error="invalid_token", error_description="${why}"`);
    ctx.body = { error: 'invalid_token', error_description: why };
  };
  const [, token] = /^Bearer (.+)$/i.exec(ctx.get('authorization')) ?? [];
  if (!token) return refuse('no token');
  let claims;
  try {
    claims = await verifyAccessToken(standin, token);
  } catch (error) {
    return refuse(error.message);
  }
  if (!(claims.scope ?? '').split(' ').includes('openid')) {
    ctx.status = 403;
    ctx.body = { error: 'insufficient_scope' };
    return undefined;
  }
  ctx.body = { ...standin.state.claimsOf(claims.sub), sub: claims.sub };
  return undefined;
}

// oidc-provider refuses structured tokens at both endpoints.
async function serveJwtIntrospectionOrRevocation(ctx, standin) {
  const { client } = standin.settings;
  const form = ctx.req.body;
  const [, basic] = /^Basic (.+)$/i.exec(ctx.get('authorization')) ?? [];
  const [id, secret] = basic
    ? Buffer.from(basic, 'base64').toString().split(':').map(decodeURIComponent)
    : [form.client_id, form.client_secret];
  if (id !== client.id || secret !== client.secret) {
    ctx.status = 401;
    ctx.body = { error: 'invalid_client' };
    return;
  }
  const claims = await verifyAccessToken(standin, form.token).catch(() => undefined);
  if (ctx.path === '/revoke') {
    if (claims) standin.state.revokedTokenIds.add(claims.jti);
    ctx.status = 200;
    ctx.body = '';
    return;
  }
  ctx.body = claims ? { active: true, ...claims, token_type: 'Bearer' } : { active: false };
}
