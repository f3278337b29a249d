/**
 * The processors are slowed down because they are hot: the clock falls while they are busy and a sensor is near its
 * limit.
 */
import { type Cause, type CauseFinder, figure, spanOf, sureByLength } from '../cause.ts';
import { findStretch, meanWithin } from '../stretch.ts';

const hotCelsius = 85;
/** Of the highest clock seen; an idle processor lowers its clock by itself, so only busy seconds count. */
const slowedRatio = 0.75;
const busyPercent = 40;
const minSeconds = 8;

export const thermalFinder: CauseFinder = {
  kind: 'thermal',
  find({ recording, lines }) {
    const clock = lines.of('cpu_frequency_hertz')[0];
    const sensors = lines.of('temperature_celsius');
    if (clock === undefined || sensors.length === 0) return [];
    const busy = lines.one('system_cpu_percent');
    const top = Math.max(...clock.values.filter((value) => value !== undefined));
    let held: number | undefined;
    const slowed = clock.values.map((value, index) => {
      held = value ?? held;
      const isBusy = busy === undefined || (busy.values[index] ?? 0) >= busyPercent;
      return held === undefined || !isBusy ? undefined : held / top;
    });
    const stretch = findStretch(recording, slowed, (value) => value <= slowedRatio, { minSeconds, dipSeconds: 10 });
    if (stretch === undefined) return [];
    const hottest = sensors
      .map((line) => ({ line, celsius: meanWithin(line.values, stretch) ?? Number.NEGATIVE_INFINITY }))
      .reduce((most, one) => (one.celsius > most.celsius ? one : most));
    if (hottest.celsius < hotCelsius) return [];
    const sensor = hottest.line.labels.sensor ?? '';
    const values = {
      now: figure(stretch.mean * top, 'hertz'),
      usual: figure(top, 'hertz'),
      celsius: figure(hottest.celsius, 'celsius'),
    };
    return [
      {
        kind: 'thermal',
        name: sensor === '' ? null : sensor,
        pid: null,
        confidence: sureByLength(stretch.seconds) * (hottest.celsius >= 90 ? 0.95 : 0.85),
        severity: 0.95,
        ...spanOf(recording, stretch),
        statement: {
          text: {
            en: 'The CPU is slowed down to {now} (of {usual}) because it is hot: {celsius}',
            de: 'Die CPU ist auf {now} (von {usual}) gedrosselt, weil sie heiß ist: {celsius}',
          },
          values,
        },
        evidence: [
          {
            text: { en: '{sensor}: {celsius}', de: '{sensor}: {celsius}' },
            values: { sensor, celsius: values.celsius },
          },
        ],
        brings: ['cpu', 'service', 'database', 'monitor'],
        isSlowness: true,
      } satisfies Cause,
    ];
  },
};
