/**
 * The machine against Prometheus: random rules over random series must be pending and firing at the very steps at which
 * `promtool test rules` says so, on the part of the model that both have. HAKGAL_LONG=1 runs ten times as many cases.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AlertEngine } from '../../src-main/alerts/engine/evaluate-alerts.ts';
import { type AlertRule, alertRuleSchema } from '../../src-main/contract/settings/alerts.ts';
import { batches, metricOf } from '../support/alert-story.ts';
import { requireDebian } from '../support/peers/debian.ts';
import { temporaryFolder } from '../support/temporary.ts';

const cases = process.env.HAKGAL_LONG === '1' ? 20_000 : 2_000;
const seed = 20_260_101;
const casesPerFile = 250;
const steps = 60;
/**
 * Prometheus adds averages up in another order: one that is 3 may be 2.9999999999999996 there, so no level is an
 * average.
 */
const besideEvery = 0.0001;
/** Windows of Prometheus 2 hold both ends; a millisecond less holds what ours hold. */
const inside = (seconds: number): string => `${seconds * 1000 - 1}ms`;

interface Case {
  readonly rule: AlertRule;
  readonly expression: string;
  readonly values: readonly (number | null)[];
}

const windowOf = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: 'last' } as const) },
  fc.record({ kind: fc.constantFrom('average', 'min', 'max'), seconds: fc.integer({ min: 2, max: 15 }) }),
  fc.record({
    kind: fc.constant('quantile'),
    seconds: fc.integer({ min: 2, max: 15 }),
    quantile: fc.constantFrom(0, 0.25, 0.5, 0.9, 1),
  }),
);

/** Long stretches on one side of the level, so that holds and keep-firing times do run out, with holes in between. */
const valuesOf = fc
  .array(
    fc.record({
      value: fc.constantFrom<(number | null)[]>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, null),
      length: fc.integer({ min: 1, max: 9 }),
    }),
    { minLength: 6, maxLength: 40 },
  )
  .map(
    (runs) => runs.flatMap(({ value, length }) => new Array(length).fill(value)).slice(0, steps) as (number | null)[],
  );

const caseOf = fc
  .record({
    window: windowOf,
    direction: fc.constantFrom('above', 'below'),
    threshold: fc.constantFrom(1, 3, 4.5, 6, 8),
    holdSeconds: fc.constantFrom(0, 1, 2, 3, 5, 8, 13),
    keepFiringSeconds: fc.constantFrom(0, 0, 1, 2, 4, 7),
    staleSeconds: fc.constantFrom(1, 2, 4, 20),
    values: valuesOf,
  })
  .map(({ values, threshold, window, staleSeconds, ...input }): Omit<Case, 'expression'> => {
    return {
      values,
      rule: alertRuleSchema.parse({
        id: 'placeholder',
        title: 'case',
        metric: 'placeholder',
        levels: { warning: { threshold: threshold + (window.kind === 'average' ? besideEvery : 0) } },
        coolDownSeconds: 0,
        noData: 'resolve',
        detectFlapping: false,
        // With a window, Prometheus takes any sample in it.
        staleSeconds: window.kind === 'last' ? staleSeconds : (window as { seconds: number }).seconds - 0.001,
        window,
        ...input,
      }),
    };
  });

function expressionOf({ metric, window, levels, direction, staleSeconds }: AlertRule): string {
  const sign = direction === 'above' ? '>' : '<';
  const over =
    window.kind === 'last'
      ? `last_over_time(${metric}[${staleSeconds}s])`
      : window.kind === 'quantile'
        ? `quantile_over_time(${window.quantile}, ${metric}[${inside(window.seconds)}])`
        : `${{ average: 'avg', min: 'min', max: 'max' }[window.kind as 'average']}_over_time(${metric}[${inside((window as { seconds: number }).seconds)}])`;
  return `${over} ${sign} ${levels.warning?.threshold}`;
}

/** Per step: nothing, pending, firing. */
function ourStates({ rule, values }: Case): string[] {
  const engine = new AlertEngine([rule]);
  const metric = metricOf(rule.metric);
  return batches([[metric, {}, [...values, ...new Array(steps - values.length).fill(null)]]]).map((batch) => {
    engine.evaluate(batch);
    return engine.active[0]?.state ?? '';
  });
}

describe('the alert machine', () => {
  it(`agrees with promtool on ${cases} random rules, step by step`, ({ skip }) => {
    const prometheus = requireDebian('prometheus', 'promtool');
    if ('missing' in prometheus) return skip(prometheus.missing);
    const sampled = fc.sample(caseOf, { numRuns: cases, seed }).map((one, index): Case => {
      const rule = { ...one.rule, id: `case_${index}`, metric: `metric_${index}` };
      return { ...one, rule, expression: expressionOf(rule) };
    });
    const folder = temporaryFolder();
    let compared = 0;
    let firing = 0;
    for (let from = 0; from < sampled.length; from += casesPerFile) {
      const part = sampled.slice(from, from + casesPerFile);
      const expected = part.map(ourStates);
      compared += expected.length;
      firing += expected.filter((states) => states.includes('firing')).length;
      runPromtool(prometheus.path, join(folder, String(from)), part, expected);
    }
    expect(compared).toBe(cases);
    // Most cases get somewhere: the comparison is not about nothing.
    expect(firing).toBeGreaterThan(cases / 3);
  }, 600_000);
});

/** Asks promtool whether exactly these alerts are firing or pending at each step; it prints what differs. */
function runPromtool(
  promtool: string,
  folder: string,
  part: readonly Case[],
  expected: readonly (readonly string[])[],
): void {
  mkdirSync(folder, { recursive: true });
  const rules = {
    groups: [
      {
        name: 'cases',
        interval: '1s',
        rules: part.flatMap(({ rule, expression }) => [
          {
            alert: rule.id,
            expr: expression,
            for: `${rule.holdSeconds}s`,
            ...(rule.keepFiringSeconds > 0 && { keep_firing_for: `${rule.keepFiringSeconds}s` }),
          },
        ]),
      },
    ],
  };
  const series = part.map(({ rule, values }) => ({
    series: rule.metric,
    values: values.map((value) => (value === null ? '_' : String(value))).join(' '),
  }));
  // ALERTS carries both states; one question a step holds all cases.
  const promql = Array.from({ length: steps }, (_, step) => ({
    expr: 'sum by (alertname, alertstate) (ALERTS)',
    eval_time: `${step}s`,
    exp_samples: expected.flatMap((states, index) =>
      states[step] === ''
        ? []
        : [{ labels: `{alertname="${part[index]?.rule.id}", alertstate="${states[step]}"}`, value: 1 }],
    ),
  }));
  // JSON is YAML.
  writeFileSync(join(folder, 'rules.yml'), JSON.stringify(rules));
  writeFileSync(
    join(folder, 'test.yml'),
    JSON.stringify({
      rule_files: ['rules.yml'],
      evaluation_interval: '1s',
      tests: [{ interval: '1s', input_series: series, promql_expr_test: promql }],
    }),
  );
  try {
    execFileSync(promtool, ['test', 'rules', join(folder, 'test.yml')], { stdio: 'pipe', maxBuffer: 64e6 });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: Buffer; stderr: Buffer };
    throw new Error(`promtool disagrees:\n${firstDifference(`${stderr}${stdout}`, part)}`);
  }
}

/** Of pages of states that agree, the first case that does not, and what it was. */
function firstDifference(said: string, part: readonly Case[]): string {
  const [, time, expected, got] = /time: (\S+),\s*exp: (.*)\s*got: (.*)/.exec(said) ?? [];
  if (expected === undefined || got === undefined) return said.slice(0, 4_000);
  const states = (line: string): string[] => line.match(/\{[^}]*\}/g) ?? [];
  const [ours, theirs] = [states(expected), states(got)];
  const only = (some: string[], others: string[]): string | undefined => some.find((one) => !others.includes(one));
  const [our, their] = [only(ours, theirs), only(theirs, ours)];
  const id = /case_\d+/.exec(our ?? their ?? '')?.[0];
  const one = part.find(({ rule }) => rule.id === id);
  return `at ${time} ours ${our ?? '-'}, promtool ${their ?? '-'}\n${JSON.stringify(one)}`;
}
