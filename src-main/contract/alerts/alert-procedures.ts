/** Alerts: what there is, what happened, who said what about it, and the rules behind. */
import { type } from '@orpc/contract';
import { z } from 'zod';
import { base } from '../base.ts';
import { drafted } from '../forms/form-procedures.ts';
import type { Labels } from '../metric.ts';
import { type AlertRule, alertRuleSchema } from '../settings/alerts.ts';
import { type ActiveAlert, type OwnWords, type Severity, severities } from './alert.ts';

export const transitionKinds = [
  'fired',
  'resolved',
  'flapping',
  'acknowledged',
  'unacknowledged',
  'silenced',
  'reminder',
] as const;
export type TransitionKind = (typeof transitionKinds)[number];

/** Something that happened to an alert; each is stored once and told at most once per channel. */
export interface Transition {
  /** Unique and the same after a restart: alert, kind, time. */
  readonly id: string;
  readonly kind: TransitionKind;
  /** ms since the epoch. */
  readonly at: number;
  /** Stable, kebab-case: `held`, `cleared`, `vanished`, `rule-removed`, … */
  readonly reason: string;
  /** The alert as it was right after. */
  readonly alert: ActiveAlert;
  /** Who, for what a person did. */
  readonly by?: string;
}

/** Mutes notifications of the alerts it fits, for a time. */
export interface Silence {
  readonly id: string;
  /** Rule id; absent: every rule. */
  readonly rule?: string;
  /** Labels that must be equal. */
  readonly labels: Labels;
  /** One alert alone ("snooze"). */
  readonly alert?: string;
  readonly from: number;
  readonly until: number;
  readonly by: string;
  readonly comment?: string;
}

export interface HistoryEntry {
  readonly alert: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly series: string;
  readonly since: number;
  readonly firedAt: number;
  readonly resolvedAt: number | null;
  readonly transitions: readonly Transition[];
}

export interface AlertFigures {
  readonly from: number;
  readonly until: number;
  readonly fired: number;
  /** Mean time from firing to resolution, ms; null where nothing was resolved. */
  readonly meanResolveMs: number | null;
  /** Noisiest first. */
  readonly rules: readonly {
    readonly rule: string;
    readonly fired: number;
    readonly perDay: number;
    readonly meanResolveMs: number | null;
  }[];
}

export interface RuleView extends OwnWords {
  readonly rule: AlertRule;
  readonly origin: 'shipped' | 'changed' | 'own';
  /** Series that it looks at now. */
  readonly seriesCount: number;
}

export interface RefusedRule {
  readonly id: string;
  /** Dotted path of the field. */
  readonly field: string;
  readonly reason: string;
}

export interface RulesAnswer {
  readonly rules: readonly RuleView[];
  readonly refused: readonly RefusedRule[];
}

export interface PreviewFiring {
  readonly series: string;
  readonly severity: Severity;
  readonly firedAt: number;
  /** null: still firing at the end. */
  readonly resolvedAt: number | null;
}

export interface PreviewAnswer {
  readonly from: number;
  readonly until: number;
  readonly count: number;
  /** The newest 500. */
  readonly firings: readonly PreviewFiring[];
  /** Distance of the stored values that were used, ms. */
  readonly stepMs: number;
  readonly note?: string;
}

const time = z.number().int().min(0).max(8.64e15);
const by = z.string().min(1).max(100).default('user');
const alertId = z.string().min(1).max(1000);

const silenceInputSchema = z.object({
  rule: z.string().max(100).optional(),
  labels: z.record(z.string().max(100), z.string().max(500)).default({}),
  alert: alertId.optional(),
  minutes: z
    .number()
    .min(1)
    .max(60 * 24 * 365),
  by,
  comment: z.string().max(500).optional(),
});
export type SilenceInput = z.infer<typeof silenceInputSchema>;

const historyQuerySchema = z.object({
  from: time.default(0),
  until: time.default(8.64e15),
  rule: z.string().max(100).optional(),
  severity: z.enum(severities).optional(),
  limit: z.number().int().min(1).max(1000).default(100),
});
export type HistoryQuery = z.infer<typeof historyQuerySchema>;

const ruleExportFormats = ['prometheus', 'json'] as const;

export const alertsContract = {
  alerts: {
    active: base.output(type<readonly ActiveAlert[]>()),
    acknowledge: base.input(z.object({ id: alertId, by })).output(type<ActiveAlert>()),
    unacknowledge: base.input(z.object({ id: alertId, by })).output(type<ActiveAlert>()),
    silences: base.output(type<readonly Silence[]>()),
    silence: base.input(silenceInputSchema).output(type<Silence>()),
    removeSilence: base.input(z.object({ id: z.string().max(100) })).output(type<Record<string, never>>()),
    history: base.input(historyQuerySchema).output(type<readonly HistoryEntry[]>()),
    figures: base.input(z.object({ from: time, until: time })).output(type<AlertFigures>()),
    rules: base.output(type<RulesAnswer>()),
    /** Adds a rule or replaces the one with its id. */
    saveRule: base.input(drafted(alertRuleSchema)).output(type<AlertRule>()),
    /** Takes a rule of the user's away; a shipped one comes back as it was. */
    removeRule: base.input(z.object({ id: z.string().max(100) })).output(type<Record<string, never>>()),
    /** How often a rule would have fired, from the stored history. */
    preview: base
      .input(z.object({ rule: drafted(alertRuleSchema), days: z.number().min(0.01).max(90).default(7) }))
      .output(type<PreviewAnswer>()),
    exportRules: base
      .input(z.object({ format: z.enum(ruleExportFormats) }))
      .output(type<{ readonly fileName: string; readonly text: string }>()),
  },
};
