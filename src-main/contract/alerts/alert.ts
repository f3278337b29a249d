/** Alerts as everyone sees them: tray, screens, notifications, HTTP. */

import type { ExplainedCause } from '../explanation/explanation.ts';
import type { Labels } from '../metric.ts';

export const severities = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** A program that used the resource in question while the rule was breached. */
export interface Culprit {
  readonly name: string;
  /** Most of them at one time; one where an alert was stored before they were counted. */
  readonly processes?: number;
  /** Where it was one and the same process. */
  readonly pid?: number;
  /** In the unit of the rule's resource, averaged over the breach. */
  readonly value: number;
}

/** `9× chromium`. */
export const culpritName = ({ name, processes = 1 }: Culprit): string =>
  processes > 1 ? `${processes}× ${name}` : name;

/** Words that the user has put in place of a shipped rule's: nobody but them can translate these. */
export interface OwnWords {
  readonly hasOwnTitle?: true;
  readonly hasOwnAdvice?: true;
}

export interface ActiveAlert extends OwnWords {
  /** Stable over the life of one alert: rule, labels and the time it began. */
  readonly id: string;
  readonly rule: string;
  /** The rule's few words. */
  readonly title: string;
  readonly severity: Severity;
  readonly state: 'pending' | 'firing';
  /** One sentence, English, with the numbers in it. */
  readonly summary: string;
  readonly labels: Labels;
  /** Series key the rule looked at. */
  readonly series: string;
  readonly unit: string;
  readonly value: number | null;
  readonly threshold: number | null;
  readonly direction: 'above' | 'below';
  /** When the condition began and when the alert fired, ms since the epoch. */
  readonly since: number;
  readonly firedAt?: number;
  readonly resolvedAt?: number;
  /** What the culprits' values count. */
  readonly resource?: 'cpu' | 'memory' | 'disk';
  readonly culprits: readonly Culprit[];
  /** What is behind it, as far as the explanation knows. */
  readonly cause?: ExplainedCause;
  readonly acknowledged?: { readonly at: number; readonly by: string };
  readonly silencedUntil?: number;
  /** The critical alert or dead target that mutes this one. */
  readonly inhibitedBy?: string;
  readonly isFlapping?: boolean;
  /** The series has no data at the moment; the alert stays as it was. */
  readonly isWithoutData?: boolean;
  readonly advice?: string;
  readonly runbook?: string;
}
