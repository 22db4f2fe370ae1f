// Prints what goes over the wire so that a person can follow it. Tokens, codes and secrets are cut.
const WIDTH = 110;
const SECRET_NAMES = new Set(['access_token', 'refresh_token', 'client_secret', 'code', 'code_verifier', 'token',
  'request', 'id_token', 'registration_access_token', 'password', 'state', 'nonce', 'code_challenge']);

const cut = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
const cutSecret = (value) => cut(value, 14);
const shown = (name, value) => (SECRET_NAMES.has(name) && typeof value === 'string' ? cutSecret(value) : value);

function shownUrl(href) {
  const url = new URL(href);
  const query = [...url.searchParams].map(([name, value]) => `${name}=${shown(name, value)}`);
  return { path: url.origin + url.pathname, query };
}

function shownJson(value) {
  return JSON.stringify(value, (name, inner) => shown(name, inner));
}

const isHtml = (headers) => headers.get('content-type')?.startsWith('text/html');
const titleOf = (html) => /<title>([^<]*)<\/title>/i.exec(html)?.[1].trim();

export class Transcript {
  constructor({ write = (text) => process.stdout.write(text) } = {}) {
    this.write = write;
    this.hops = 0;
  }

  line(text = '') {
    this.write(`${text}\n`);
  }

  chapter(title) {
    this.line();
    this.line(`━━ ${title} ${'━'.repeat(Math.max(0, WIDTH - title.length - 4))}`);
  }

  hop(title) {
    this.hops += 1;
    this.line();
    this.line(`${String(this.hops).padStart(2)}. ${title}`);
  }

  detail(mark, text) {
    this.line(`    ${mark} ${cut(text, WIDTH)}`);
  }

  request(method, href, { headers, body }) {
    const { path, query } = shownUrl(href);
    this.detail('→', `${method} ${path}`);
    for (const item of query) this.detail('    ', item);
    const authorization = headers.get('authorization');
    if (authorization) this.detail('    ', `Authorization: ${authorization.split(' ').map((part, index) => (index ? cutSecret(part) : part)).join(' ')}`);
    if (typeof body !== 'string' || !body) return;
    if (body.startsWith('{')) this.detail('    ', shownJson(JSON.parse(body)));
    else for (const [name, value] of new URLSearchParams(body)) this.detail('    ', `${name}=${shown(name, value)}`);
  }

  async response(response) {
    this.detail('←', `${response.status} ${response.headers.get('content-type') ?? ''}`);
    for (const name of ['www-authenticate', 'mcp-session-id']) {
      const value = response.headers.get(name);
      if (value) this.detail('    ', `${name}: ${name === 'mcp-session-id' ? cutSecret(value) : value}`);
    }
    const location = response.headers.get('location');
    if (location) {
      const { path, query } = shownUrl(new URL(location, response.url).href);
      this.detail('    ', `Location: ${path}`);
      for (const item of query) this.detail('      ', item);
    }
    if (!location && isHtml(response.headers)) this.detail('    ', `page: ${titleOf(await response.clone().text()) ?? 'untitled'}`);
    if (response.headers.get('content-type')?.startsWith('application/json')) {
      const text = await response.clone().text();
      if (text) this.detail('    ', shownJson(JSON.parse(text)));
    }
  }

  /** `fetch`, told as it happens. `titleFor(url, init)` names the hop; undefined: part of the last one. */
  fetch(titleFor) {
    return async (input, init = {}) => {
      const href = String(input.url ?? input);
      const title = titleFor(new URL(href), init);
      if (title) this.hop(title);
      this.request(init.method ?? 'GET', href, { headers: new Headers(init.headers), body: init.body?.toString() });
      const response = await fetch(input, init);
      await this.response(response);
      return response;
    };
  }
}
