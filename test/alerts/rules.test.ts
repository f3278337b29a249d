import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportRulesJson, exportRulesPrometheus } from '../../src-main/alerts/rule-book/export-rules.ts';
import { ownWordsOf } from '../../src-main/alerts/rule-book/own-words.ts';
import { previewRule } from '../../src-main/alerts/rule-book/preview.ts';
import { readRules } from '../../src-main/alerts/rule-book/read-rules.ts';
import { ruleDescriptions, shippedRules } from '../../src-main/alerts/rules/index.ts';
import { type AlertRule, alertRuleSchema } from '../../src-main/contract/settings/alerts.ts';
import { openStore } from '../../src-main/store/open-store.ts';
import { metricOf, rule, seriesOf } from '../support/alert-story.ts';
import { requireDebian } from '../support/peers/debian.ts';
import { temporaryFolder } from '../support/temporary.ts';

describe('the shipped rules', () => {
  it('are the eight of the contract with its levels, and more', () => {
    const levels = Object.fromEntries(
      shippedRules.map(({ id, direction, levels: all }) => [
        id,
        Object.entries(all).map(([severity, level]) => `${severity} ${direction} ${level?.threshold}`),
      ]),
    );
    expect(levels).toMatchObject({
      high_cpu: ['warning above 80'],
      critical_cpu: ['critical above 95'],
      high_memory: ['warning above 85'],
      critical_memory: ['critical above 95'],
      slow_queries: ['warning above 0.1'],
      very_slow_queries: ['critical above 0.5'],
      low_cache_hit_rate: ['warning below 0.7'],
      very_low_cache_hit_rate: ['critical below 0.5'],
    });
    for (const id of ['disk_space', 'disk_full_soon', 'database_damaged', 'table_missing', 'wal_too_large'])
      expect(Object.keys(levels)).toContain(id);
    for (const id of ['service_down', 'source_failing', 'store_failing', 'monitor_overloaded'])
      expect(Object.keys(levels)).toContain(id);
    for (const { id, coolDownSeconds } of shippedRules.slice(0, 4)) expect([id, coolDownSeconds]).toEqual([id, 60]);
  });

  it('have different ids, and advice', () => {
    expect(new Set(shippedRules.map(({ id }) => id)).size).toBe(shippedRules.length);
    for (const { id, advice } of shippedRules) {
      expect([id, advice]).not.toEqual([id, undefined]);
    }
  });

  it('mute only rules that exist', () => {
    const ids = new Set([...shippedRules.map(({ id }) => id), '*']);
    for (const { inhibits } of shippedRules)
      for (const { rules } of inhibits) for (const id of rules) expect(ids).toContain(id);
  });
});

describe('rules of the user', () => {
  const own = { id: 'mine', title: 'Mine', metric: 'load', levels: { info: { threshold: 5 } } };

  it('join the shipped ones, or take the place of one with the same id', () => {
    const { rules, refused } = readRules({
      rules: [own, { ...own, id: 'high_cpu' }],
      disabledRules: ['critical_cpu'],
    });
    expect(refused).toEqual([]);
    expect(rules.find(({ rule: { id } }) => id === 'mine')?.origin).toBe('own');
    expect(rules.find(({ rule: { id } }) => id === 'high_cpu')).toMatchObject({
      origin: 'changed',
      rule: { title: 'Mine' },
    });
    expect(rules.find(({ rule: { id } }) => id === 'critical_cpu')?.rule.isEnabled).toBe(false);
  });

  it('say which words of a shipped rule are their own, so that nobody translates those', () => {
    const [shipped] = shippedRules;
    const inForce = (changes: object) =>
      readRules({ rules: [{ ...shipped, ...changes }], disabledRules: [] }).rules.find(
        ({ rule }) => rule.id === shipped?.id,
      );
    expect(inForce({ title: 'Mine' })).toMatchObject({ hasOwnTitle: true });
    expect(inForce({ title: 'Mine' })).not.toHaveProperty('hasOwnAdvice');
    expect(inForce({ advice: 'Mine' })).toMatchObject({ hasOwnAdvice: true });
    expect(inForce({ holdSeconds: 5 })).not.toHaveProperty('hasOwnTitle');
    for (const { id, formerTitles = [] } of ruleDescriptions)
      for (const title of formerTitles)
        expect(ownWordsOf({ ...(shippedRules.find((one) => one.id === id) as AlertRule), title })).toEqual({});
  });

  it.each([
    [
      'a level on the wrong side',
      { ...own, levels: { warning: { threshold: 5, recoveryThreshold: 9 } } },
      'levels.warning.recoveryThreshold',
    ],
    ['no level', { ...own, levels: {} }, 'levels'],
    ['a hold below zero', { ...own, holdSeconds: -1 }, 'holdSeconds'],
    ['a metric that is none', { ...own, metric: 'a b' }, 'metric'],
    ['a broken expression', { ...own, match: [{ label: 'a', operator: 'matches', value: '(' }] }, 'match.0.value'],
    [
      'an expression that looks ahead',
      { ...own, match: [{ label: 'a', operator: 'matches', value: '(?=x)y' }] },
      'match.0.value',
    ],
    ['no object', 'hello', 'rule'],
  ])('%s is refused with its field, and the rest keeps running', (_, wrong, field) => {
    const { rules, refused } = readRules({ rules: [wrong, own], disabledRules: [] });
    expect(refused.map((one) => one.field)).toEqual([field]);
    expect(refused[0]?.reason).not.toBe('');
    expect(rules).toHaveLength(shippedRules.length + 1);
  });
});

describe('rules for others', () => {
  const everything = [
    ...shippedRules,
    rule({ id: 'q', metric: 'a', window: { kind: 'quantile', seconds: 60, quantile: 0.95 }, noData: 'fire' }),
    rule({
      id: 'm',
      metric: 'a',
      window: { kind: 'absence' },
      match: [
        { label: 'x', operator: 'matches', value: 'a|b"\\d' },
        { label: 'y', operator: 'not-equal', value: 'ü\n' },
      ],
      holdSeconds: 1.5,
      advice: 'Say "{{ $value }}": nothing.',
      runbook: 'https://example.org/?a=1&b=2',
    }),
  ];

  it('are a rule file that promtool accepts', ({ skip }) => {
    const promtool = requireDebian('prometheus', 'promtool');
    if ('missing' in promtool) return skip(promtool.missing);
    const path = join(temporaryFolder(), 'rules.yml');
    writeFileSync(path, exportRulesPrometheus(everything));
    const said = execFileSync(promtool.path, ['check', 'rules', path], { encoding: 'utf8' });
    expect(said).toContain('SUCCESS');
    writeFileSync(path, exportRulesPrometheus([]));
    expect(execFileSync(promtool.path, ['check', 'rules', path], { encoding: 'utf8' })).toContain('SUCCESS');
  });

  it('are JSON that reads back as the same rules', () => {
    const { rules } = JSON.parse(exportRulesJson(everything)) as { rules: unknown[] };
    expect(rules.map((one) => alertRuleSchema.parse(one))).toEqual(everything);
  });
});

describe('a preview', () => {
  const load = metricOf('load', 'percent');
  const begin = Date.UTC(2026, 0, 1);

  it('says how often a rule would have fired in the stored history, and when', async () => {
    const store = await openStore(join(temporaryFolder(), 'history.db'));
    const now = begin + 1_200_000;
    for (let second = 0; second < 1_200; second += 1) {
      // Two minutes of every ten, and a spike of two seconds in between.
      const isBusy = second % 600 >= 300 && second % 600 < 420;
      const value = isBusy || second % 600 === 100 || second % 600 === 101 ? 95 : 20;
      await store.append({ at: begin + second * 1000, samples: [{ series: seriesOf(load), value }], gaps: [] });
    }
    const preview = await previewRule(rule({ metric: 'load', holdSeconds: 60 }), 7, now, store);
    expect(preview.firings).toEqual([
      { series: 'load', severity: 'critical', firedAt: begin + 360_000, resolvedAt: begin + 420_000 },
      { series: 'load', severity: 'critical', firedAt: begin + 960_000, resolvedAt: begin + 1_020_000 },
    ]);
    expect(preview.count).toBe(2);
    expect((await previewRule(rule({ metric: 'load' }), 7, now, store)).count).toBe(4);
    expect(await previewRule(rule({ metric: 'other' }), 7, now, store)).toMatchObject({ count: 0, note: /./ });
    await store.close();
  });

  it('takes a source that speaks every half minute as the live rule does, and a night asleep as no time at all', async () => {
    const store = await openStore(join(temporaryFolder(), 'history.db'));
    const [asleep, awake] = [begin + 3_600_000, begin + 8 * 3_600_000];
    const now = awake + 3_600_000;
    for (let at = begin; at < now; at += at === asleep ? awake - asleep : 30_000) {
      const gaps = at === awake ? [{ from: asleep, until: awake, cause: 'sleep' as const }] : [];
      // Ninety seconds of the first hour and of the one after the night, and the second before it.
      const isBusy = (at - begin) % 3_600_000 < 90_000 || at === asleep;
      await store.append({ at, samples: [{ series: seriesOf(load), value: isBusy ? 95 : 20 }], gaps });
    }
    const { firings } = await previewRule(rule({ metric: 'load', holdSeconds: 60 }), 1, now, store);
    expect(firings.map(({ firedAt }) => firedAt)).toEqual([begin + 60_000, awake + 59_000]);
    await store.close();
  });
});
