import { describe, expect, it } from 'vitest';
import type { ActiveAlert } from '../../src-main/contract/alerts/alert.ts';
import { judgeHealth } from '../../src-main/live/health.ts';

const alert = (changes: Partial<ActiveAlert>): ActiveAlert => ({
  id: 'a',
  rule: 'high_cpu',
  title: 'CPU is busy',
  unit: 'percent',
  direction: 'above',
  severity: 'critical',
  state: 'firing',
  summary: 'CPU is at 97 %',
  labels: {},
  series: 'system_cpu_percent',
  value: 97,
  threshold: 95,
  since: 0,
  culprits: [],
  ...changes,
});

describe('health', () => {
  it('is healthy and 1 when nothing is wrong', () => {
    expect(judgeHealth({ alerts: [], sources: [] })).toEqual({ status: 'healthy', score: 1, reasons: [] });
  });

  it('is degraded by one critical alert and unhealthy by two', () => {
    expect(judgeHealth({ alerts: [alert({})], sources: [] }).status).toBe('degraded');
    expect(judgeHealth({ alerts: [alert({}), alert({ id: 'b' })], sources: [] }).status).toBe('unhealthy');
  });

  it('does not count pending alerts, nor a warning that its critical alert mutes', () => {
    const alerts = [alert({ state: 'pending' }), alert({ severity: 'warning', inhibitedBy: 'critical_cpu' })];
    expect(judgeHealth({ alerts, sources: [] }).score).toBe(1);
  });

  it('names the worst first', () => {
    const { reasons } = judgeHealth({
      alerts: [alert({ id: 'warning', severity: 'warning' }), alert({ id: 'critical' })],
      sources: [],
      storeFailure: 'the disk is full',
    });
    expect(reasons.map(({ kind, about }) => about ?? kind)).toEqual(['critical', 'store-failing', 'warning']);
  });

  it('names what takes points off', () => {
    const health = judgeHealth({ alerts: [], sources: [], storeFailure: 'the disk is full' });
    expect(health.status).toBe('degraded');
    expect(health.reasons[0]?.message).toContain('the disk is full');
  });
});
