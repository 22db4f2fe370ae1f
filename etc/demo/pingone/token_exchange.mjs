// RFC 8693 token exchange: an access token of ours for one of another resource, with or without an
// actor.
import crypto from 'node:crypto';
import { errors } from 'oidc-provider';
import { findResource } from './scopes.mjs';
import { verifyAccessToken } from './tokens.mjs';

export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

export function addTokenExchange(provider, standin) {
  const { issuer, settings, state, keys } = standin;

  const claimsOf = async (token, name) => verifyAccessToken(standin, token).catch(() => {
    throw new errors.InvalidGrant(`${name} token invalid`);
  });

  async function exchange(ctx) {
    const { params, client } = ctx.oidc;
    if (!params.subject_token || params.subject_token_type !== ACCESS_TOKEN) {
      throw new errors.InvalidRequest('subject_token and subject_token_type are required');
    }
    const subject = await claimsOf(params.subject_token, 'subject');
    const actor = params.actor_token && await claimsOf(params.actor_token, 'actor');
    const resource = findResource(settings.resources, params.scope);
    if (!resource) throw new errors.InvalidScope('scope must name a custom resource');
    const scope = params.scope.split(' ').filter((name) => settings.resources[resource].includes(name)).join(' ');

    const now = Math.floor(Date.now() / 1000);
    const { accessTokenTTL, atTyp } = state.knobs;
    const accessToken = await keys.sign({
      iss: issuer, client_id: client.clientId, jti: crypto.randomUUID(), iat: now, exp: now + accessTokenTTL,
      aud: [resource], scope, sub: subject.sub, sid: subject.sid, auth_time: subject.auth_time, acr: subject.acr,
      env: settings.environment, org: settings.organization,
      ...(actor ? { act: { sub: actor.sub ?? actor.client_id } } : {}),
    }, atTyp ? { typ: atTyp } : {});
    ctx.body = {
      access_token: accessToken, token_type: 'Bearer', expires_in: accessTokenTTL, scope, issued_token_type: ACCESS_TOKEN,
    };
  }

  provider.registerGrantType(
    TOKEN_EXCHANGE,
    exchange,
    ['audience', 'resource', 'scope', 'requested_token_type', 'subject_token', 'subject_token_type', 'actor_token', 'actor_token_type'],
    ['audience', 'resource'],
  );
}
