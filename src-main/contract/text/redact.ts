/**
 * Secrets that people write into addresses, headers and bodies, taken out of what is shown or leaves this machine. What
 * is hidden keeps its place, so that settings which come back are completed from those in force. Pure.
 */
export const hiddenPart = '•••';

const address = /\b[a-z][a-z\d+.-]*:\/\/[^\s"'<>`\\]+/gi;
const addressParts = /^([a-z][a-z\d+.-]*:\/\/)([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/is;
const credentials = /\b(bearer|basic)\s+[\w.+/=~-]{4,}/gi;
const namedSecret =
  /((?:token|password|passwd|pwd|secret|api[-_]?key|signature|authorization|cookie)\\?["']?\s*[=:]\s*\\?["']?)[^\s"'\\&,;}•]+/gi;
/** Names of settings whose text is or may hold a secret. Names of secrets (`passwordSecret`) are names only. */
const secretSetting =
  /^(headers?|body|requestBody|bodyTemplate|template|password|token|headerSecret|clientKey|cookies?|authorization)$/i;
/**
 * These say nothing of a person's machine that a stranger with an exported file should read, and may hold a password as
 * well.
 */
const privateSetting = /^(query|sql)$/i;

/**
 * Without user and password, values of the query and parts of the path that look like a key (Slack, Discord, Telegram,
 * pings).
 * @param isKey the address as a whole is as good as a password: only its host is shown
 */
export function redactAddress(text: string, isKey = false): string {
  const parts = addressParts.exec(text);
  if (parts === null) return text;
  const [, scheme = '', authority = '', path = '', search = '', hash = ''] = parts;
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const user = host.length < authority.length ? `${hiddenPart}@` : '';
  const shownPath = isKey && path.length > 1 ? `/${hiddenPart}` : path.split('/').map(redactPathPart).join('/');
  const shownSearch = search
    .replace(/([?&][^=&]*=)([^&]+)/g, `$1${hiddenPart}`)
    .replace(/^\?([^=&]{12,})$/, `?${hiddenPart}`);
  return `${scheme}${user}${host}${shownPath}${shownSearch}${hash.length > 1 ? `#${hiddenPart}` : ''}`;
}

/** Words with hyphens are for people; long ones with digits, or very long ones, are keys. */
function redactPathPart(part: string): string {
  const isKey =
    (part.length >= 10 && /\d/.test(part) && /[a-z]/i.test(part)) || part.length >= 24 || /^\d{9,}$/.test(part);
  return isKey ? hiddenPart : part;
}

/** A sentence, a line of a log, what a library said. */
export const redactText = (text: string): string =>
  text
    .replace(address, (found) => (found.toLowerCase().startsWith('file:') ? found : redactAddress(found)))
    .replace(credentials, `$1 ${hiddenPart}`)
    .replace(namedSecret, `$1${hiddenPart}`);

export interface RedactOptions {
  /** Leaves this machine: queries are hidden, too. */
  readonly isForFile: boolean;
  /** Addresses are keys as a whole, as those of channels are. */
  readonly isKey?: boolean;
}

/** Settings with the same shape, without secrets. */
export function redactSettings<T>(settings: T, options: RedactOptions): T {
  return redactNode(settings, '', options) as T;
}

function redactNode(node: unknown, name: string, options: RedactOptions): unknown {
  if (typeof node === 'string') {
    if (node !== '' && (secretSetting.test(name) || (options.isForFile && privateSetting.test(name))))
      return hiddenPart;
    return isAddress(node) ? redactAddress(node, options.isKey) : node;
  }
  if (Array.isArray(node)) return node.map((one) => redactNode(one, name, options));
  if (typeof node !== 'object' || node === null) return node;
  const isSecret = secretSetting.test(name);
  const inside = name === 'channels' ? { ...options, isKey: true } : options;
  return Object.fromEntries(
    // Headers may be an object by name: each value is one.
    Object.entries(node).map(([key, value]) => [
      key,
      redactNode(value, isSecret && typeof value === 'string' ? name : key, inside),
    ]),
  );
}

const isAddress = (text: string): boolean => /^[a-z][a-z\d+.-]*:\/\//i.test(text);

/** What was hidden and came back unchanged is what it was; lists are matched by id, others by place. */
export function restoreHidden<T>(settings: T, current: unknown): T {
  return restoreNode(settings, current, '') as T;
}

function restoreNode(node: unknown, current: unknown, name: string): unknown {
  if (typeof node === 'string') {
    if (!node.includes(hiddenPart) || typeof current !== 'string') return node;
    const ways = [true, false].flatMap((isForFile) => [true, false].map((isKey) => ({ isForFile, isKey })));
    const isUnchanged = ways.some((options) => redactNode(current, name, options) === node);
    return isUnchanged ? current : node;
  }
  if (Array.isArray(node))
    return node.map((one, index) =>
      restoreNode(one, Array.isArray(current) ? partner(one, current, index) : undefined, name),
    );
  if (typeof node !== 'object' || node === null) return node;
  const isSecret = secretSetting.test(name);
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      restoreNode(
        value,
        (current as Record<string, unknown> | undefined)?.[key],
        isSecret && typeof value === 'string' ? name : key,
      ),
    ]),
  );
}

function partner(one: unknown, list: readonly unknown[], index: number): unknown {
  const { id } = (one ?? {}) as { readonly id?: unknown };
  return id === undefined ? list[index] : list.find((other) => (other as { id?: unknown } | null)?.id === id);
}

/** Whether something is still hidden that is needed: it can't be used as it is. */
export function hasHiddenParts(node: unknown, name = ''): boolean {
  if (typeof node === 'string')
    return node.includes(hiddenPart) && (isAddress(node) || secretSetting.test(name) || privateSetting.test(name));
  if (typeof node !== 'object' || node === null) return false;
  const isSecret = secretSetting.test(name);
  return Object.entries(node).some(([key, value]) =>
    hasHiddenParts(value, Array.isArray(node) || (isSecret && typeof value === 'string') ? name : key),
  );
}

/** Every secret in some settings, to be hidden wherever a peer or a library repeats one. */
export function secretsIn(node: unknown, name = ''): readonly string[] {
  if (typeof node === 'string') {
    if (secretSetting.test(name))
      return [node, ...node.split(/\r?\n/).map((line) => line.slice(line.indexOf(':') + 1).trim())];
    return isAddress(node) ? secretsOfAddress(node) : [];
  }
  if (typeof node !== 'object' || node === null) return [];
  const isSecret = secretSetting.test(name);
  return Object.entries(node).flatMap(([key, value]) =>
    secretsIn(value, Array.isArray(node) || (isSecret && typeof value === 'string') ? name : key),
  );
}

function secretsOfAddress(text: string): readonly string[] {
  const parts = addressParts.exec(text);
  if (parts === null) return [];
  const [, , authority = '', path = '', search = '', hash = ''] = parts;
  const user = authority.slice(0, Math.max(0, authority.lastIndexOf('@')));
  const values = [...search.matchAll(/[?&](?:[^=&]*=)?([^&]+)/g)].map(([, value = '']) => value);
  const keys = path.split('/').filter((part) => redactPathPart(part) === hiddenPart);
  const raw = [...user.split(':'), ...values, ...keys, hash.slice(1)];
  return [...new Set([...raw, ...raw.map(decoded)])].filter((one) => one.length >= 4);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
