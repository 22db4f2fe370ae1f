// Scopes and resources. In PingOne each custom scope belongs to one resource, and the scopes asked
// for decide the audience of the access token.
import { errors } from 'oidc-provider';

// oidc-provider strips offline_access unless prompt=consent is sent; PingOne does not. It travels
// under this private name inside and is renamed at both edges.
export const OFFLINE_INSIDE = 'p1x_offline';

export const OIDC_SCOPES = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access', OFFLINE_INSIDE];

export const inside = (scope) => scope.replace(/\boffline_access\b/, OFFLINE_INSIDE);
export const outside = (scope) => scope.replace(OFFLINE_INSIDE, 'offline_access');

/** The one resource these scopes belong to, or undefined. Two are refused in PingOne's words. */
export function findResource(resources, scope = '') {
  const wanted = scope.split(' ');
  const owners = Object.keys(resources).filter((resource) => resources[resource].some((name) => wanted.includes(name)));
  if (owners.length > 1) throw new errors.InvalidScope('May not request scopes for multiple resources', scope);
  return owners[0];
}
