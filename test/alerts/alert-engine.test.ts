import { describe, expect, it } from 'vitest';
import { AlertEngine } from '../../src-main/alerts/engine/evaluate-alerts.ts';
import { shippedRules } from '../../src-main/alerts/rules/index.ts';
import { batches, metricOf, rule } from '../support/alert-story.ts';

const cpu = metricOf('system_cpu_percent', 'percent');

describe('evaluating alerts', () => {
  it('fires the contract rule for CPU once it has held, with a sentence that has the numbers', () => {
    const engine = new AlertEngine(shippedRules);
    const seen = batches([[cpu, {}, new Array(70).fill(93.4)]]).flatMap((batch) => engine.evaluate(batch).transitions);
    expect(seen.map(({ kind, alert }) => [kind, alert.rule, alert.severity])).toEqual([
      ['fired', 'high_cpu', 'warning'],
    ]);
    expect(engine.active[0]?.summary).toBe('CPU is busy: 93.4 %, limit above 80 %.');
  });

  it('mutes the warning while the critical rule fires', () => {
    const engine = new AlertEngine(shippedRules);
    for (const batch of batches([[cpu, {}, new Array(70).fill(99)]])) engine.evaluate(batch);
    const warning = engine.active.find(({ rule }) => rule === 'high_cpu');
    const critical = engine.active.find(({ rule }) => rule === 'critical_cpu');
    expect(warning?.inhibitedBy).toBe(critical?.id);
    expect(critical?.inhibitedBy).toBeUndefined();
  });

  it('does not fire for what happened while the machine was asleep', () => {
    const engine = new AlertEngine([rule({ metric: cpu.name, holdSeconds: 30 })]);
    const story = batches([[cpu, {}, new Array(40).fill(99)]]);
    for (const batch of story.slice(0, 20)) expect(engine.evaluate(batch).transitions).toEqual([]);
    const asleep = 8 * 3_600_000;
    const woken = story.slice(20).map((batch, index) => ({
      ...batch,
      at: batch.at + asleep,
      gaps: index === 0 ? [{ from: batch.at, until: batch.at + asleep, cause: 'sleep' as const }] : [],
    }));
    const fired = woken.map((batch) => engine.evaluate(batch).transitions.length);
    // Twenty seconds before, eleven after: the hold is whole at the 31st sample.
    expect(fired.indexOf(1)).toBe(10);
  });

  it('takes up after a restart where it was', () => {
    const rules = [rule({ metric: cpu.name, holdSeconds: 30 })];
    const story = batches([[cpu, {}, new Array(60).fill(99)]]);
    const first = new AlertEngine(rules);
    const saved = new Map<string, unknown>();
    for (const batch of story.slice(0, 20))
      for (const { key, entry } of first.evaluate(batch).changes) saved.set(key, JSON.parse(JSON.stringify(entry)));
    const second = new AlertEngine(rules);
    second.restore([...saved.values()], story[19]?.at);
    const down = 3_600_000;
    const fired = story.slice(20).map((batch) => second.evaluate({ ...batch, at: batch.at + down }).transitions);
    expect(fired.findIndex((transitions) => transitions.length > 0)).toBe(10);
    expect(fired[10]?.[0]?.alert.since).toBe(story[0]?.at);
  });

  it('acknowledges an alert until it resolves', () => {
    const engine = new AlertEngine([rule({ metric: cpu.name, holdSeconds: 0, coolDownSeconds: 0 })]);
    const story = batches([[cpu, {}, [99, 99, 10, 99]]]);
    engine.evaluate(story[0]!);
    const [alert] = engine.active;
    expect(engine.acknowledge(alert!.id, 'ada', 5)?.acknowledged).toEqual({ at: 5, by: 'ada' });
    expect(engine.evaluate(story[1]!).transitions.map(({ kind, by }) => [kind, by])).toEqual([['acknowledged', 'ada']]);
    engine.evaluate(story[2]!);
    engine.evaluate(story[3]!);
    expect(engine.active[0]?.acknowledged).toBeUndefined();
  });

  it('keeps the same array while nothing changes, so that watchers need not look again', () => {
    const engine = new AlertEngine([rule({ metric: cpu.name, holdSeconds: 0 })]);
    const story = batches([[cpu, {}, [99, 99, 99]]]);
    engine.evaluate(story[0]!);
    const before = engine.active;
    engine.evaluate(story[1]!);
    expect(engine.active).toBe(before);
  });

  it('ends the alerts of a rule that is taken away', () => {
    const engine = new AlertEngine([rule({ metric: cpu.name, holdSeconds: 0 })]);
    const story = batches([[cpu, {}, [99, 99]]]);
    engine.evaluate(story[0]!);
    engine.setRules([]);
    expect(engine.evaluate(story[1]!).transitions.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['resolved', 'rule-removed'],
    ]);
    expect(engine.active).toEqual([]);
  });

  it('ends after a restart what fired by a rule that is no longer there', () => {
    const first = new AlertEngine([rule({ metric: cpu.name, holdSeconds: 0 })]);
    const [batch, next] = batches([[cpu, {}, [99, 99]]]);
    const { active, changes } = first.evaluate(batch!);
    const second = new AlertEngine([]);
    second.restore(JSON.parse(JSON.stringify(changes.map(({ entry }) => entry))), batch!.at);
    const { transitions, changes: after } = second.evaluate(next!);
    expect(transitions.map(({ kind, reason, alert }) => [kind, reason, alert.id])).toEqual([
      ['resolved', 'rule-removed', active[0]?.id],
    ]);
    expect(after.map(({ entry }) => entry)).toEqual([null]);
  });
});
