// Storage of oidc-provider, shared by every provider instance of one stand-in (a key rotation makes
// a new instance). Unbounded on purpose: the built-in store forgets grants after 1,000 entries.
export function makeAdapter(state) {
  const entries = new Map(); // "Model:id" → {payload, expiresAt}
  const keysOfGrant = new Map();
  const sessionIdOfUid = new Map();

  return class Adapter {
    constructor(model) {
      this.model = model;
    }

    key(id) {
      return `${this.model}:${id}`;
    }

    async upsert(id, payload, expiresIn) {
      const key = this.key(id);
      entries.set(key, { payload, expiresAt: expiresIn ? Date.now() + expiresIn * 1000 : Infinity });
      if (payload.grantId) {
        if (!keysOfGrant.has(payload.grantId)) keysOfGrant.set(payload.grantId, new Set());
        keysOfGrant.get(payload.grantId).add(key);
      }
      if (this.model === 'Session') sessionIdOfUid.set(payload.uid, id);
    }

    async find(id) {
      const entry = entries.get(this.key(id));
      if (!entry || entry.expiresAt < Date.now()) return undefined;
      return this.model === 'RefreshToken' ? asRefreshToken(entry.payload) : entry.payload;
    }

    async findByUid(uid) {
      const id = sessionIdOfUid.get(uid);
      return id && this.find(id);
    }

    async findByUserCode() {
      return undefined;
    }

    async consume(id) {
      const entry = entries.get(this.key(id));
      if (entry) entry.payload.consumed ??= Math.floor(Date.now() / 1000);
    }

    async destroy(id) {
      entries.delete(this.key(id));
    }

    async revokeByGrantId(grantId) {
      for (const key of keysOfGrant.get(grantId) ?? []) entries.delete(key);
      keysOfGrant.delete(grantId);
    }
  };

  // A refresh token ends with its session; within the grace period a used one looks unused.
  function asRefreshToken(payload) {
    if (state.sessionIsDead(state.sidOfGrant.get(payload.grantId))) return undefined;
    const { refreshGrace } = state.knobs;
    const inGrace = payload.consumed && refreshGrace
      && Date.now() / 1000 - payload.consumed <= refreshGrace;
    return inGrace ? { ...payload, consumed: undefined } : payload;
  }
}
