/**
 * The process table, one process close by, and what can be done to it. Command lines are shown on demand only and never
 * kept.
 */
import { type } from '@orpc/contract';
import { z } from 'zod';
import { base } from './base.ts';
import type { ProcessTable, ProcessUnit } from './live.ts';

/** Names one process for ever: its number may be given away again, with another beginning. */
export interface ProcessRef {
  readonly pid: number;
  /** When it began, in the system's own words. */
  readonly start: string;
}

export interface RelatedProcess {
  readonly pid: number;
  readonly label: string;
}

/** Why a process is left alone; a kind of failure. */
export type ProcessRefusal = 'process-not-yours' | 'process-of-system' | 'process-of-monitor';

export interface ProcessDetails extends ProcessRef {
  readonly name: string;
  readonly label: string;
  readonly user: string | null;
  readonly unit: ProcessUnit | null;
  /** ms since the epoch; null where not told. */
  readonly startedAt: number | null;
  /** From the one that began it up to the first. */
  readonly above: readonly RelatedProcess[];
  /** Those that it began and that still run. */
  readonly children: readonly RelatedProcess[];
  /** TCP ports that it listens on, and where; null where the system does not tell. */
  readonly ports: readonly { readonly port: number; readonly address: string }[] | null;
  /** SQLite databases that it has open; null where the system does not tell. */
  readonly databases: readonly string[] | null;
  /** null: it may be ended and slowed down. */
  readonly refusal: ProcessRefusal | null;
  /** Its priority was lowered here, and can be set back. */
  readonly isLowered: boolean;
  /** Whether this system lets a lowered priority be set back. */
  readonly canLower: boolean;
}

const pid = z.number().int().min(0).max(4_294_967_295);
const ref = z.object({ pid, start: z.string().min(1).max(200) });

const endHows = ['politely', 'hard'] as const;

export const processesContract = {
  processes: {
    /** null before the first collection of the process source. */
    table: base.output(type<ProcessTable | null>()),
    details: base.input(z.object({ pid })).output(type<ProcessDetails>()),
    /** The whole command line, with secrets in addresses hidden; null where the system does not tell. */
    command: base.input(ref).output(type<{ readonly command: string | null }>()),
    /** `hasEnded` is false while it still runs after five seconds. */
    end: base
      .input(ref.extend({ how: z.enum(endHows).default('politely') }))
      .output(type<{ readonly hasEnded: boolean }>()),
    lowerPriority: base.input(ref).output(type<Record<string, never>>()),
    /** Sets back what `lowerPriority` changed. */
    restorePriority: base.input(ref).output(type<Record<string, never>>()),
  },
};
