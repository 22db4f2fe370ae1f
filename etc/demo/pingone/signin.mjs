// Signing in: the policy that decides whether a page is needed, and what a sign-in leaves behind.
import crypto from 'node:crypto';
import { errors, interactionPolicy } from 'oidc-provider';

const { Check, Prompt } = interactionPolicy;

const uuidOf = (text) => crypto.createHash('sha256').update(text).digest('hex')
  .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

/** What the id_token says of how this request was authenticated. PingOne echoes the policy id. */
export const authenticationOf = (params) => ({ acr: params.acr_values || 'Single_Factor', amr: ['pwd'] });

/** A grant of everything asked for: this stand-in has no consent page of its own. */
export async function makeGrant(ctx, state, sub) {
  const { oidc } = ctx;
  const scope = [...oidc.requestParamScopes].join(' ');
  const grant = new oidc.provider.Grant({ accountId: sub, clientId: oidc.client.clientId });
  grant.addOIDCScope(scope);
  for (const resource of Object.keys(oidc.resourceServers)) grant.addResourceScope(resource, scope);
  const id = await grant.save();
  state.sidOfGrant.set(id, uuidOf(oidc.session.uid));
  if (oidc.params.acr_values) state.txnOfGrant.set(id, oidc.params.mcp_txn);
  return grant;
}

export function makeSignInPolicy(state, findAccount) {
  const login = new Prompt(
    { name: 'login', requestable: true },
    new Check('signed_in', 'End-User authentication is required', 'login_required', async (ctx) => {
      const { oidc } = ctx;
      if (state.knobs.denyAcr.includes(oidc.params.acr_values)) {
        throw new errors.AccessDenied('The user denied the request (policy)');
      }
      return state.knobs.autoLogin ? signInAtOnce(ctx) : pageNeeded(oidc);
    }),
  );
  login.checks.remove('login_prompt'); // signed_in decides that too
  const consent = new Prompt({ name: 'consent', requestable: true });
  consent.checks.remove('consent_prompt'); // PingOne ignores prompt=consent for code requests
  return [login, consent];

  // The account and the grant were looked up before this check ran: both are set by hand.
  async function signInAtOnce(ctx) {
    const { oidc } = ctx;
    if (oidc.prompts.has('none') && !oidc.session.accountId) return Check.REQUEST_PROMPT;
    const sub = oidc.params.login_hint || state.knobs.sub;
    oidc.session.loginAccount({ accountId: sub, ...authenticationOf(oidc.params) });
    oidc.session.ensureClientContainer(oidc.client.clientId);
    oidc.entity('Account', await findAccount(ctx, sub));
    const grant = await makeGrant(ctx, state, sub);
    oidc.session.grantIdFor(oidc.client.clientId, grant.jti);
    oidc.entity('Grant', grant);
    oidc.prompts.delete('login');
    return Check.NO_NEED_TO_PROMPT;
  }
}

function pageNeeded(oidc) {
  const justSignedIn = Boolean(oidc.result?.login);
  const tooOld = oidc.params.max_age !== undefined && oidc.session.accountId
    && oidc.session.past(oidc.params.max_age);
  const needed = !oidc.session.accountId
    || (!justSignedIn && (oidc.prompts.has('login') || tooOld));
  return needed ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT;
}
