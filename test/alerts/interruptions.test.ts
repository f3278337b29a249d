/**
 * Whatever state an alert is in: asleep for 8 hours, restarted, the clock set forward, it goes on as if nothing had
 * been.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AlertEngine } from '../../src-main/alerts/engine/evaluate-alerts.ts';
import type { Batch } from '../../src-main/contract/batch.ts';
import type { AlertRule } from '../../src-main/contract/settings/alerts.ts';
import { batches, metricOf, rule } from '../support/alert-story.ts';

const hour = 3_600_000;
const metric = metricOf('load', 'percent');
const seconds = fc.constantFrom(0, 1, 3, 8, 20);
/** Stretches on either side of the levels and between them; null: no sample. */
const valuesOf = (levels: readonly (number | null)[]) =>
  fc
    .array(fc.record({ value: fc.constantFrom(...levels), length: fc.integer({ min: 1, max: 12 }) }), {
      minLength: 5,
      maxLength: 25,
    })
    .map((runs) => runs.flatMap(({ value, length }) => new Array<number | null>(length).fill(value)));
const timing = {
  holdSeconds: seconds,
  keepFiringSeconds: seconds,
  // Cooling down goes on while nobody looks.
  coolDownSeconds: fc.constant(0),
};
const rulesOf = (more: object) =>
  fc
    .record({ ...timing, ...more })
    .map((changes) =>
      rule({ metric: 'load', levels: { warning: { threshold: 90, recoveryThreshold: 80 } }, ...changes }),
    );

/** `TICK KIND REASON`, and the states at the end of each tick. */
function play(rules: readonly AlertRule[], story: readonly Batch[], restartAt?: number): string[] {
  let engine = new AlertEngine(rules);
  const saved = new Map<string, unknown>();
  return story.flatMap((batch, tick) => {
    if (tick === restartAt) {
      engine = new AlertEngine(rules);
      engine.restore([...saved.values()], story[tick - 1]?.at);
    }
    const { transitions, changes, active } = engine.evaluate(batch);
    for (const { key, entry } of changes)
      if (entry === null) saved.delete(key);
      else saved.set(key, JSON.parse(JSON.stringify(entry)));
    return [
      ...transitions.map(({ kind, reason }) => `${tick} ${kind} ${reason}`),
      ...active.map(({ state }) => `${tick} ${state}`),
    ];
  });
}

/** From `tick` on everything is later, by a gap that is recorded or not. */
const interrupted = (story: readonly Batch[], tick: number, byMs: number, isRecorded: boolean): Batch[] =>
  story.map((batch, index) => {
    if (index < tick) return batch;
    const from = story[tick - 1]?.at ?? batch.at;
    const gaps = index === tick && isRecorded ? [{ from, until: from + byMs, cause: 'sleep' as const }] : [];
    return { ...batch, at: batch.at + byMs, gaps };
  });

describe('an interruption in any state', () => {
  it('of eight hours of sleep, or an hour by the clock, changes nothing but the time', () => {
    const window = fc.oneof(
      fc.constant({ kind: 'last' }),
      fc.record({ kind: fc.constantFrom('average', 'min', 'max'), seconds: fc.integer({ min: 2, max: 20 }) }),
      fc.constant({ kind: 'quantile', seconds: 10, quantile: 0.9 }),
    );
    const noData = fc.constantFrom('keep', 'resolve');
    const rules = rulesOf({ window, noData, detectFlapping: fc.boolean(), staleSeconds: fc.constantFrom(2, 5) });
    fc.assert(
      fc.property(
        rules,
        valuesOf([10, 85, 99, 99, null]),
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom(8 * hour, hour),
        fc.boolean(),
        (one, values, tick, byMs, isRecorded) => {
          const story = batches([[metric, {}, values]]);
          fc.pre(tick < story.length);
          expect(play([one], interrupted(story, tick, byMs, isRecorded))).toEqual(play([one], story));
        },
      ),
      { numRuns: 1_000, seed: 5 },
    );
  });

  it('by a restart after eight hours changes nothing but the time', () => {
    fc.assert(
      fc.property(
        rulesOf({ noData: fc.constantFrom('keep', 'resolve') }),
        valuesOf([10, 85, 99, 99]),
        fc.integer({ min: 1, max: 60 }),
        (one, values, tick) => {
          const story = batches([[metric, {}, values]]);
          fc.pre(tick < story.length);
          expect(play([one], interrupted(story, tick, 8 * hour, true), tick)).toEqual(play([one], story));
        },
      ),
      { numRuns: 1_000, seed: 6 },
    );
  });

  it('is no growth of a counter, however much it has grown meanwhile', () => {
    const one = rule({ metric: 'load', window: { kind: 'rate', seconds: 10 }, levels: { warning: { threshold: 5 } } });
    const growing = batches([[metric, {}, Array.from({ length: 40 }, (_, tick) => tick + (tick >= 20 ? 1e6 : 0))]]);
    expect(play([one], interrupted(growing, 20, 8 * hour, true))).toEqual([]);
    expect(play([one], growing)).not.toEqual([]);
  });

  it('does not make a slow source look silent that spoke right before it and right after it', () => {
    const one = rule({ metric: 'load', noData: 'fire', holdSeconds: 5 });
    const everyHalfMinute = Array.from({ length: 100 }, (_, tick) => (tick % 30 === 0 || tick === 32 ? 10 : null));
    const story = batches([[metric, {}, everyHalfMinute]]);
    expect(play([one], interrupted(story, 31, 8 * hour, true))).toEqual([]);
  });
});
