// Access tokens that the stand-in itself takes: signature, then whether they were killed meanwhile.
export async function verifyAccessToken({ keys, issuer, state }, token) {
  const claims = await keys.verify(token, issuer);
  if (state.revokedTokenIds.has(claims.jti)) throw new Error('revoked');
  if (claims.sid && state.sessionIsDead(claims.sid)) throw new Error('session gone');
  return claims;
}
