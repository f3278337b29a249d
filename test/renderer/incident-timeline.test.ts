import { describe, expect, it } from 'vitest';
import type { ActiveAlert } from '../../src-main/contract/alerts/alert.ts';
import { type Incident, incidentIdOf } from '../../src-main/contract/alerts/incidents.ts';
import { chartedMetrics, timelineOf } from '../../src-renderer/screens/incidents/timeline.ts';

const alert = { id: 'cpu@1', series: 'system_cpu_percent', since: 1 } as ActiveAlert;
const incident: Incident = {
  id: incidentIdOf(alert),
  since: 1,
  endedAt: 90,
  severity: 'critical',
  root: { alert, since: 1, firedAt: 60, resolvedAt: 90 },
  followers: [],
  cause: null,
  transitions: [
    { id: 'a', kind: 'fired', at: 60, reason: 'held', alert },
    { id: 'b', kind: 'resolved', at: 90, reason: 'cleared', alert },
  ],
  changes: [{ at: 70, kind: 'process-ended', subject: 'vite build' }],
  deliveries: [
    { outcome: 'retrying', at: 61 },
    { outcome: 'delivered', at: 63 },
  ].map((one, attempt) => ({
    notification: 'n',
    channel: 'mail',
    reason: 'r',
    message: 'm',
    attempt,
    transitions: ['a'],
    titles: [],
    ...one,
  })) as Incident['deliveries'],
};

describe('the timeline of an incident', () => {
  it('has what began, fired, was told, was done and ended, in the order of time and each once', () => {
    expect(timelineOf(incident).map(({ kind, at }) => [kind, at])).toEqual([
      ['began', 1],
      ['transition', 60],
      ['delivery', 63],
      ['change', 70],
      ['transition', 90],
    ]);
  });

  it('charts what it is about and the load, once', () => {
    expect(chartedMetrics(incident)).toEqual(['system_cpu_percent']);
    const disk = { ...alert, series: 'disk_space_used_ratio{volume="/"}' };
    expect(chartedMetrics({ ...incident, root: { ...incident.root, alert: disk } })).toEqual([
      'disk_space_used_ratio',
      'system_cpu_percent',
    ]);
  });
});
