/**
 * Which process listens on a port: from /proc on Linux, netstat on Windows, lsof on macOS. The last two are parsed by
 * tested functions on captured text, but were not run by us.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { linuxProcessName } from '../platform/linux-process-name.ts';
import { runCommand } from '../platform/run-command.ts';

const commandTimeoutMs = 2_000;

/** A name with its process id; undefined where the system does not tell. */
export async function findPortHolder(
  port: number,
  platform: NodeJS.Platform = process.platform,
): Promise<string | undefined> {
  if (platform === 'linux') return findOnLinux(port);
  if (platform === 'darwin') {
    const listing = await runCommand('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN'], { timeoutMs: commandTimeoutMs });
    return listing.ok ? parseLsof(listing.value) : undefined;
  }
  if (platform === 'win32') {
    const connections = await runCommand('netstat', ['-ano', '-p', 'TCP'], { timeoutMs: commandTimeoutMs });
    const pid = connections.ok ? parseNetstat(connections.value, port) : undefined;
    if (pid === undefined) return undefined;
    const tasks = await runCommand('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], {
      timeoutMs: commandTimeoutMs,
    });
    const name = tasks.ok ? parseTasklist(tasks.value) : undefined;
    return `${name ?? 'process'} (${pid})`;
  }
  return undefined;
}

/** The second line of lsof's table: COMMAND PID USER … */
export function parseLsof(text: string): string | undefined {
  const [command, pid] = text.split('\n')[1]?.trim().split(/\s+/) ?? [];
  // lsof writes a space inside a name as \x20.
  return command === undefined || pid === undefined ? undefined : `${command.replaceAll('\\x20', ' ')} (${pid})`;
}

/**
 * The process id at the end of the LISTENING line; the state's word is translated on other languages' Windows, so it is
 * not looked at.
 */
export function parseNetstat(text: string, port: number): number | undefined {
  for (const line of text.split(/\r?\n/)) {
    const [protocol, local, foreign, , pid] = line.trim().split(/\s+/);
    if (protocol !== 'TCP' || local?.endsWith(`:${port}`) !== true) continue;
    if (/^(0\.0\.0\.0|\[::\]):0$/.test(foreign ?? '') && pid !== undefined) return Number(pid);
  }
  return undefined;
}

export const parseTasklist = (text: string): string | undefined => /^"([^"]+)"/m.exec(text)?.[1];

/** Inodes of the sockets that listen on `port`, from /proc/net/tcp and tcp6. */
export function parseProcNetTcp(text: string, port: number): string[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  const listening = '0A';
  return text
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(`:${hexPort}`) === true && fields[3] === listening)
    .map((fields) => fields[9] as string);
}

function findOnLinux(port: number): string | undefined {
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].map(readOrEmpty);
  const sockets = new Set(tables.flatMap((text) => parseProcNetTcp(text, port)).map((inode) => `socket:[${inode}]`));
  if (sockets.size === 0) return undefined;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    // Only our own user's processes can be looked into; for the others the holder stays unknown.
    if (descriptorsOf(pid).some((target) => sockets.has(target))) return `${linuxProcessName(Number(pid))} (${pid})`;
  }
  return undefined;
}

function descriptorsOf(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`);
      } catch {
        return '';
      }
    });
  } catch {
    return [];
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
