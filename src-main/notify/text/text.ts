/** The words of notices in one language. Every language has every entry: a missing one does not compile. */
import type { Severity } from '../../contract/alert.ts';

export interface NoticeText {
  /** For numbers and dates, BCP 47. */
  readonly locale: string;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly state: {
    readonly fired: string;
    readonly resolved: string;
    readonly reminder: string;
    readonly flapping: string;
    readonly acknowledged: string;
    readonly unacknowledged: string;
    readonly silenced: string;
  };
  /** Titles of shipped rules and their advice by rule id; a user's own rule has its own words. */
  readonly rules: Readonly<Record<string, { readonly title: string; readonly advice: string }>>;
  limitAbove(value: string, limit: string): string;
  limitBelow(value: string, limit: string): string;
  noValue(limit: string): string;
  since(when: string): string;
  /** Over after so long. */
  lasted(duration: string): string;
  culprits(list: string): string;
  severalAlerts(firing: number, resolved: number): string;
  more(count: number): string;
  readonly on: string;
  readonly advice: string;
  readonly runbook: string;
  readonly openDashboard: string;
  readonly acknowledge: string;
  readonly snoozeHour: string;
  readonly show: string;
  readonly footer: string;
  readonly test: { readonly title: string; readonly body: string };
}
