// Everything a running stand-in remembers apart from keys and grants: the knobs a test may turn,
// the faults waiting to strike, the request log and the users. One process, one state.
const LOG_ENTRIES_MAX = 10_000;

const knobsFor = (settings) => ({
  autoLogin: !settings.interactive, // sign the user in with a single redirect, no page
  sub: '8ca2b15a-e3bd-43a5-bee1-1e533bae759d', // who that user is, unless login_hint says otherwise
  accessTokenTTL: 3600,
  idTokenTTL: 3600,
  codeTTL: 60,
  refreshTTL: 2_592_000,
  refreshMode: 'grant', // 'grant': whenever the client may refresh | 'offline_access' | 'never'
  rotateRefresh: true,
  refreshGrace: 0, // seconds for which a used refresh token still answers
  resourceParam: 'ignore', // PingOne: the audience follows the scopes. 'enforce': RFC 8707
  atTyp: undefined, // 'at+jwt' is announced for March 2027
  issInResponse: false, // RFC 9207
  consentReceipt: true, // a flow that asks for consent gives mcp_txn back as a claim; a text is given instead
  denyAcr: ['deny'], // acr_values that end in access_denied, like a DaVinci flow that says no
  requirePar: false, // RFC 9126: no authorization request but a pushed one
  requireSession: true, // tokens die with the session
  latency: {}, // endpoint → ms
});

const people = () => [
  {
    sub: '8ca2b15a-e3bd-43a5-bee1-1e533bae759d', preferred_username: 'mary.sample', password: 'mary-demo',
    given_name: 'Mary', family_name: 'Sample', name: 'Mary Sample', email: 'mary@example.com',
  },
  {
    sub: '1f4c7a52-6a1e-4a0f-9f0c-2d1f6f1f0c55', preferred_username: 'john.sample', password: 'john-demo',
    given_name: 'John', family_name: 'Sample', name: 'John Sample', email: 'john@example.com',
  },
];

export class State {
  constructor(settings) {
    this.settings = settings;
    this.users = new Map(people().map((user) => [user.sub, user]));
    this.sidOfGrant = new Map(); // grant id → PingOne session id; outlives reset(), as grants do
    this.txnOfGrant = new Map(); // grant id → what its consent flow was about
    this.reset();
  }

  /** Back to the knobs of start-up; users and grants stay. */
  reset() {
    this.knobs = knobsFor(this.settings);
    this.faults = [];
    this.requests = [];
    this.deadSessions = new Set();
    this.revokedTokenIds = new Set();
  }

  /** The claims of a user. A sub nobody told us about is a person like any other. */
  claimsOf(sub) {
    const { password, ...claims } = this.users.get(sub)
      ?? { sub, preferred_username: `user-${sub.slice(0, 8)}`, name: `User ${sub.slice(0, 8)}` };
    return claims;
  }

  findByCredentials(username, password) {
    return [...this.users.values()].find((user) => user.preferred_username === username
      && user.password !== undefined && user.password === password);
  }

  sessionIsDead(sid) {
    return this.knobs.requireSession && this.deadSessions.has(sid);
  }

  record(entry) {
    this.requests.push(entry);
    if (this.requests.length > LOG_ENTRIES_MAX) this.requests.splice(0, LOG_ENTRIES_MAX / 2);
  }

  /** The action of the next fault for this endpoint, used up by one. */
  takeFault(endpoint) {
    const index = this.faults.findIndex((fault) => fault.endpoint === endpoint);
    if (index < 0) return undefined;
    const fault = this.faults[index];
    fault.times = (fault.times ?? 1) - 1;
    if (fault.times <= 0) this.faults.splice(index, 1);
    return fault.action;
  }
}
