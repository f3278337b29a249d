/**
 * This browser's session, kept in the storage of its origin: unlike a cookie that is not sent to, read by or ended from
 * other ports of this machine. It is made from the code in the address, which leaves the address bar before anything
 * else happens.
 */
const storageKey = 'hakgal-session';
const parameter = 'sign-in';

/** Where storage is switched off, the session lasts as long as the page. */
let inMemory: string | null = null;
let isRefused = false;

/** Takes the code out of the address, if there is one, and signs in with it. */
export async function signInByAddress(): Promise<void> {
  const address = new URL(location.href);
  const code = address.searchParams.get(parameter);
  if (code === null) return;
  address.searchParams.delete(parameter);
  history.replaceState(history.state, '', address);
  const response = await fetch('/api/session', {
    method: 'POST',
    credentials: 'omit',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  }).catch(() => undefined);
  if (response?.status !== 201) return;
  const { session } = (await response.json()) as { readonly session: string };
  keep(session);
}

export async function signOut(): Promise<void> {
  await fetch('/api/session/end', {
    method: 'POST',
    credentials: 'omit',
    headers: { ...authorization(), 'content-type': 'application/json' },
  });
  keep(null);
  location.reload();
}

export function authorization(): Record<string, string> {
  const session = current();
  return session === null ? {} : { authorization: `Bearer ${session}` };
}

/** Remembers whether the monitor knows this session, from each answer. */
export function noteStatus(status: number): void {
  isRefused = status === 401;
}

/** The monitor answers, and does not know this browser (any more). */
export const isSignedOut = (): boolean => isRefused;

function current(): string | null {
  try {
    return localStorage.getItem(storageKey) ?? inMemory;
  } catch {
    return inMemory;
  }
}

function keep(session: string | null): void {
  inMemory = session;
  try {
    if (session === null) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, session);
  } catch {
    // Kept in memory.
  }
}
