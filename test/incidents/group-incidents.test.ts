import { describe, expect, it } from 'vitest';
import type { ActiveAlert } from '../../src-main/contract/alerts/alert.ts';
import type { HistoryEntry } from '../../src-main/contract/alerts/alert-procedures.ts';
import { incidentIdOf, timeOfIncidentId } from '../../src-main/contract/alerts/incidents.ts';
import type { ExplainedCause } from '../../src-main/contract/explanation/explanation.ts';
import { groupIncidents } from '../../src-main/incidents/group-incidents.ts';

const start = Date.UTC(2026, 10, 27, 19, 27);
const at = (seconds: number): number => start + seconds * 1_000;

const text = { text: { en: 'x', de: 'x' }, values: {} };
const build: ExplainedCause = {
  kind: 'cpu',
  name: 'vite build',
  pid: 30,
  confidence: 0.9,
  since: start,
  until: null,
  statement: text,
  evidence: [],
  isSlowness: true,
};

function fired(
  rule: string,
  series: string,
  [from, until]: readonly [number, number | null],
  more: Partial<ActiveAlert> = {},
): HistoryEntry {
  const since = at(from);
  const alert: ActiveAlert = {
    id: `${rule}/critical/${series}@${since}`,
    rule,
    title: rule,
    severity: 'critical',
    state: 'firing',
    summary: '',
    labels: {},
    series,
    unit: 'percent',
    value: 97,
    threshold: 95,
    direction: 'above',
    since,
    firedAt: since + 60_000,
    culprits: [],
    ...more,
  };
  return {
    alert: alert.id,
    rule,
    severity: alert.severity,
    series,
    since,
    firedAt: since + 60_000,
    resolvedAt: until === null ? null : at(until),
    transitions: [{ id: `${alert.id}/fired`, kind: 'fired', at: since + 60_000, reason: 'held', alert }],
  };
}
const up = (target: string, kind: string, span: readonly [number, number | null], more: Partial<ActiveAlert> = {}) =>
  fired('target_down', `target_up{target="${target}",kind="${kind}"}`, span, { labels: { target, kind }, ...more });

const shapes = (history: readonly HistoryEntry[]) =>
  groupIncidents(history).map(({ root, followers }) => [root.alert.series, followers.length]);

describe('alerts that are one incident', () => {
  it('have the same cause at the same time', () => {
    const cpu = fired('cpu', 'system_cpu_percent', [0, 200], { cause: build });
    const slow = fired('latency', 'http_target_response_seconds{target="shop"}', [40, 180], { cause: build });
    const disk = fired('disk_full', 'disk_space_free_ratio{volume="/"}', [10, null]);
    const later = fired('cpu', 'system_cpu_percent', [4_000, 4_100], { cause: build });
    const incidents = groupIncidents([disk, slow, later, cpu]);
    expect(incidents.map(({ root, endedAt }) => [root.alert.rule, endedAt])).toEqual([
      ['cpu', at(4_100)],
      ['disk_full', null],
      ['cpu', at(200)],
    ]);
    expect(incidents[2]).toMatchObject({ since: at(0), cause: { name: 'vite build' }, severity: 'critical' });
    expect(incidents[2]?.followers.map(({ alert }) => alert.rule)).toEqual(['latency']);
    expect(incidents[1]?.cause).toBeNull();
  });

  it('are a dead program with the port and the address that it served, the program first', () => {
    expect(
      shapes([up('site', 'http', [0, 300]), up('db-port', 'port', [5, 300]), up('db', 'process', [9, 290])]),
    ).toEqual([['target_up{target="db",kind="process"}', 2]]);
    expect(shapes([up('site', 'http', [0, 300]), up('mail', 'port', [200, 300])])).toHaveLength(2);
  });

  it('are an alert and what it mutes', () => {
    const root = up('db', 'process', [0, 300]);
    const muted = fired('queries', 'query_time_seconds', [90, 200], { inhibitedBy: root.alert });
    expect(shapes([muted, root])).toEqual([['target_up{target="db",kind="process"}', 1]]);
  });

  it('are the levels of one rule, and the same that comes again soon', () => {
    const warning = fired('cpu', 'system_cpu_percent', [0, 100], { severity: 'warning', id: 'w' });
    const critical = fired('cpu', 'system_cpu_percent', [30, 90]);
    const again = fired('cpu', 'system_cpu_percent', [300, 320]);
    const muchLater = fired('cpu', 'system_cpu_percent', [1_000, null]);
    const incidents = groupIncidents([warning, critical, again, muchLater]);
    expect(incidents.map(({ followers, severity, endedAt }) => [followers.length, severity, endedAt])).toEqual([
      [0, 'critical', null],
      [2, 'critical', at(320)],
    ]);
  });

  it('join two groups when one is found to belong to both', () => {
    const one = up('a', 'http', [0, 500]);
    const two = fired('errors', 'http_errors{target="b"}', [200, 500], { labels: { target: 'b' } });
    const both = fired('down', 'x{target="b"}', [210, 400], { labels: { target: 'b' }, inhibitedBy: one.alert });
    expect(shapes([one, two, both])).toEqual([['target_up{target="a",kind="http"}', 2]]);
  });

  it('keep their id while more join, and have one whatever the order', () => {
    const cpu = fired('cpu', 'system_cpu_percent', [0, null], { cause: build });
    const slow = fired('latency', 'http_target_response_seconds{target="shop"}', [40, null], { cause: build });
    const [alone] = groupIncidents([cpu]);
    expect(groupIncidents([slow, cpu])[0]?.id).toBe(alone?.id);
    expect(groupIncidents([cpu, slow])).toEqual(groupIncidents([slow, cpu]));
    expect(timeOfIncidentId(alone?.id ?? '')).toBe(start);
    expect(incidentIdOf({ id: 'b', since: start })).not.toBe(incidentIdOf({ id: 'a', since: start }));
    for (const id of ['', 'x', '../x-12345678', `${alone?.id}0`]) expect(timeOfIncidentId(id), id).toBeUndefined();
  });
});
