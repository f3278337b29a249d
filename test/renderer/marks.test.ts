/** Marks in charts: near ones are one, the worst of them is seen, and each is said in both languages. */
import { describe, expect, it } from 'vitest';
import type { Gap } from '../../src-main/contract/batch.ts';
import { type Mark, markKinds } from '../../src-main/contract/marks.ts';
import { type ChartMark, groupAt, groupMarks } from '../../src-renderer/charts/chart-marks.ts';
import { de } from '../../src-renderer/i18n/de.ts';
import { en } from '../../src-renderer/i18n/en.ts';
import type { Texts } from '../../src-renderer/i18n/use-text.tsx';
import { describeMark } from '../../src-renderer/screens/trends/describe-mark.ts';
import { withoutGaps } from '../../src-renderer/screens/trends/use-happenings.ts';

const hour = 3_600_000;
const mark = (at: number, state: ChartMark['state'] = 'change'): ChartMark => ({ at, state, label: `${state} ${at}` });

describe('marks in a chart', () => {
  it('stand alone where there is room, and are one where there is none', () => {
    const groups = groupMarks([mark(20 * hour), mark(hour), mark(hour + 60_000)], 0, 24 * hour);
    expect(groups.map(({ at, marks }) => [at, marks.length])).toEqual([
      [hour, 2],
      [20 * hour, 1],
    ]);
    expect(groupMarks([mark(hour), mark(hour + 60_000)], hour - 60_000, hour + 600_000)).toHaveLength(2);
  });

  it('are never more than a chart has room for, however many there are', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => mark(index * 86_400));
    const groups = groupMarks(many, 0, 24 * hour);
    expect(groups.length).toBeLessThanOrEqual(30);
    expect(groups.flatMap(({ marks }) => marks)).toHaveLength(1_000);
  });

  it('show the worst of a group, and tell it where one points', () => {
    const groups = groupMarks([mark(hour), mark(hour + 1, 'critical'), mark(hour + 2, 'info')], 0, 24 * hour);
    expect(groups[0]?.state).toBe('critical');
    expect(groupAt(groups, hour + 300_000, 0, 24 * hour)?.marks).toHaveLength(3);
    expect(groupAt(groups, 5 * hour, 0, 24 * hour)).toBeUndefined();
  });

  it('leave out what lies outside of the range', () => {
    expect(groupMarks([mark(1), mark(25 * hour)], 2, 24 * hour)).toEqual([]);
  });
});

describe('what was changed', () => {
  it('is not told twice where a gap tells it, with its length', () => {
    const changes: Mark[] = [
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
      for (const kind of markKinds) expect(describeMark({ at: 0, kind, subject: 'x' }, texts, ruleTitle)).not.toBe('');
      const say = (kind: Mark['kind'], subject: string): string =>
        describeMark({ at: 0, kind, subject }, texts, ruleTitle);
      expect(say('settings-changed', 'store')).toContain('<setting.store>');
      expect(say('rule-changed', 'high_cpu')).toContain('<rule.high_cpu>');
      expect(say('silenced', '')).toContain(catalogue['silences.everything']);
      expect(say('repaired', '/data/kb.db')).toMatch(/: kb\.db$/);
    }
  });
});
