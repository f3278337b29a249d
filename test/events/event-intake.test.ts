import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Acceptance, createEventIntake, type EventIntake } from '../../src-main/events/event-intake.ts';
import type { Source } from '../../src-main/sampling/source.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { runOnce } from '../support/run-once.ts';

const answerOf = (acceptance: Acceptance) => {
  if (acceptance.kind !== 'taken') throw new Error(`not taken: ${acceptance.kind}`);
  return acceptance.answer;
};
const figures = (intake: EventIntake, clock: FakeClock) =>
  runOnce(intake.sources[0] as Source, clock.now(), clock.monotonic());
const query = (duration: number, more: object = {}) => ({
  type: 'query',
  duration,
  query_type: 'add_fact',
  success: true,
  ...more,
});

describe('the event intake', () => {
  it('takes one event or many and counts each', async () => {
    const clock = new FakeClock();
    const intake = createEventIntake({ clock });
    expect(answerOf(intake.accept(query(0.135)))).toEqual({ accepted: 1, rejected: [] });
    const many = [
      query(0.065, { success: false }),
      { type: 'cache', hit: true, key: 'k', response_time: 0.002, cost: 0.001 },
    ];
    expect(answerOf(intake.accept([...many, { type: 'cache', hit: false }]))).toEqual({ accepted: 3, rejected: [] });
    expect(await figures(intake, clock)).toMatchObject({
      queries_total: 2,
      queries_failed_total: 1,
      query_time_seconds: 0.1,
      query_error_ratio: 0.5,
      cache_hits_total: 1,
      cache_misses_total: 1,
      cache_hit_ratio: 0.5,
      cache_saved_cost_total: 0.001,
      events_accepted_total: 4,
    });
  });

  it('keeps good events of a batch when others are bad, and says what is wrong with each', async () => {
    const clock = new FakeClock();
    const intake = createEventIntake({ clock });
    const answer = answerOf(
      intake.accept([
        query(0.1),
        query(-1),
        query(Number.NaN),
        query('0.1' as never),
        { type: 'other' },
        7,
        null,
        [],
        { type: 'cache' },
        query(1e9),
      ]),
    );
    expect(answer.accepted).toBe(1);
    expect(answer.rejected.map(({ index }) => index)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(answer.rejected[0]?.reason).toContain('duration');
    expect(answer.rejected.every(({ reason }) => reason.length > 0)).toBe(true);
  });

  it('does not count a repeated id again, and answers the same', async () => {
    const clock = new FakeClock();
    const intake = createEventIntake({ clock });
    const batch = [query(0.1, { id: 'a' }), query(0.1, { id: 'b' }), query(0.1, { id: 'a' })];
    expect(answerOf(intake.accept(batch))).toEqual({ accepted: 3, rejected: [], repeated: 1 });
    expect(answerOf(intake.accept(batch))).toEqual({ accepted: 3, rejected: [], repeated: 3 });
    expect(await figures(intake, clock)).toMatchObject({ queries_total: 2, events_repeated_total: 4 });
  });

  it('does not take the id of a bad event for known', async () => {
    const clock = new FakeClock();
    const intake = createEventIntake({ clock });
    intake.accept(query(-1, { id: 'a' }));
    expect(answerOf(intake.accept(query(1, { id: 'a' })))).toEqual({ accepted: 1, rejected: [] });
  });

  it('refuses a request as a whole when too much comes at once, and takes it later', async () => {
    const clock = new FakeClock();
    const intake = createEventIntake({ clock, eventsPerSecond: () => 100 });
    const batch = Array.from({ length: 150 }, () => query(0.1));
    expect(intake.accept(batch).kind).toBe('taken');
    expect(intake.accept(batch)).toEqual({ kind: 'too-many', retryAfterSeconds: 1 });
    await clock.advance(1_000);
    expect(intake.accept(batch).kind).toBe('taken');
    expect(await figures(intake, clock)).toMatchObject({ queries_total: 300, events_requests_refused_total: 1 });
    expect(intake.accept(Array.from({ length: 201 }, () => query(0.1)))).toEqual({ kind: 'too-large', most: 200 });
  });

  it('counts no more than fifty query types apart', async () => {
    const clock = new FakeClock();
    const intake = createEventIntake({ clock });
    intake.accept(Array.from({ length: 500 }, (_, index) => query(0.1, { query_type: `type${index}` })));
    const values = await figures(intake, clock);
    const types = Object.keys(values).filter((key) => key.startsWith('query_type_queries_total'));
    expect(types).toHaveLength(51);
    expect(values['query_type_queries_total{query_type="other"}']).toBe(450);
  });

  it('has no average once the last query is older than a minute, while counters stay', async () => {
    const clock = new FakeClock();
    const intake = createEventIntake({ clock });
    intake.accept(query(0.1));
    await clock.advance(70_000);
    const values = await figures(intake, clock);
    expect(values).not.toHaveProperty('query_time_seconds');
    expect(values).toMatchObject({ queries_total: 1, queries_per_second: 0 });
    expect(values.query_time_p50_seconds).toBeCloseTo(0.1, 2);
  });

  it('tells a cumulative histogram with the standard buckets', async () => {
    const clock = new FakeClock();
    const intake = createEventIntake({ clock });
    intake.accept([0.0005, 0.005, 0.2, 99].map((duration) => query(duration)));
    expect(await figures(intake, clock)).toMatchObject({
      'query_duration_seconds_bucket{le="0.001"}': 1,
      'query_duration_seconds_bucket{le="0.005"}': 2,
      'query_duration_seconds_bucket{le="0.5"}': 3,
      'query_duration_seconds_bucket{le="10"}': 3,
      'query_duration_seconds_bucket{le="+Inf"}': 4,
      query_duration_seconds_count: 4,
      query_duration_seconds_sum: 99.2055,
    });
  });

  it('has quantiles within two percent of the truth', () => {
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ min: 1e-5, max: 100, noNaN: true }), { minLength: 1, maxLength: 200 }),
        async (durations) => {
          const clock = new FakeClock();
          const intake = createEventIntake({ clock });
          intake.accept(durations.map((duration) => query(duration)));
          const values = await figures(intake, clock);
          const sorted = durations.toSorted((a, b) => a - b);
          const truth = sorted[Math.ceil(0.95 * sorted.length) - 1] as number;
          // Two percent of the bucket and three digits of rounding.
          expect(Math.abs((values.query_time_p95_seconds as number) - truth)).toBeLessThanOrEqual(truth * 0.026);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('survives anything that JSON can say', () => {
    const intake = createEventIntake({ clock: new FakeClock() });
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        const acceptance = intake.accept(body);
        if (acceptance.kind !== 'taken') return;
        const count = Array.isArray(body) ? body.length : 1;
        expect(acceptance.answer.accepted + acceptance.answer.rejected.length).toBe(count);
      }),
    );
  });
});
