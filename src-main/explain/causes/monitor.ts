/** The monitor itself: it uses more than it should, or cannot keep its own interval while the machine has time. */
import { type CauseFinder, type Evidence, figure, spanOf, sureByLength } from '../cause.ts';
import { findStretch, meanWithin } from '../stretch.ts';

const busyCores = 0.4;
const busyLoop = 0.7;
const lateSeconds = 0.5;
const minSeconds = 8;

export const monitorFinder: CauseFinder = {
  kind: 'monitor',
  find({ recording, lines }) {
    const signs = [
      { line: lines.one('monitor_cpu_usage_ratio'), limit: busyCores },
      { line: lines.one('monitor_event_loop_busy_ratio'), limit: busyLoop },
      { line: lines.one('tick_lateness_seconds'), limit: lateSeconds },
    ].flatMap(({ line, limit }) => {
      const stretch =
        line && findStretch(recording, line.values, (value) => value >= limit, { minSeconds, dipSeconds: 11 });
      return line === undefined || stretch === undefined ? [] : [{ line, stretch }];
    });
    const [first] = signs;
    if (first === undefined) return [];
    const { stretch } = first;
    const used = lines.one('monitor_cpu_usage_ratio');
    const cores = used && meanWithin(used.values, stretch);
    const isCulprit = cores !== undefined && cores >= busyCores;
    const statement: Evidence = isCulprit
      ? {
          text: { en: 'The monitor itself uses {cores} cores', de: 'Der Monitor selbst belegt {cores} Kerne' },
          values: { cores: figure(cores, 'cores') },
        }
      : {
          text: { en: 'The monitor cannot keep its interval', de: 'Der Monitor hält sein Intervall nicht ein' },
          values: {},
        };
    return [
      {
        kind: 'monitor',
        name: 'HAKGAL Monitor',
        pid: null,
        confidence: sureByLength(stretch.seconds) * (isCulprit ? 0.9 : 0.6),
        severity: isCulprit ? 0.7 : 0.3,
        ...spanOf(recording, stretch),
        statement,
        evidence: signs.map(({ line, stretch: { mean } }) => ({
          text: { en: '{series}: {value}', de: '{series}: {value}' },
          values: { series: line.key, value: figure(mean, line.key.endsWith('_seconds') ? 'seconds' : 'ratio') },
        })),
        // What it takes of the processors is not another program's doing.
        brings: isCulprit ? ['cpu'] : [],
        isSlowness: !isCulprit,
      },
    ];
  },
};
