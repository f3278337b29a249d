/** Why the machine is slow, as it travels: causes with their evidence, and who is busiest where nothing is slow. */
import { z } from 'zod';
import type { Text } from '../text/text.ts';

const causeKinds = ['cpu', 'memory', 'disk', 'network', 'database', 'service', 'thermal', 'monitor'] as const;
export type CauseKind = (typeof causeKinds)[number];

/** A value of a sentence: text as it is, or a number with its unit (a `Unit`, or `cores`). */
export type EvidenceValue = string | { readonly value: number; readonly unit: string };

/** One observation, as a sentence with its values. */
export interface Evidence {
  readonly text: Text;
  readonly values: Readonly<Record<string, EvidenceValue>>;
}

export interface ExplainedCause {
  readonly kind: CauseKind;
  /** Who it is: a program, a target, a volume, a sensor; null where that is not known. */
  readonly name: string | null;
  readonly pid: number | null;
  /** 0–1: how sure it is that this is it. Below 0.5 it is only a suspicion. */
  readonly confidence: number;
  /** Of the trouble that it explains, ms since the epoch. */
  readonly since: number;
  /** When it was over; null while it lasts at the end of what was looked at. */
  readonly until: number | null;
  /** What it is and who, as the main sentence says it: "vite build (node 13111) uses 1.9 of 2 cores". */
  readonly statement: Evidence;
  readonly evidence: readonly Evidence[];
  /** A slowness, which load elsewhere may bring; what is gone, locked or lost fails by itself. */
  readonly isSlowness: boolean;
}

/** Who used most CPU in the last seconds. */
export interface Busiest {
  /** "vite build (node 13111)" */
  readonly who: Evidence;
  readonly pid: number | null;
  /** 1 is one core. */
  readonly cores: number;
}

export interface ExplainedNow {
  /** `unknown`: too little has been measured to say. */
  readonly state: 'unknown' | 'calm' | 'slow';
  /** What goes on, best first; empty unless slow. */
  readonly causes: readonly ExplainedCause[];
  /** What ended in the last minutes, best first. */
  readonly ended: readonly ExplainedCause[];
  /** null where no process table tells. */
  readonly busiest: Busiest | null;
}

const evidenceSchema = z.object({
  text: z.object({ en: z.string(), de: z.string() }),
  values: z.record(z.string(), z.union([z.string(), z.object({ value: z.number(), unit: z.string() })])),
});

/** As it is read back from where it was stored. */
export const explainedCauseSchema = z.object({
  kind: z.enum(causeKinds),
  name: z.string().nullable(),
  pid: z.number().nullable(),
  confidence: z.number(),
  since: z.number(),
  until: z.number().nullable(),
  statement: evidenceSchema,
  evidence: z.array(evidenceSchema).readonly(),
  isSlowness: z.boolean(),
});
