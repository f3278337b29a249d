/** Rules for others: a rule file for Prometheus, and our own JSON. Pure. */
import { severities } from '../../contract/alerts/alert.ts';
import { assertNever } from '../../contract/outcome.ts';
import type { AlertRule } from '../../contract/settings/alerts.ts';
import type { LabelMatch } from '../../contract/settings/rule-parts.ts';

/** What `hakgal_` metrics are called where Prometheus scrapes them. */
const prefix = 'hakgal_';

export const exportRulesJson = (rules: readonly AlertRule[]): string =>
  `${JSON.stringify({ format: 'hakgal-monitor-rules', version: 2, rules }, null, 2)}\n`;

/** Accepted by `promtool check rules`. What Prometheus has no words for stands in a comment. */
export function exportRulesPrometheus(rules: readonly AlertRule[]): string {
  const lines = [
    '# Alert rules of HAKGAL Monitor. Prometheus knows no recovery threshold, cool-down, flap detection or quiet hours:',
    '# where a rule has them, its alert may resolve and fire more often there.',
    'groups:',
    '  - name: hakgal-monitor',
    '    rules:',
  ];
  const enabled = rules.filter(({ isEnabled }) => isEnabled);
  if (enabled.length === 0) return `${lines.slice(0, 2).join('\n')}\ngroups: []\n`;
  for (const rule of enabled)
    for (const severity of severities) {
      const level = rule.levels[severity];
      if (level === undefined) continue;
      const sign = rule.direction === 'above' ? '>' : '<';
      const compared = `${expression(rule)} ${sign} ${level.threshold}`;
      lines.push(
        `      - alert: ${rule.id}`,
        `        expr: ${quote(rule.noData === 'fire' ? `${compared} or absent(${selector(rule)})` : compared)}`,
        ...(rule.holdSeconds > 0 ? [`        for: ${duration(rule.holdSeconds)}`] : []),
        ...(rule.keepFiringSeconds > 0 ? [`        keep_firing_for: ${duration(rule.keepFiringSeconds)}`] : []),
        '        labels:',
        `          severity: ${severity}`,
        '        annotations:',
        `          summary: ${quote(rule.title)}`,
        ...(rule.advice === undefined ? [] : [`          description: ${quote(rule.advice)}`]),
        ...(rule.runbook === undefined ? [] : [`          runbook_url: ${quote(rule.runbook)}`]),
      );
    }
  return `${lines.join('\n')}\n`;
}

function expression(rule: AlertRule): string {
  const { window } = rule;
  const over = (name: string, seconds: number): string => `${name}(${selector(rule)}[${seconds}s])`;
  switch (window.kind) {
    case 'last':
      return selector(rule);
    case 'average':
      return over('avg_over_time', window.seconds);
    case 'min':
      return over('min_over_time', window.seconds);
    case 'max':
      return over('max_over_time', window.seconds);
    case 'rate':
      return over('rate', window.seconds);
    case 'quantile':
      return `quantile_over_time(${window.quantile}, ${selector(rule)}[${window.seconds}s])`;
    case 'absence':
      return `time() - timestamp(${selector(rule)})`;
    default:
      return assertNever(window);
  }
}

const signs: Readonly<Record<LabelMatch['operator'], string>> = {
  equal: '=',
  'not-equal': '!=',
  matches: '=~',
  'not-matches': '!~',
};

function selector({ metric, match }: AlertRule): string {
  const pairs = match.map(({ label, operator, value }) => `${label}${signs[operator]}${JSON.stringify(value)}`);
  return `${prefix}${metric}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`}`;
}

/** Prometheus has no fractions in durations. */
const duration = (seconds: number): string =>
  Number.isInteger(seconds) ? `${seconds}s` : `${Math.round(seconds * 1000)}ms`;

/** JSON's strings are YAML's double-quoted ones. Annotations are templates, where braces would be read as code. */
const quote = (text: string): string => JSON.stringify(text.replaceAll('{{', '{ {'));
