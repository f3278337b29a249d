/** How hot the machine is, and how fast its fans turn. */

import type { MetricDescription } from '../contract/metric.ts';
import { sentences } from '../contract/text/message.ts';
import { NoData, type Source } from '../sampling/source.ts';
import type { CollectorDeps } from './collector-deps.ts';
import { findSensors, readTemperature, type Sensor } from './readers/linux-sensors.ts';
import { readNumber } from './readers/sys-file.ts';
import { readCpuTemperature } from './readers/system-information.ts';
import { rounded } from './rounding.ts';

const temperature: MetricDescription = {
  name: 'temperature_celsius',
  title: { en: 'Temperature', de: 'Temperatur' },
  help: { en: 'What this sensor of the machine measures.', de: 'Was dieser Fühler des Rechners misst.' },
  unit: 'celsius',
  kind: 'gauge',
  labels: ['sensor'],
};
const fan: MetricDescription = {
  name: 'temperature_fan_rpm',
  title: { en: 'Fan', de: 'Lüfter' },
  help: { en: 'Rotations of this fan a minute.', de: 'Umdrehungen dieses Lüfters je Minute.' },
  unit: 'rpm',
  kind: 'gauge',
  labels: ['sensor'],
};

const relistEvery = 60;
const maxSensors = 40;

const reasons = sentences('source.temperature', {
  'no-temperature': {
    en: 'This system does not report its temperature to ordinary programs',
    de: 'Dieses System meldet gewöhnlichen Programmen keine Temperatur',
  },
  'no-sensors': {
    en: 'This machine shows no temperature sensors (virtual machines have none)',
    de: 'Dieser Rechner zeigt keine Temperaturfühler (virtuelle haben keine)',
  },
});

export function temperatureCollector({ platform, sysRoot = '/sys' }: CollectorDeps): Source {
  let sensors: readonly Sensor[] = [];
  let runs = 0;
  const isLinux = platform === 'linux';
  return {
    id: 'temperature',
    title: { en: 'Temperature', de: 'Temperatur' },
    // Elsewhere each reading is a query of seconds.
    interval: isLinux ? 'slow' : 'lazy',
    timeoutMs: 9_000,
    reasons,
    metrics: [temperature, fan],
    async collect(sink) {
      if (!isLinux) {
        const celsius = await readCpuTemperature();
        if (celsius === undefined) throw new NoData(reasons['no-temperature']);
        sink.sample(temperature, rounded(celsius, 1), { sensor: 'cpu' });
        return;
      }
      if (runs++ % relistEvery === 0) sensors = findSensors(sysRoot).slice(0, maxSensors);
      if (sensors.length === 0) throw new NoData(reasons['no-sensors']);
      for (const { kind, name, path } of sensors) {
        if (kind === 'fan') sink.sample(fan, readNumber(path), { sensor: name });
        else {
          const celsius = readTemperature(path);
          if (celsius !== undefined) sink.sample(temperature, rounded(celsius, 1), { sensor: name });
        }
      }
    },
  };
}
