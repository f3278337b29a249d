/** Makes a source of a target: what a look finds becomes its state and the metrics that every target has. */

import type { TargetSettings } from '../contract/settings/targets.ts';
import type { TargetFinding, TargetStatus } from '../contract/targets.ts';
import { secretsIn } from '../contract/text/redact.ts';
import { sameInEvery } from '../contract/text/text.ts';
import type { Clock } from '../platform/clock.ts';
import { hideSecrets } from '../platform/hide-secrets.ts';
import { batteryIntervals, normalIntervals } from '../sampling/slow-down.ts';
import type { SampleSink, Source } from '../sampling/source.ts';
import { targetTypes } from './index.ts';
import { commonTargetMetrics, targetDuration, targetProblem, targetUp } from './target-metrics.ts';
import { finding, type TargetDeps, type TargetType } from './target-type.ts';

export interface WatchedTarget {
  readonly source: Source;
  status(): TargetStatus;
  /** The last answer is too old to speak for the present. */
  isOutdated(): boolean;
}

export function watchTarget(settings: TargetSettings, deps: TargetDeps, isMain: boolean): WatchedTarget {
  // The settings' kind chose the type, so the two fit; TypeScript can't follow that through the table.
  const type = targetTypes[settings.kind] as unknown as TargetType;
  const secrets = [...secretsIn(settings)];
  const probe = type.open(
    settings,
    {
      ...deps,
      async secret(id, name) {
        const value = await deps.secret(id, name);
        // A peer may repeat what it was sent.
        if (value !== undefined && value.length >= 4 && !secrets.includes(value)) secrets.push(value);
        return value;
      },
    },
    isMain,
  );
  const { id, kind, title } = settings;
  const labels = { target: id, kind };
  const fixed = [...commonTargetMetrics, ...type.metrics];
  let last: TargetFinding = finding('starting', 'starting', 'Not looked at yet');
  let at: number | null = null;
  let finishedAt = deps.clock.monotonic();
  // Who asks over a network knows that no answer came; of a file that can't be read nothing is known.
  const overdueState = kind === 'http' || kind === 'port' || kind === 'prometheus' ? 'down' : 'unknown';
  const lookMs = type.timeoutMs(settings);
  const interval = type.interval(settings);
  let beganAt: number | undefined;
  /** As it is asked at present: on battery, and while nobody looks, that is less often. */
  let paceMs = normalIntervals[interval];
  /** Two intervals, or one and a look where that takes longer. */
  const maxAgeMs = (): number => paceMs + Math.max(paceMs, lookMs);
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
    interval,
    // Later than the look's own deadline, which is told as what was found.
    timeoutMs: lookMs + 1_000,
    get metrics() {
      return type.dynamicMetrics === undefined ? fixed : [...fixed, ...type.dynamicMetrics(probe)];
    },
    async collect(sink, context) {
      const began = deps.clock.monotonic();
      const apartMs = beganAt === undefined ? 0 : began - beganAt;
      paceMs = Math.min(batteryIntervals[interval], Math.max(normalIntervals[interval], apartMs));
      beganAt = began;
      const abort = new AbortController();
      const giveUp = (): void => abort.abort();
      context.signal.addEventListener('abort', giveUp, { once: true });
      let isOpen = true;
      const ownSink: SampleSink = {
        sample: (...sample) => {
          // What comes after the deadline belongs to no look any more.
          if (isOpen) sink.sample(...sample);
        },
      };
      const { promise: isOver, timer } = deadline(deps.clock, lookMs, overdueState, giveUp);
      try {
        const look = probe.look(ownSink, { at: context.at, monotonic: context.monotonic, signal: abort.signal });
        // A look that is left behind may still fail.
        look.catch(() => {});
        last = await Promise.race([look, isOver]);
      } catch (error) {
        last = finding('unknown', 'failed', `It could not be looked at: ${(error as Error).message}`, [], {
          detail: (error as Error).message,
        });
        throw new Error(hideText((error as Error).message));
      } finally {
        isOpen = false;
        timer[Symbol.dispose]();
        context.signal.removeEventListener('abort', giveUp);
        at = context.at;
        finishedAt = deps.clock.monotonic();
        const isKnown = last.state === 'up' || last.state === 'wrong' || last.state === 'down';
        if (isKnown) sink.sample(targetUp, last.state === 'up' ? 1 : 0, labels);
        if (last.state !== 'up') sink.sample(targetProblem, 1, { ...labels, problem: last.kind });
        sink.sample(targetDuration, Math.round((deps.clock.monotonic() - began) * 10) / 10_000, labels);
      }
    },
    close: () => probe.close?.(),
  };
  /** An answer that is too old to speak for the present is told as unknown, with its age. */
  const isOutdated = (): boolean => last.state !== 'starting' && deps.clock.monotonic() - finishedAt > maxAgeMs();
  const current = (): TargetFinding => {
    if (!isOutdated()) return hide(last);
    const seconds = Math.round((deps.clock.monotonic() - finishedAt) / 1_000);
    return finding('unknown', 'outdated', `The last answer is ${seconds} s old`, hide(last).facts, { seconds });
  };
  return { source, isOutdated, status: () => ({ ...current(), settings, at }) };
}

/** Rejects nothing: a look over its time is a finding of its own. */
function deadline(
  clock: Clock,
  ms: number,
  state: TargetFinding['state'],
  onOver: () => void,
): { readonly promise: Promise<TargetFinding>; readonly timer: Disposable } {
  let timer!: Disposable;
  const promise = new Promise<TargetFinding>((resolve) => {
    timer = clock.after(ms, () => {
      onOver();
      resolve(finding(state, 'timed-out', `It did not answer within ${ms / 1_000} s`));
    });
  });
  return { promise, timer };
}
