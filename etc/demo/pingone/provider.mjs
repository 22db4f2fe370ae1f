// The configuration of oidc-provider that makes it behave like one PingOne environment with one
// application. What cannot be configured is in deviations.mjs.
import crypto from 'node:crypto';
import { Provider, errors } from 'oidc-provider';
import { addDeviations } from './deviations.mjs';
import { OIDC_SCOPES, OFFLINE_INSIDE, findResource, outside } from './scopes.mjs';
import { makeGrant, makeSignInPolicy } from './signin.mjs';
import { TOKEN_EXCHANGE, addTokenExchange } from './token_exchange.mjs';

const REFRESH_GRANT_DAYS = 30;
const DAY_S = 86_400;

/** The code or refresh token that the response being made stems from. */
const sourceOf = (ctx) => ctx?.oidc?.entities?.RefreshToken ?? ctx?.oidc?.entities?.AuthorizationCode ?? {};

export function makeProvider(standin) {
  const { issuer, prefix, settings, state, keys, Adapter } = standin;
  const environment = { env: settings.environment, org: settings.organization };

  const findAccount = async (ctx, sub) => ({
    accountId: sub,
    async claims() {
      const source = sourceOf(ctx);
      return {
        ...state.claimsOf(sub), ...environment, 'p1.region': 'NA', acr: source.acr, amr: source.amr ?? ['pwd'],
        auth_time: source.authTime, sid: state.sidOfGrant.get(source.grantId), ...receiptOf(source.grantId),
      };
    },
  });

  // What an attribute mapping of the application makes of the flow's parameters.
  const receiptOf = (grant) => {
    const { consentReceipt } = state.knobs;
    const txn = typeof consentReceipt === 'string' ? consentReceipt : state.txnOfGrant.get(grant);
    return consentReceipt && txn ? { mcp_txn: txn } : {};
  };

  const provider = new Provider(issuer, {
    adapter: Adapter,
    jwks: { keys: keys.all },
    clients: [settings.client, ...settings.publicClients].map(clientOf),
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt'],
    routes: {
      authorization: '/authorize', token: '/token', userinfo: '/userinfo', jwks: '/jwks', introspection: '/introspect',
      revocation: '/revoke', end_session: '/signoff', pushed_authorization_request: '/par',
    },
    extraParams: ['mcp_client_id', 'mcp_client_name', 'mcp_redirect_host', 'mcp_scope', 'mcp_txn'],
    scopes: OIDC_SCOPES,
    claims: {
      openid: ['sub', 'acr', 'amr', 'auth_time', 'sid', 'env', 'org', 'p1.region', 'mcp_txn'],
      profile: ['name', 'family_name', 'given_name', 'preferred_username', 'updated_at'],
      email: ['email', 'email_verified'],
    },
    conformIdTokenClaims: false, // PingOne puts the profile claims into the id_token
    findAccount,
    interactions: {
      policy: makeSignInPolicy(state, findAccount),
      url: (ctx, interaction) => `${prefix}/__ui/${interaction.uid}`,
    },
    loadExistingGrant: async (ctx) => {
      const sub = ctx.oidc.session.accountId;
      return sub && makeGrant(ctx, state, sub);
    },
    features: featuresOf(standin),
    issueRefreshToken: async (ctx, client, code) => state.knobs.refreshMode !== 'never'
      && client.grantTypeAllowed('refresh_token')
      && (state.knobs.refreshMode === 'grant' || code.scopes.has(OFFLINE_INSIDE)),
    rotateRefreshToken: () => state.knobs.rotateRefresh,
    expiresWithSession: async () => false,
    ttl: {
      AccessToken: () => state.knobs.accessTokenTTL,
      AuthorizationCode: () => state.knobs.codeTTL,
      ClientCredentials: () => state.knobs.accessTokenTTL,
      IdToken: () => state.knobs.idTokenTTL,
      RefreshToken: () => state.knobs.refreshTTL,
      Grant: REFRESH_GRANT_DAYS * DAY_S,
      Interaction: 3600,
      PushedAuthorizationRequest: 60,
      Session: REFRESH_GRANT_DAYS * DAY_S,
    },
    formats: {
      customizers: {
        jwt: async (ctx, token, parts) => {
          const source = sourceOf(ctx);
          Object.assign(parts.payload, environment, {
            aud: [parts.payload.aud].flat(), // PingOne: always an array
            sid: state.sidOfGrant.get(token.grantId),
            auth_time: source.authTime,
            acr: source.acr,
          });
          if (parts.payload.scope) parts.payload.scope = outside(parts.payload.scope);
          parts.header = { typ: state.knobs.atTyp };
        },
      },
    },
    pkce: { required: () => settings.pkceRequired },
    cookies: { keys: [crypto.randomBytes(32).toString('base64url')] },
    renderError: async (ctx, out) => {
      ctx.type = 'json';
      ctx.body = { ...out, correlation_id: crypto.randomUUID() };
    },
    discovery: { device_authorization_endpoint: `${issuer}/device_authorization` },
  });
  provider.proxy = true;
  addDeviations(provider, standin);
  addTokenExchange(provider, standin);
  provider.on('server_error', (ctx, error) => console.error('server_error', error));
  return provider;
}

function clientOf(client) {
  return {
    client_id: client.id,
    ...(client.auth === 'none' || client.auth === 'private_key_jwt' ? {} : { client_secret: client.secret }),
    ...(client.jwks ? { jwks: client.jwks } : {}),
    redirect_uris: client.redirectUris,
    post_logout_redirect_uris: client.redirectUris.map((uri) => new URL('/signout/done', uri).href),
    grant_types: ['authorization_code', 'refresh_token',
      ...(client.auth === 'none' ? [] : ['client_credentials', TOKEN_EXCHANGE])],
    response_types: ['code'],
    id_token_signed_response_alg: 'RS256',
    token_endpoint_auth_method: client.auth,
  };
}

function featuresOf({ settings: { resources }, state, keys }) {
  return {
    devInteractions: { enabled: false },
    userinfo: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true, allowedPolicy: () => true },
    rpInitiatedLogout: { enabled: true, logoutSource: signOffWithoutAsking },
    pushedAuthorizationRequests: { enabled: true },
    clientCredentials: { enabled: true },
    requestObjects: { enabled: true },
    resourceIndicators: {
      enabled: true,
      useGrantedResource: async () => true,
      defaultResource: async (ctx, client, oneOf) => (oneOf ? oneOf[0] : findResource(resources, ctx.oidc.params.scope)),
      getResourceServerInfo: async (ctx, resource) => {
        if (!resources[resource]) throw new errors.InvalidTarget();
        return {
          scope: [...OIDC_SCOPES, ...resources[resource]].join(' '),
          audience: resource,
          accessTokenFormat: 'jwt',
          accessTokenTTL: state.knobs.accessTokenTTL,
          jwt: { sign: { alg: 'RS256', kid: keys.signer.kid } },
        };
      },
    },
  };
}

async function signOffWithoutAsking(ctx, form) {
  const confirmed = form.replace('</form>', '<input type="hidden" name="logout" value="yes"/></form>');
  ctx.body = `<!doctype html><html><body onload="document.forms[0].submit()">${confirmed}</body></html>`;
}
