/** What evaluating the rules costs a tick, and how fast a crossing becomes a notification that a peer has accepted. */

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AlertEngine } from '../../src-main/alerts/engine/evaluate-alerts.ts';
import { previewRule } from '../../src-main/alerts/rule-book/preview.ts';
import type { Batch, Sample } from '../../src-main/contract/batch.ts';
import { type AlertRule, type AlertRuleInput, alertRuleSchema } from '../../src-main/contract/settings/alerts.ts';
import { settingsSchema } from '../../src-main/contract/settings/settings.ts';
import { startAlerting } from '../../src-main/core/alerting.ts';
import { systemClock } from '../../src-main/platform/clock.ts';
import { silentLogger } from '../../src-main/platform/logger.ts';
import { createMemorySecrets } from '../../src-main/settings/secrets.ts';
import { openStore } from '../../src-main/store/open-store.ts';
import { metricOf, seriesOf } from '../support/alert-story.ts';
import { speakerIn } from '../support/speak.ts';
import type { BenchRow } from './bench-row.ts';

const ruleCount = 500;
const seriesCount = 1_000;
const ticks = 300;
const passes = 8;

export async function bench(): Promise<BenchRow[]> {
  return [
    evaluation('50 metrics, windows mixed, 10 series beyond their level and changing', mixedRules(), 50, steady),
    evaluation(
      'every rule fits every series (500,000 pairs), newest value, one series beyond every level',
      allPairs(),
      1,
      alone,
    ),
    evaluation('a storm: 1 % of all values jump beyond the level each tick', mixedRules(), 50, storm),
    await crossing(),
    await preview(),
  ];
}

const rule = (input: Partial<AlertRuleInput> & { id: string; metric: string }): AlertRule =>
  alertRuleSchema.parse({ title: input.id, levels: { warning: { threshold: 90, recoveryThreshold: 85 } }, ...input });

const windows: AlertRuleInput['window'][] = [
  { kind: 'last' },
  { kind: 'last' },
  { kind: 'average', seconds: 60 },
  { kind: 'max', seconds: 60 },
  { kind: 'rate', seconds: 60 },
];

const mixedRules = (): AlertRule[] =>
  Array.from({ length: ruleCount }, (_, index) => {
    const window = windows[index % windows.length];
    return rule({
      id: `rule_${index}`,
      metric: `metric_${index % 50}`,
      levels: { warning: { threshold: 90 + (index % 10) / 10, recoveryThreshold: 85 } },
      ...(window !== undefined && { window }),
    });
  });

const allPairs = (): AlertRule[] =>
  Array.from({ length: ruleCount }, (_, index) =>
    rule({
      id: `rule_${index}`,
      metric: 'metric_0',
      levels: { warning: { threshold: 98 + index / 1000, recoveryThreshold: 95 } },
    }),
  );

type Values = (series: number, random: () => number) => number;
const steady: Values = (series, random) => (series < 10 ? 94 + random() * 5 : random() * 80);
const alone: Values = (series, random) => (series === 0 ? 98.6 + random() : random() * 80);
const storm: Values = (_, random) => (random() < 0.01 ? 99 : random() * 80);

function evaluation(what: string, rules: readonly AlertRule[], metrics: number, values: Values): BenchRow {
  const series = Array.from({ length: seriesCount }, (_, index) =>
    seriesOf(metricOf(`metric_${index % metrics}`, 'percent', ['item']), { item: String(index) }),
  );
  const engine = new AlertEngine(rules);
  // A generator of our own, so that every run has the same values.
  let seed = 42;
  const random = (): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  // Other programs on the machine can only add time: the best of some passes is the nearest to what it costs.
  let best: { p50: number; p99: number } | undefined;
  for (let pass = 0; pass < passes; pass += 1) {
    const times: number[] = [];
    for (let tick = 0; tick < ticks; tick += 1) {
      const samples: Sample[] = series.map((one, index) => ({ series: one, value: values(index, random) }));
      const batch: Batch = { at: 1_767_225_600_000 + (pass * ticks + tick) * 1000, samples, gaps: [] };
      const began = systemClock.monotonic();
      engine.evaluate(batch);
      if (pass > 0) times.push(systemClock.monotonic() - began);
    }
    // The first pass warms up.
    if (pass === 0) continue;
    times.sort((a, b) => a - b);
    const at = (quantile: number): number => times[Math.floor(times.length * quantile)] as number;
    if (best === undefined || at(0.99) < best.p99) best = { p50: at(0.5), p99: at(0.99) };
  }
  const { p50, p99 } = best as { p50: number; p99: number };
  return {
    what: `500 rules × 1,000 series a tick: ${what}`,
    ours: `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms (${engine.active.length} alerts active)`,
    ...(values !== storm && { target: '≤ 2 ms p99', isMet: p99 <= 2 }),
    note: `best of ${passes - 1} passes of ${ticks} ticks`,
  };
}

/** From the batch that crosses to the peer's 200, through a real store file, the outbox and HTTP. */
async function crossing(): Promise<BenchRow> {
  const folder = mkdtempSync(join(tmpdir(), 'hakgal-bench-'));
  let accepted: (() => void) | undefined;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.end();
      accepted?.();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const metric = metricOf('load', 'percent');
  const settings = settingsSchema.parse({
    alerts: {
      rules: [rule({ id: 'load', metric: 'load', holdSeconds: 0, coolDownSeconds: 0, detectFlapping: false })],
    },
    notify: {
      channels: [
        {
          id: 'hook',
          kind: 'webhook',
          title: 'Hook',
          maxPerMinute: 600,
          sendResolved: false,
          options: { url: `http://127.0.0.1:${port}/` },
        },
      ],
      routes: { warning: ['hook'] },
    },
  });
  const store = await openStore(join(folder, 'history.db'));
  const alerting = await startAlerting({
    clock: systemClock,
    logger: silentLogger,
    settings: { current: settings, notifications: [], subscribe: () => ({ [Symbol.dispose]() {} }) } as never,
    secrets: createMemorySecrets(),
    records: store.records,
    store,
    lastAt: undefined,
    desktop: [],
    dashboard: () => undefined,
    speaker: () => speakerIn('en'),
  });
  const times: number[] = [];
  const series = seriesOf(metric);
  let at = 1_767_225_600_000;
  const feed = (value: number): void => {
    at += 1000;
    const batch = { at, samples: [{ series, value }], gaps: [] };
    store.append(batch).catch(() => {});
    alerting.stage.evaluate(batch);
  };
  for (let round = 0; round < 500; round += 1) {
    feed(10);
    await systemClock.sleep(2);
    const done = new Promise<void>((resolve) => {
      accepted = resolve;
    });
    const began = systemClock.monotonic();
    feed(99);
    await done;
    times.push(systemClock.monotonic() - began);
  }
  await alerting.stop();
  await store.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
  times.sort((a, b) => a - b);
  const q = (quantile: number): number => times[Math.floor(times.length * quantile)] as number;
  return {
    what: 'crossing to notice accepted by an HTTP peer, after the tick that saw it (hold 0, store on disk, 500 crossings)',
    ours: `p50 ${q(0.5).toFixed(1)} ms, p99 ${q(0.99).toFixed(1)} ms`,
    target: '≤ 100 ms p99 after the tick',
    isMet: q(0.99) <= 100,
  };
}

/** Seven days of one series a second from the real store, every minute of it written as the monitor writes it. */
async function preview(): Promise<BenchRow> {
  const folder = mkdtempSync(join(tmpdir(), 'hakgal-bench-'));
  const store = await openStore(join(folder, 'history.db'));
  const days = 7;
  const now = 1_767_225_600_000;
  const series = seriesOf(metricOf('load', 'percent'));
  const stepMs = 10_000;
  for (let at = now - days * 86_400_000; at < now; at += stepMs) {
    const value = (at / stepMs) % 360 < 20 ? 97 : 30 + ((at / stepMs) % 17);
    await store.append({ at, samples: [{ series, value }], gaps: [] });
  }
  const began = systemClock.monotonic();
  const answer = await previewRule(rule({ id: 'load', metric: 'load', holdSeconds: 60 }), days, now, store);
  const ms = systemClock.monotonic() - began;
  await store.close();
  rmSync(folder, { recursive: true, force: true });
  return {
    what: `preview of a rule over ${days} days of history (a sample each 10 s, steps of ${answer.stepMs / 1000} s)`,
    ours: `${ms.toFixed(0)} ms, fired ${answer.count} times`,
    target: '< 1 s',
    isMet: ms < 1_000,
  };
}
