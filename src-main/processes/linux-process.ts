/** One process close by, from /proc: what it listens on, which databases it has open, its command line. */
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import type { ProcessDetails } from '../contract/processes.ts';

/** A browser has thousands open; the databases among the first ones are enough to warn by. */
const maxFiles = 2_000;
const databaseName = /\.(db|db3|sqlite|sqlite3)$/i;
const logEndings = ['-wal', '-journal', '-shm'];

export interface OpenThings {
  readonly ports: ProcessDetails['ports'];
  readonly databases: ProcessDetails['databases'];
}

/** null each where another user's process keeps it to itself. */
export function openThingsOnLinux(pid: number): OpenThings {
  const links = linksOf(pid);
  if (links === null) return { ports: null, databases: null };
  const sockets = new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
  const tables = [`/proc/${pid}/net/tcp`, `/proc/${pid}/net/tcp6`].map(readOrEmpty);
  const ports = sockets.size === 0 ? [] : tables.flatMap((text) => listening(text, sockets));
  const files = new Set(links.filter((link) => link.startsWith('/') && !/^\/(dev|proc|sys)\//.test(link)));
  return { ports: withoutRepeats(ports), databases: [...files].filter((file) => isDatabase(file, files)) };
}

/** NUL-separated; undefined where it is not told. */
export function commandOnLinux(pid: number): string | undefined {
  const text = readOrEmpty(`/proc/${pid}/cmdline`);
  return text === '' ? undefined : text.replace(/\0+$/, '').replaceAll('\0', ' ');
}

export function uidOnLinux(pid: number): number | null {
  try {
    return statSync(`/proc/${pid}`).uid;
  } catch {
    return null;
  }
}

/** The lines of /proc/PID/net/tcp whose socket is one of these and listens. */
function listening(text: string, sockets: ReadonlySet<string>): { port: number; address: string }[] {
  return text.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const [, local = '', , state] = fields;
    if (state !== '0A' || !sockets.has(fields[9] ?? '')) return [];
    const [address = '', port = ''] = local.split(':');
    return [{ port: Number.parseInt(port, 16), address: addressOf(address) }];
  });
}

/** Bytes of the address in the order of the machine, four at a time. */
function addressOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse());
  if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
  const text = bytes.join('').toLowerCase();
  if (/^0+$/.test(text)) return '::';
  if (/^0+1$/.test(text)) return '::1';
  return (text.match(/.{4}/g) ?? []).map((group) => group.replace(/^0{1,3}/, '')).join(':');
}

const withoutRepeats = (ports: { port: number; address: string }[]): { port: number; address: string }[] => [
  ...new Map(ports.map((one) => [`${one.address} ${one.port}`, one])).values(),
];

function linksOf(pid: number): string[] | null {
  try {
    return readdirSync(`/proc/${pid}/fd`)
      .slice(0, maxFiles)
      .flatMap((fd) => {
        try {
          return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
        } catch {
          return [];
        }
      });
  } catch {
    return null;
  }
}

/**
 * By its name, or by a log of its own that is open, too. It is not looked into: a descriptor that is closed here would
 * take this process's own locks on the file with it, and a disk of the network that is gone would hold up the main
 * thread.
 */
const isDatabase = (file: string, open: ReadonlySet<string>): boolean =>
  databaseName.test(file) || logEndings.some((ending) => open.has(file + ending));

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
