/** Databases and services that the user watches: how each is doing, and adding, trying and removing them. */
import { type } from '@orpc/contract';
import { z } from 'zod';
import { base } from './base.ts';
import { drafted } from './forms/form-procedures.ts';
import { type TargetSettings, targetSchema } from './settings/targets.ts';
import type { Values } from './text/message.ts';
import type { TargetCode } from './words/targets.ts';

const targetStates = [
  'starting',
  'up',
  /** Answers, but not as it should: wrong status, drifted schema, too few processes. */
  'wrong',
  'down',
  /** Could not be found out; never taken for fine. */
  'unknown',
] as const;
export type TargetState = (typeof targetStates)[number];

/** A line on the target's page: text for people, in English. */
interface TargetFact {
  /** Catalogue key part, kebab-case. */
  readonly name: string;
  readonly value: string;
}

export interface TargetFinding {
  readonly state: TargetState;
  /** Without its variant; `ok` when up. */
  readonly kind: TargetCode;
  readonly code?: TargetCode;
  readonly values?: Values;
  /** One English sentence. */
  readonly message: string;
  readonly facts: readonly TargetFact[];
}

export interface TargetStatus extends TargetFinding {
  readonly settings: TargetSettings;
  /** When it was last looked at, ms since the epoch. */
  readonly at: number | null;
  /** Names of secret fields that have a value; the values never leave the core. */
  readonly secretsSet?: readonly string[];
}

/** A database that nobody watches yet, to be offered. */
export interface FoundDatabase {
  readonly path: string;
  readonly sizeBytes: number;
  /** That its name speaks for. */
  readonly profile: string | null;
}

const id = z.object({ id: z.string().max(60) });

export const targetsContract = {
  targets: {
    list: base.output(type<readonly TargetStatus[]>()),
    /** Adds a target, or replaces the one with its id. */
    save: base.input(drafted(targetSchema)).output(type<TargetStatus>()),
    remove: base.input(id).output(type<Record<string, never>>()),
    /** Databases in the places where people keep them, at most eight; those that are watched are left out. */
    find: base.output(type<readonly FoundDatabase[]>()),
    /** Looks once, without adding anything. */
    test: base.input(drafted(targetSchema)).output(type<TargetFinding>()),
    forgetSecret: base
      .input(z.object({ id: z.string().max(60), name: z.string().max(60) }))
      .output(type<Record<string, never>>()),
    /** The present schema of a database without profile becomes its baseline. */
    acceptSchema: base.input(id).output(type<Record<string, never>>()),
    /** Looks at a watched target now. */
    refresh: base.input(id).output(type<Record<string, never>>()),
  },
};
