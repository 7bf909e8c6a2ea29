// A small HTTP client for the application, and the command line that fill.mjs and snapshot.mjs share.

/** Reads `--name value` pairs over defaults; a default that is a number makes the value one, `true`/`false` a flag. */
export function options(defaults) {
  const found = { ...defaults };
  const words = process.argv.slice(2);
  while (words.length > 0) {
    const word = words.shift();
    const name = word.replace(/^--/, '');
    if (!word.startsWith('--') || !(name in defaults)) {
      console.error(`unknown argument ${word}; known: ${Object.keys(defaults).map((known) => `--${known}`).join(' ')}`);
      process.exit(2);
    }
    if (typeof defaults[name] === 'boolean') found[name] = true;
    else found[name] = typeof defaults[name] === 'number' ? Number(words.shift()) : words.shift();
  }
  return found;
}

/** The application as one user sees it. Every answer outside 200 to 299 is an error that names the request. */
export class Api {
  constructor(url, token) {
    this.url = url.replace(/\/$/, '');
    this.token = token;
  }

  static async login(url, username, password) {
    const { token } = await new Api(url).post('/api/auth/login', { username, password });
    return new Api(url, token);
  }

  async request(method, path, body) {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  }

  get(path) {
    return this.request('GET', path);
  }

  post(path, body = {}) {
    return this.request('POST', path, body);
  }

  put(path, body) {
    return this.request('PUT', path, body);
  }

  patch(path, body) {
    return this.request('PATCH', path, body);
  }

  delete(path) {
    return this.request('DELETE', path);
  }
}
