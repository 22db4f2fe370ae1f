// What the official TypeScript client asks an application for: who it is, where it keeps tokens and
// how to send the user away. This one keeps all of it in memory.
import crypto from 'node:crypto';

export class MemoryProvider {
  /** `client` is {client_id, client_secret} of a registered client; left out, it registers itself. */
  constructor({ name, redirectUrl, client, scope }) {
    this.name = name;
    this.redirectUrl = redirectUrl;
    this.registration = client;
    this.scope = scope;
  }

  get clientMetadata() {
    return {
      client_name: this.name,
      redirect_uris: [this.redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      ...(this.scope ? { scope: this.scope } : {}),
    };
  }

  state() {
    this.expectedState = crypto.randomBytes(16).toString('base64url');
    return this.expectedState;
  }

  clientInformation() {
    return this.registration;
  }

  saveClientInformation(registration) {
    this.registration = registration;
  }

  tokens() {
    return this.savedTokens;
  }

  saveTokens(tokens) {
    this.savedTokens = tokens;
  }

  redirectToAuthorization(url) {
    this.authorizationUrl = url;
  }

  saveCodeVerifier(verifier) {
    this.verifier = verifier;
  }

  codeVerifier() {
    return this.verifier;
  }

  discoveryState() {
    return this.discovery;
  }

  saveDiscoveryState(state) {
    this.discovery = state;
  }
}
