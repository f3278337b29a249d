/** The arithmetic of alerts, targets, forms and formats in the dashboard. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ActiveAlert } from '../../src-main/contract/alerts/alert.ts';
import { type Labels, unitOfName } from '../../src-main/contract/metric.ts';
import type { TargetStatus } from '../../src-main/contract/targets.ts';
import { alertAction } from '../../src-renderer/alert/alert-action.ts';
import { alertDetail, alertTitle } from '../../src-renderer/alert/describe-alert.ts';
import { type InputIssue, issuesText } from '../../src-renderer/api/issue-text.ts';
import { de } from '../../src-renderer/i18n/de.ts';
import { createFormats } from '../../src-renderer/i18n/format.ts';
import type { Texts } from '../../src-renderer/i18n/use-text.tsx';
import { ruleIdOf } from '../../src-renderer/screens/alerts/rule-draft.ts';
import { targetIdOf } from '../../src-renderer/targets/target-id.ts';

const texts = {
  t: (key: keyof typeof de, values: Record<string, string> = {}) =>
    de[key].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ''),
  say: (key: string, name: string) => (key === 'setting.http.dashboardPort' ? 'Port' : name),
  format: createFormats('de'),
} as unknown as Texts;

describe('why an alert is active', () => {
  it('is said against its limit, also when the value is back within it but not yet for good', () => {
    const detail = (value: number, direction: 'above' | 'below'): string =>
      alertDetail({ series: 'm', unit: 'percent', threshold: 80, value, direction } as ActiveAlert, texts, new Map());
    expect(detail(90, 'above')).toBe('90\u00a0%, Grenze 80\u00a0%');
    expect(detail(78, 'above')).toBe('jetzt 78\u00a0%, lag über 80\u00a0%');
    expect(detail(70, 'below')).toBe('70\u00a0%, sollte mindestens 80\u00a0% sein');
    expect(detail(82, 'below')).toBe('jetzt 82\u00a0%, lag unter 80\u00a0%');
  });
});

describe('what an alert is about', () => {
  it('is a target by its own name, without its kind; anything else by all of its labels', () => {
    const titles = new Map([['kb', 'Knowledge base']]);
    const about = (labels: Labels): string =>
      alertTitle({ rule: 'x', title: 'Trouble', labels } as unknown as ActiveAlert, texts, titles);
    expect(about({ target: 'kb', kind: 'sqlite', problem: 'not-sqlite' })).toBe('Trouble (Knowledge base)');
    expect(about({ kind: 'disk', device: 'sda' })).toBe('Trouble (disk · sda)');
    expect(about({ target: 'kb', kind: 'pod' })).toBe('Trouble (Knowledge base · pod)');
    expect(about({})).toBe('Trouble');
  });
});

describe('what can be done about an alert', () => {
  const alert = { series: 'm{target="t"}', labels: {}, culprits: [] } as unknown as ActiveAlert;
  const target = (kind: string): TargetStatus => ({ settings: { id: 't', kind } }) as unknown as TargetStatus;
  it('leads to its database, its service, the processes, or else to its past', () => {
    const missing = { ...alert, rule: 'table_missing', labels: { target: 't' } };
    expect(alertAction(missing, target('sqlite'))).toMatchObject({ path: '/databases/t', isRepair: true });
    expect(alertAction(alert, target('sqlite')).label).toBe('alert.open.database');
    expect(alertAction(alert, target('http')).path).toBe('/services');
    expect(alertAction({ ...alert, resource: 'cpu' }, undefined).path).toBe('/processes');
    expect(alertAction(alert, undefined).path).toBe('/trends/1h/m');
  });
});

describe('a target from a form', () => {
  it('has an id that the contract takes, whatever the title', () => {
    expect(targetIdOf('  My KB (ä)!')).toMatch(/^[a-z0-9][a-z0-9-]{0,59}$/);
    expect(targetIdOf('日本')).toBe('target');
    expect(ruleIdOf('9 CPU zu hoch – Größe')).toMatch(/^[a-z][a-z0-9_]{0,62}$/);
  });
});

describe('formats', () => {
  it('write numbers as the language does, and a dash for what is not known', () => {
    const [en, de] = [createFormats('en'), createFormats('de')];
    expect(de.value(12.34, 'percent')).toBe('12,3\u00a0%');
    expect(en.value(null, 'bytes')).toBe('–');
    expect(en.value(Number.NaN, 'seconds')).toBe('–');
    expect(en.value(1536, 'bytes')).toBe('1.5 KiB');
    expect([83, 205.4].map((size) => en.value(size * 1024 ** 2, 'bytes'))).toEqual(['83.0 MiB', '205 MiB']);
    expect(en.share(0.000_11)).toBe('0.011%');
    expect(en.duration(3600)).toBe('1 hr');
    expect(en.duration(3661)).toBe('1 hr 1 min');
  });

  it('say the day of a moment where it is another one than today', () => {
    const en = createFormats('en-GB');
    const now = Date.now();
    expect(en.moment(now)).toMatch(/^\d\d:\d\d:\d\d$/);
    expect(en.moment(now - 3 * 86_400_000)).toMatch(/^\d+ \w+, \d\d:\d\d$/);
  });

  it('show the limit of a rule as the figure that was set', () => {
    const de = createFormats('de');
    expect(de.limit(64e6, 'bytes')).toBe('64 MB');
    expect(de.limit(65_432_100, 'bytes')).toBe('65,4 MB');
    expect(de.limit(64e6, unitOfName('sqlite_target_wal_bytes'))).toBe('64 MB');
    expect(de.limit(80, 'percent')).toBe('80\u00a0%');
  });
});

describe('an input that was refused', () => {
  it('says by field what it should be', () => {
    const issues = z
      .object({ http: z.object({ dashboardPort: z.number().max(65_535) }), name: z.string().min(1), url: z.url() })
      .safeParse({ http: { dashboardPort: 70_000 }, name: '', url: 'x' }).error?.issues;
    expect(issuesText(issues as InputIssue[], texts)).toBe(
      'Port: darf höchstens 65.535 sein; name: braucht mindestens 1; url: hat nicht die erwartete Form',
    );
  });
});
