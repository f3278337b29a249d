/** Makes a source of a target: what a look finds becomes its state and the metrics that every target has. */

import { secretsIn } from '../contract/redact.ts';
import type { TargetSettings } from '../contract/settings/targets.ts';
import type { TargetFinding, TargetStatus } from '../contract/targets.ts';
import { sameInEvery } from '../contract/text.ts';
import { hideSecrets } from '../platform/hide-secrets.ts';
import type { Source } from '../sampling/source.ts';
import { targetTypes } from './index.ts';
import { commonTargetMetrics, targetDuration, targetProblem, targetUp } from './target-metrics.ts';
import { finding, type TargetDeps, type TargetType } from './target-type.ts';

export interface WatchedTarget {
  readonly source: Source;
  status(): TargetStatus;
}

export function watchTarget(settings: TargetSettings, deps: TargetDeps, isMain: boolean): WatchedTarget {
  // The settings' kind chose the type, so the two fit; TypeScript can't follow that through the table.
  const type = targetTypes[settings.kind] as unknown as TargetType;
  const probe = type.open(settings, deps, isMain);
  const { id, kind, title } = settings;
  const labels = { target: id, kind };
  const fixed = [...commonTargetMetrics, ...type.metrics];
  let last: TargetFinding = finding('starting', 'starting', 'Not looked at yet');
  let at: number | null = null;
  const secrets = secretsIn(settings);
  const hideText = (text: string): string => hideSecrets(text, secrets);
  /** What is found repeats addresses, and what peers said; both may hold what the settings keep. */
  const hide = (found: TargetFinding): TargetFinding =>
    secrets.length === 0
      ? found
      : {
          ...found,
          message: hideText(found.message),
          facts: found.facts.map((fact) => ({ ...fact, value: hideText(fact.value) })),
          ...(found.values !== undefined && {
            values: Object.fromEntries(
              Object.entries(found.values).map(([name, value]) => [
                name,
                typeof value === 'string' ? hideText(value) : value,
              ]),
            ),
          }),
        };

  const source: Source = {
    id: `${kind}-target:${id}`,
    title: sameInEvery(title),
    beat: type.beat(settings),
    timeoutMs: type.timeoutMs(settings),
    get metrics() {
      return type.dynamicMetrics === undefined ? fixed : [...fixed, ...type.dynamicMetrics(probe)];
    },
    async collect(sink, context) {
      const began = deps.clock.monotonic();
      try {
        last = await probe.look(sink, context);
      } catch (error) {
        last = finding('unknown', 'failed', `It could not be looked at: ${(error as Error).message}`, [], {
          detail: (error as Error).message,
        });
        throw new Error(hideText((error as Error).message));
      } finally {
        at = context.at;
        const isKnown = last.state === 'up' || last.state === 'wrong' || last.state === 'down';
        if (isKnown) sink.sample(targetUp, last.state === 'up' ? 1 : 0, labels);
        if (last.state !== 'up') sink.sample(targetProblem, 1, { ...labels, problem: last.kind });
        sink.sample(targetDuration, Math.round((deps.clock.monotonic() - began) * 10) / 10_000, labels);
      }
    },
    close: () => probe.close?.(),
  };
  return { source, status: () => ({ ...hide(last), settings, at }) };
}
