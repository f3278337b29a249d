/** All processes of the machine with their totals so far; what changed between two lists is worked out elsewhere. */

export interface ProcessFigures {
  readonly pid: number;
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
}
