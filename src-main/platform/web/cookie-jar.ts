/**
 * Cookies of one chain of redirects: sign-ins set one and look for it at the next address. Forgotten with the chain.
 */

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  /** Hosts below the domain get it, too. */
  readonly isForSubdomains: boolean;
  readonly path: string;
  readonly isSecure: boolean;
}

const maxCookies = 100;

export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();

  /** @param lines `Set-Cookie` of an answer from this address */
  take(url: URL, lines: readonly string[] = []): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const at = pair.indexOf('=');
      if (at < 1 || this.#cookies.size >= maxCookies) continue;
      const named = Object.fromEntries(
        attributes.map((one) => {
          const [name = '', ...value] = one.split('=');
          return [name.toLowerCase(), value.join('=')];
        }),
      ) as Readonly<Partial<Record<string, string>>>;
      const wanted = (named.domain ?? '').replace(/^\./, '').toLowerCase();
      // A host sets cookies for itself and for what it is a part of, never for a whole top level.
      const isOurs = wanted !== '' && wanted.includes('.') && isWithin(url.hostname, wanted);
      if (wanted !== '' && !isOurs && wanted !== url.hostname) continue;
      const [name, domain] = [pair.slice(0, at), isOurs ? wanted : url.hostname];
      const path = named.path?.startsWith('/') === true ? named.path : url.pathname.replace(/\/[^/]*$/, '') || '/';
      const key = `${domain} ${path} ${name}`;
      if (Number(named['max-age'] ?? 1) <= 0) this.#cookies.delete(key);
      else
        this.#cookies.set(key, {
          name,
          value: pair.slice(at + 1),
          domain,
          isForSubdomains: isOurs,
          path,
          isSecure: 'secure' in named,
        });
    }
  }

  /** What goes along to this address; undefined where nothing does. */
  header(url: URL): string | undefined {
    const fitting = [...this.#cookies.values()].filter(
      ({ domain, isForSubdomains, path, isSecure }) =>
        (isForSubdomains ? isWithin(url.hostname, domain) : url.hostname === domain) &&
        (url.pathname === path || url.pathname.startsWith(path.endsWith('/') ? path : `${path}/`)) &&
        (!isSecure || url.protocol === 'https:'),
    );
    return fitting.length === 0 ? undefined : fitting.map(({ name, value }) => `${name}=${value}`).join('; ');
  }
}

const isWithin = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);
