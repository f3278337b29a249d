/** Which targets were not looked at for two intervals: what hangs says nothing itself, so this does. */
import type { Source } from '../sampling/source.ts';
import { targetOutdated } from './target-metrics.ts';
import type { WatchedTarget } from './target-source.ts';

export const watchOutdated = (watched: () => Iterable<WatchedTarget>): Source => ({
  id: 'outdated-targets',
  title: { en: 'Age of what is known of targets', de: 'Alter dessen, was von Zielen bekannt ist' },
  interval: 'slow',
  timeoutMs: 1_000,
  metrics: [targetOutdated],
  collect(sink) {
    for (const target of watched()) {
      const { id, kind } = target.status().settings;
      sink.sample(targetOutdated, target.isOutdated() ? 1 : 0, { target: id, kind });
    }
  },
});
