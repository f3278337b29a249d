/** What collectors need from outside: handed in, so that tests stand any machine before them. */
import type { Clock } from '../platform/clock.ts';

export interface CollectorDeps {
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  /** The volume of this folder is the main one. */
  readonly dataDir: string;
  /** File, WAL and indexes of our own store, bytes; undefined while it is not open. */
  readonly storeSizeBytes?: () => number | undefined;
  /** Roots of the kernel's file systems; tests put captures there. */
  readonly procRoot?: string;
  readonly sysRoot?: string;
}
