// A browser without a window: cookies, forms and redirects, hop by hop. Enough for the pages of the
// host and of the stand-in; the tests click the same pages in a real one.

const entities = { amp: '&', lt: '<', gt: '>', quot: '"' };
const unescape = (text) => text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
  if (decimal) return String.fromCodePoint(Number(decimal));
  if (hex) return String.fromCodePoint(parseInt(hex, 16));
  return entities[name] ?? whole;
});

function attributesOf(tag) {
  return Object.fromEntries([...tag.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].slice(1).map(([, name, value = '']) => [name.toLowerCase(), unescape(value)]));
}

/** The form of a page: where it goes, its fields as filled in by the page, its submit buttons. */
export function formOf({ url, html }) {
  const [, tag, inner] = /(<form\b[^>]*>)([\s\S]*?)<\/form>/i.exec(html) ?? [];
  if (!tag) return undefined;
  const { action, method = 'get' } = attributesOf(tag);
  const fields = {};
  for (const [input] of inner.matchAll(/<input\b[^>]*>/gi)) {
    const { name, value = '', type = 'text', ...rest } = attributesOf(input);
    const counts = type !== 'checkbox' || 'checked' in rest;
    if (name && counts) fields[name] = value;
  }
  const buttons = [...inner.matchAll(/<button\b[^>]*>/gi)].map(([button]) => attributesOf(button));
  return { action: new URL(action || url, url).href, method: method.toUpperCase(), fields, buttons };
}

export class Browser {
  constructor({ fetch = globalThis.fetch } = {}) {
    this.fetch = fetch;
    this.cookies = new Map(); // "host path name" → {pair, host, path}
  }

  cookieHeader(url) {
    return [...this.cookies.values()]
      .filter(({ host, path }) => url.hostname === host && url.pathname.startsWith(path))
      .map(({ pair }) => pair).join('; ');
  }

  keepCookies(url, response) {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair, ...attributes] = cookie.split(/;\s*/);
      const find = (name) => attributes.find((item) => item.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
      const path = find('path') ?? '/';
      const key = `${url.hostname} ${path} ${pair.split('=')[0]}`;
      // As in a browser, a cookie belongs to a host name whatever the port.
      if (find('max-age') === '0' || pair.endsWith('=')) this.cookies.delete(key);
      else this.cookies.set(key, { pair, host: url.hostname, path });
    }
  }

  /** One request. `fields` makes it the submission of a form on a page of the same origin. */
  async open(href, fields, headers = {}) {
    const url = new URL(href);
    const form = fields && {
      method: 'POST',
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: url.origin, 'sec-fetch-site': 'same-origin' },
    };
    const response = await this.fetch(url, {
      ...form,
      redirect: 'manual',
      headers: { accept: 'text/html', cookie: this.cookieHeader(url), ...form?.headers, ...headers },
    });
    this.keepCookies(url, response);
    const location = response.headers.get('location');
    return {
      url: url.href,
      status: response.status,
      headers: response.headers,
      location: location && new URL(location, url),
      html: await response.text(),
    };
  }

  submit(page, answers) {
    const { action, fields } = formOf(page);
    return this.open(action, { ...fields, ...answers });
  }

  /**
   * Goes on until the browser is sent to `end` (that request is not made) or a page stays. `answer`
   * gets each page with a form and returns what the user fills in, or undefined to stop there.
   */
  async travel(href, { end, answer = () => undefined }) {
    let page = await this.open(href);
    for (let hops = 0; hops < 20; hops += 1) {
      if (page.location) {
        if (page.location.href.startsWith(end)) return { arrived: page.location };
        page = await this.open(page.location.href);
      } else {
        const answers = formOf(page) && answer(page);
        if (!answers) return { stayed: page };
        page = await this.submit(page, answers);
      }
    }
    throw new Error('the browser is sent in circles');
  }
}

/** A user who approves every consent page and signs in as the stand-in's first user. */
export function approvingUser(page) {
  const { fields } = formOf(page);
  if ('password' in fields) return { username: 'mary.sample', password: 'mary-demo', decision: 'signin' };
  return { decision: 'approve' };
}
