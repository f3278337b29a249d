/**
 * The door to systeminformation, for what Windows and macOS tell nowhere else. Loaded at first use (6 MB). On Windows each
 * call would start a PowerShell (0.2–5 s); one session is held open instead. Calls may never settle: callers have timeouts.
 * Linux never comes here: there each of these calls starts 1 to 7 programs. Not run on Windows or macOS by its authors;
 * the shapes are those of its documentation and of the captures in test/fixtures.
 */
import type { DiskCounters } from './disk-counters.ts';
import { type InterfaceCounters, isInteresting } from './network-counters.ts';

type SystemInformation = typeof import('systeminformation');

let loaded: Promise<SystemInformation> | undefined;

export function systemInformation(): Promise<SystemInformation> {
  loaded ??= import('systeminformation').then((module) => {
    const library = ('default' in module ? module.default : module) as SystemInformation;
    if (process.platform === 'win32') library.powerShellStart();
    return library;
  });
  return loaded;
}

/** Ends the held PowerShell, if there is one. */
export async function closeSystemInformation(): Promise<void> {
  if (loaded === undefined || process.platform !== 'win32') return;
  (await loaded).powerShellRelease();
  loaded = undefined;
}

/** All disks as one, which is what these systems tell without extra tools. */
export async function readDiskTotals(): Promise<readonly DiskCounters[]> {
  const library = await systemInformation();
  const [operations, bytes] = await Promise.all([library.disksIO(), library.fsStats()]);
  return diskTotals(operations, bytes);
}

export function diskTotals(
  operations: { readonly rIO: number; readonly wIO: number } | null,
  bytes: { readonly rx: number; readonly wx: number } | null,
): readonly DiskCounters[] {
  if (operations === null && bytes === null) return [];
  return [
    {
      device: 'all',
      reads: operations?.rIO ?? 0,
      readBytes: bytes?.rx ?? 0,
      writes: operations?.wIO ?? 0,
      writtenBytes: bytes?.wx ?? 0,
    },
  ];
}

export async function readInterfaceCounters(): Promise<readonly InterfaceCounters[]> {
  const library = await systemInformation();
  return interfaceCounters(await library.networkStats('*'));
}

export interface NetworkStats {
  readonly iface: string;
  readonly rx_bytes: number;
  readonly tx_bytes: number;
  readonly rx_errors: number;
  readonly tx_errors: number;
  readonly rx_dropped: number;
  readonly tx_dropped: number;
}

export function interfaceCounters(stats: readonly NetworkStats[]): readonly InterfaceCounters[] {
  return stats
    .filter(({ iface }) => isInteresting(iface))
    .map((one) => ({
      name: one.iface,
      receivedBytes: one.rx_bytes,
      transmittedBytes: one.tx_bytes,
      receiveErrors: one.rx_errors,
      transmitErrors: one.tx_errors,
      receiveDrops: one.rx_dropped,
      transmitDrops: one.tx_dropped,
    }));
}
