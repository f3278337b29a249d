/**
 * Alerts that belong together as one incident: what, since when, why, what was done and who was notified, how it ended.
 */
import { type } from '@orpc/contract';
import { z } from 'zod';
import type { Annotation } from '../annotations.ts';
import { base } from '../base.ts';
import type { DeliveryLogEntry } from '../channels.ts';
import type { ExplainedCause } from '../explanation/explanation.ts';
import type { ActiveAlert, Severity } from './alert.ts';
import type { Transition } from './alert-procedures.ts';

export interface IncidentAlert {
  /** As it fired: with its value, culprits and cause of then. */
  readonly alert: ActiveAlert;
  /** When the condition began, when it fired, and when it ended, ms since the epoch. */
  readonly since: number;
  readonly firedAt: number;
  readonly resolvedAt: number | null;
}

export interface IncidentSummary {
  readonly id: string;
  /** When the first of its conditions began: the time of the incident everywhere. */
  readonly since: number;
  /** null while any of its alerts fires. */
  readonly endedAt: number | null;
  /** The worst of its alerts. */
  readonly severity: Severity;
  /** What the others follow from, as far as that is known; else the first. */
  readonly root: IncidentAlert;
  readonly followers: readonly IncidentAlert[];
  /** null: not known. */
  readonly cause: ExplainedCause | null;
}

export interface Incident extends IncidentSummary {
  /** What happened to its alerts, oldest first. */
  readonly transitions: readonly Transition[];
  /** What was changed or done from shortly before it until it ended. */
  readonly changes: readonly Annotation[];
  /** Who was notified of it, or why not. */
  readonly deliveries: readonly DeliveryLogEntry[];
}

/** The incident that an alert belongs to answers to the id of each of its alerts. */
export const incidentIdOf = ({ id, since }: { readonly id: string; readonly since: number }): string =>
  `${since.toString(36)}-${hash(id)}`;

/** When the alert began that an incident's id was made of; undefined where it is none. */
export function timeOfIncidentId(id: string): number | undefined {
  const match = /^([0-9a-z]{1,12})-[0-9a-f]{8}$/.exec(id);
  return match === null ? undefined : Number.parseInt(match[1] as string, 36);
}

/** FNV-1a, 32 bits: tells alerts apart that began at the same moment. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return value.toString(16).padStart(8, '0');
}

const time = z.number().int().min(0).max(8.64e15);

export const incidentsContract = {
  incidents: {
    /** Those of which an alert fired in the range, newest first. */
    list: base
      .input(z.object({ from: time, until: time, limit: z.number().int().min(1).max(500).default(50) }))
      .output(type<readonly IncidentSummary[]>()),
    get: base.input(z.object({ id: z.string().min(3).max(40) })).output(type<Incident>()),
  },
};
