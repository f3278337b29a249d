import { describe, expect, it } from 'vitest';
import type { LiveState } from '../../src-main/contract/live.ts';
import { healthAnswer, metricsAnswer, statusAnswer } from '../../src-main/http/contract-answers.ts';
import { stateOf } from './support/servers.ts';

const now = Date.UTC(2026, 0, 1);
const withValues = (values: Readonly<Record<string, number>>): LiveState =>
  stateOf([], { values: new Map(Object.entries(values).map(([key, value]) => [key, { at: now, value }])) });

describe('/api/health', () => {
  it.each([
    ['healthy', 200],
    ['degraded', 200],
    ['unhealthy', 503],
  ] as const)('%s is %d', (status, httpStatus) => {
    const answer = healthAnswer(stateOf([], { health: { status, score: 0.5, reasons: [] } }), now);
    expect(answer).toEqual({
      httpStatus,
      body: { status, timestamp: '2026-01-01T00:00:00.000Z', uptime: 5 },
    });
  });

  it('a monitor without a tick for more than ten seconds is not well, unless it was paused', () => {
    expect(healthAnswer(stateOf([]), now + 10_000).httpStatus).toBe(200);
    expect(healthAnswer(stateOf([]), now + 10_001).httpStatus).toBe(503);
    expect(healthAnswer(stateOf([], { pausedUntil: now + 3_600_000 }), now + 10_001).httpStatus).toBe(200);
  });

  it('nothing is known to be wrong before the first tick', () => {
    expect(healthAnswer(undefined, now)).toMatchObject({ httpStatus: 200, body: { status: 'healthy', uptime: 0 } });
  });
});

describe('/api/metrics', () => {
  it('what is not known is null, and no field is left out', () => {
    const known = Object.entries(metricsAnswer(undefined)).filter(([, value]) => value !== null);
    expect(known).toEqual([['uptime', 0]]);
    expect(Object.keys(metricsAnswer(undefined))).toEqual(Object.keys(metricsAnswer(withValues({ facts_total: 1 }))));
  });

  it('ratios become percent without binary dust, and what is no number is not known', () => {
    const answer = metricsAnswer(
      withValues({
        cache_hit_ratio: 0.07,
        disk_space_main_used_ratio: 0.29,
        facts_total: 4242,
        query_time_seconds: Number.NaN,
        wal_size_bytes: 2 ** 40 + 1,
      }),
    );
    expect(answer).toMatchObject({
      cache_hit_rate: 7,
      system_disk_percent: 29,
      facts_count: 4242,
      avg_query_time: null,
      wal_size_bytes: 2 ** 40 + 1,
    });
  });
});

describe('/api/status', () => {
  it('shows the port that was wanted, the one in use, and who holds the first where that is known', () => {
    const ports = [
      { name: 'dashboard', wanted: 5000, actual: 5001, holder: 'ControlCe (652)' },
      { name: 'prometheus', wanted: 8000, actual: null },
    ] as const;
    expect(statusAnswer(stateOf([], { ports, services: { store: 'storing' } }), now)).toEqual({
      system_status: 'healthy',
      services: { store: 'storing' },
      timestamp: '2026-01-01T00:00:00.000Z',
      ports,
    });
  });
});
