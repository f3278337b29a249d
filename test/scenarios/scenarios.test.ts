/** Plays the stories in this folder: values second by second, and what must have been said at which second. */
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { shippedRules } from '../../src-main/alerts/rules/index.ts';
import type { Batch } from '../../src-main/contract/batch.ts';
import { parseSeriesKey } from '../../src-main/contract/metric.ts';
import type { notifySettingsSchema } from '../../src-main/contract/settings/notify.ts';
import { AlertDesk } from '../support/alert-desk.ts';
import { metricOf, seriesOf } from '../support/alert-story.ts';

const states = z.record(z.string(), z.enum(['pending', 'firing', 'none']));
const step = z.union([
  /** So many seconds with these values by series key; a list is gone through again and again, null is no sample. */
  z.strictObject({
    seconds: z.number().int().positive(),
    values: z.record(z.string(), z.union([z.number(), z.null(), z.array(z.number().nullable())])),
    /** By rule, at the end of the step. */
    states: states.optional(),
  }),
  /** One more series a second, `#` being its number. */
  z.strictObject({ growingSeconds: z.number().int().positive(), series: z.string(), value: z.number() }),
  z.strictObject({ sleepSeconds: z.number() }),
  z.strictObject({ restartAfterSeconds: z.number() }),
  z.strictObject({ setClockBySeconds: z.number() }),
  z.strictObject({ acknowledge: z.string() }),
  z.strictObject({
    silence: z.object({
      rule: z.string().optional(),
      minutes: z.number(),
      labels: z.record(z.string(), z.string()).optional(),
    }),
  }),
]);
const scenarioSchema = z.strictObject({
  title: z.string(),
  /** Shipped rules by id, or rules as in a settings file. */
  rules: z.array(z.union([z.string(), z.record(z.string(), z.unknown())])),
  notify: z.record(z.string(), z.unknown()).optional(),
  steps: z.array(step),
  /** `SECOND KIND RULE…`: one line a notification, seconds of ticks since the start. */
  notifications: z.array(z.string()).optional(),
  /** Instead, where the exact seconds are not the point. */
  maxNotifications: z.number().optional(),
  toldOf: z.number().optional(),
});

const folder = dirname(fileURLToPath(import.meta.url));

describe('alert stories', () => {
  for (const path of globSync('*.json', { cwd: folder }).sort()) {
    const scenario = scenarioSchema.parse(JSON.parse(readFileSync(join(folder, path), 'utf8')));
    it(`${basename(path, '.json')}: ${scenario.title}`, () => play(scenario));
  }
});

async function play(scenario: z.infer<typeof scenarioSchema>): Promise<void> {
  const rules = scenario.rules.map((rule) =>
    typeof rule === 'string' ? shippedRules.find(({ id }) => id === rule) : rule,
  );
  const wanted = new Set(rules.map((rule) => (rule as { id: string }).id));
  const desk = await AlertDesk.open({
    rules,
    disabledRules: shippedRules.map(({ id }) => id).filter((id) => !wanted.has(id)),
    start: new Date(2026, 0, 5, 12).getTime(),
    ...(scenario.notify !== undefined && { notify: scenario.notify as z.input<typeof notifySettingsSchema> }),
  });
  let second = 0;
  let silence: { from: number; cause: 'sleep' | 'not-running' | 'clock-change' } | undefined;
  const lines: string[] = [];
  const note = (): void => {
    for (const { notification } of desk.told.splice(0))
      lines.push(`${second} ${notification.items.map(({ kind, alert }) => `${kind} ${alert.rule}`).join(', ')}`);
  };
  for (const one of scenario.steps) {
    if ('seconds' in one) {
      for (let index = 0; index < one.seconds; index += 1) {
        const gaps =
          silence === undefined || desk.lastAt === undefined
            ? []
            : [{ from: desk.lastAt + 1000, until: desk.clock.now() + 1000, cause: silence.cause }].filter(
                ({ from, until }) => until > from,
              );
        silence = undefined;
        await desk.tick(samplesOf(one.values, index), gaps);
        note();
        second += 1;
      }
      for (const [rule, state] of Object.entries(one.states ?? {})) {
        const found = desk.stage.active.filter((alert) => alert.rule === rule).map((alert) => alert.state);
        expect([second, rule, found[0] ?? 'none']).toEqual([second, rule, state]);
      }
    } else if ('growingSeconds' in one) {
      for (let count = 1; count <= one.growingSeconds; count += 1) {
        const keys = Array.from({ length: count }, (_, index) => one.series.replace('#', String(index)));
        await desk.tick(samplesOf(Object.fromEntries(keys.map((key) => [key, one.value])), 0));
        note();
        second += 1;
      }
    } else if ('sleepSeconds' in one) {
      desk.clock.sleepMachine(one.sleepSeconds * 1000);
      silence = { from: 0, cause: 'sleep' };
    } else if ('restartAfterSeconds' in one) {
      await desk.restart(one.restartAfterSeconds * 1000);
      silence = { from: 0, cause: 'not-running' };
    } else if ('setClockBySeconds' in one) {
      desk.clock.jumpWall(one.setClockBySeconds * 1000);
      silence = { from: 0, cause: 'clock-change' };
    } else if ('acknowledge' in one) {
      const alert = desk.stage.active.find(({ rule }) => rule === one.acknowledge);
      expect(desk.stage.acknowledge(alert?.id ?? '', 'ada').ok).toBe(true);
    } else {
      const { labels = {}, minutes, rule } = one.silence;
      desk.stage.silence({ labels, minutes, by: 'ada', ...(rule !== undefined && { rule }) });
    }
  }
  if (scenario.notifications !== undefined) expect(lines).toEqual(scenario.notifications);
  if (scenario.maxNotifications !== undefined) expect(lines.length).toBeLessThanOrEqual(scenario.maxNotifications);
  if (scenario.toldOf !== undefined) expect(lines.join(' ').match(/fired/g)?.length ?? 0).toBe(scenario.toldOf);
}

function samplesOf(
  values: Readonly<Record<string, number | null | (number | null)[]>>,
  index: number,
): Batch['samples'] {
  return Object.entries(values).flatMap(([key, given]) => {
    const value = Array.isArray(given) ? given[index % given.length] : given;
    const parsed = parseSeriesKey(key);
    if (value === null || value === undefined || parsed === undefined) return [];
    const metric = metricOf(parsed.name, 'percent', Object.keys(parsed.labels));
    return [{ series: seriesOf(metric, parsed.labels), value }];
  });
}
