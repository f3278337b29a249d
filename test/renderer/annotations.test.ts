/** Annotations in charts: near ones are one, the worst of them is seen, and each is said in both languages. */
import { describe, expect, it } from 'vitest';
import { type Annotation, annotationKinds } from '../../src-main/contract/annotations.ts';
import type { Gap } from '../../src-main/contract/batch.ts';
import { type ChartAnnotation, groupAnnotations, groupAt } from '../../src-renderer/charts/chart-annotations.ts';
import { de } from '../../src-renderer/i18n/de.ts';
import { en } from '../../src-renderer/i18n/en.ts';
import type { Texts } from '../../src-renderer/i18n/use-text.tsx';
import { describeAnnotation } from '../../src-renderer/screens/trends/describe-annotation.ts';
import { withoutGaps } from '../../src-renderer/screens/trends/use-happenings.ts';

const hour = 3_600_000;
const annotation = (at: number, state: ChartAnnotation['state'] = 'change'): ChartAnnotation => ({
  at,
  state,
  label: `${state} ${at}`,
});

describe('annotations in a chart', () => {
  it('stand alone where there is room, and are one where there is none', () => {
    const groups = groupAnnotations([annotation(20 * hour), annotation(hour), annotation(hour + 60_000)], 0, 24 * hour);
    expect(groups.map(({ at, annotations }) => [at, annotations.length])).toEqual([
      [hour, 2],
      [20 * hour, 1],
    ]);
    expect(groupAnnotations([annotation(hour), annotation(hour + 60_000)], hour - 60_000, hour + 600_000)).toHaveLength(
      2,
    );
  });

  it('are never more than a chart has room for, however many there are', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => annotation(index * 86_400));
    const groups = groupAnnotations(many, 0, 24 * hour);
    expect(groups.length).toBeLessThanOrEqual(30);
    expect(groups.flatMap(({ annotations }) => annotations)).toHaveLength(1_000);
  });

  it('show the worst of a group, and tell it where one points', () => {
    const groups = groupAnnotations(
      [annotation(hour), annotation(hour + 1, 'critical'), annotation(hour + 2, 'info')],
      0,
      24 * hour,
    );
    expect(groups[0]?.state).toBe('critical');
    expect(groupAt(groups, hour + 300_000, 0, 24 * hour)?.annotations).toHaveLength(3);
    expect(groupAt(groups, 5 * hour, 0, 24 * hour)).toBeUndefined();
  });

  it('leave out what lies outside of the range', () => {
    expect(groupAnnotations([annotation(1), annotation(25 * hour)], 2, 24 * hour)).toEqual([]);
  });
});

describe('what was changed', () => {
  it('is not told twice where a gap tells it, with its length', () => {
    const changes: Annotation[] = [
      { at: 10_000, kind: 'stopped', subject: '' },
      { at: 60_000, kind: 'started', subject: '1.0.0' },
      { at: 90_000, kind: 'paused', subject: '' },
    ];
    const gaps: Gap[] = [{ from: 10_500, until: 60_000, cause: 'not-running' }];
    expect(withoutGaps(changes, gaps).map(({ kind }) => kind)).toEqual(['started', 'paused']);
  });

  it('is said in both languages, rules and areas by their names', () => {
    for (const catalogue of [en, de]) {
      const texts = {
        t: (key: keyof typeof en, values: Record<string, string> = {}) =>
          catalogue[key].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ''),
        say: (key: string) => `<${key}>`,
      } as unknown as Texts;
      const ruleTitle = (id: string): string => `<rule.${id}>`;
      for (const kind of annotationKinds)
        expect(describeAnnotation({ at: 0, kind, subject: 'x' }, texts, ruleTitle)).not.toBe('');
      const say = (kind: Annotation['kind'], subject: string): string =>
        describeAnnotation({ at: 0, kind, subject }, texts, ruleTitle);
      expect(say('settings-changed', 'store')).toContain('<setting.store>');
      expect(say('rule-changed', 'high_cpu')).toContain('<rule.high_cpu>');
      expect(say('silenced', '')).toContain(catalogue['silences.everything']);
      expect(say('repaired', '/data/kb.db')).toMatch(/: kb\.db$/);
    }
  });
});
