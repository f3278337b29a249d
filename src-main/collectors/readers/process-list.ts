/** All processes of the machine with their totals so far; what changed between two lists is worked out elsewhere. */

import type { ProcessUnit } from '../../contract/live.ts';

export interface ProcessFigures {
  readonly pid: number;
  /** The process that began it; null where not told. */
  readonly parent: number | null;
  readonly name: string;
  /** Tells a process from a later one with the same number. */
  readonly startedKey: number;
  readonly startedAt: number | null;
  /** CPU time since it began, s. */
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
  /** Bytes read from and written to disks since it began; undefined where not told. */
  readonly diskBytes?: number;
  readonly threads?: number;
  readonly user?: string;
}

/** Reads all processes; `previous` saves asking again for what does not change. */
export interface ProcessReader {
  read(): readonly ProcessFigures[] | Promise<readonly ProcessFigures[]>;
  /** The account that runs a process, asked only for rows that are shown. */
  userOf?(pid: number): string | undefined;
  /**
   * The beginning of its command line, NUL-separated where the system keeps it so. Only names are taken from it, at
   * once: it holds secrets, and nothing keeps it.
   */
  commandOf?(pid: number): string | undefined;
  /** The service or container that it belongs to. */
  unitOf?(pid: number): ProcessUnit | undefined;
}
