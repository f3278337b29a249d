/**
 * The door to systeminformation, for what Windows and macOS tell nowhere else. Loaded at first use (6 MB). On Windows
 * each call would start a PowerShell (0.2–5 s); one session is held open instead. Calls may never settle: callers have
 * timeouts. Linux never comes here: there each of these calls starts 1 to 7 programs. Not run on Windows or macOS by
 * its authors; the shapes are those of its documentation and of the captures in test/fixtures.
 */
import { cpus } from 'node:os';
import { systemClock } from '../../platform/clock.ts';
import { type BatteryState, windowsBatteries } from './battery-state.ts';
import type { DiskCounters } from './disk-counters.ts';
import { type InterfaceCounters, isInteresting } from './network-counters.ts';
import type { ProcessFigures, ProcessReader } from './process-list.ts';

type SystemInformation = typeof import('systeminformation');

let loaded: Promise<SystemInformation> | undefined;

function systemInformation(): Promise<SystemInformation> {
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
      ...(operations !== null && { reads: operations.rIO, writes: operations.wIO }),
      ...(bytes !== null && { readBytes: bytes.rx, writtenBytes: bytes.wx }),
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

/** One row of `processes()`; what Windows does not tell is 0 or empty there. */
export interface WindowsProcess {
  readonly pid: number;
  readonly parentPid: number;
  readonly name: string;
  /** With its arguments; empty for those of others. */
  readonly command: string;
  /** Resident memory, KiB. */
  readonly memRss: number;
  /** CPU percent of the whole machine since the call before. */
  readonly cpu: number;
  /** Local time, `2026-01-31 08:15:00`. */
  readonly started: string;
}

/** CPU time is told as a share since the call before: it is added up, so that changes come out right again. */
export class WindowsProcesses {
  readonly #cpuSeconds = new Map<string, number>();
  #lastAt: number | undefined;

  figures(list: readonly WindowsProcess[], cores: number, monotonic: number): readonly ProcessFigures[] {
    const seconds = this.#lastAt === undefined ? 0 : (monotonic - this.#lastAt) / 1_000;
    this.#lastAt = monotonic;
    const alive = new Set<string>();
    const result = list
      // The idle process is no process, and "its" CPU is what nobody uses.
      .filter(({ pid }) => pid !== 0)
      .map((one): ProcessFigures => {
        const key = `${one.pid} ${one.started}`;
        alive.add(key);
        const cpuSeconds = (this.#cpuSeconds.get(key) ?? 0) + (one.cpu / 100) * cores * seconds;
        this.#cpuSeconds.set(key, cpuSeconds);
        const startedAt = Date.parse(one.started.replace(' ', 'T'));
        return {
          pid: one.pid,
          parent: one.parentPid,
          name: one.name.replace(/\.exe$/i, ''),
          startedKey: Number.isNaN(startedAt) ? 0 : startedAt,
          startedAt: Number.isNaN(startedAt) ? null : startedAt,
          cpuSeconds,
          memoryBytes: one.memRss * 1_024,
        };
      });
    for (const key of this.#cpuSeconds.keys()) if (!alive.has(key)) this.#cpuSeconds.delete(key);
    return result;
  }
}

const windowsProcesses = new WindowsProcesses();

/** Not run there. Commands are those of the last list, and forgotten with the next. */
export function windowsProcessReader(): ProcessReader {
  let commands = new Map<number, string>();
  return {
    async read() {
      const library = await systemInformation();
      const { list } = await library.processes();
      commands = new Map(list.map(({ pid, command }) => [pid, command]));
      return windowsProcesses.figures(list, cpus().length, systemClock.monotonic());
    },
    commandOf: (pid) => commands.get(pid) || undefined,
  };
}

/** Undefined where the system does not tell: on macOS without an extra driver, on Windows without rights. */
export async function readCpuTemperature(): Promise<number | undefined> {
  const { main } = await (await systemInformation()).cpuTemperature();
  return typeof main === 'number' && main > 0 ? main : undefined;
}

export async function readWindowsBatteries(): Promise<readonly BatteryState[]> {
  return windowsBatteries(await (await systemInformation()).battery());
}
