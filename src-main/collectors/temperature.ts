/** How hot the machine is, and how fast its fans turn. */
import type { MetricDescription } from '../contract/metric.ts';
import { NoData, type Source } from '../sampling/source.ts';
import type { CollectorDeps } from './collector-deps.ts';
import { findSensors, readTemperature, type Sensor } from './readers/linux-sensors.ts';
import { readNumber } from './readers/sys-file.ts';
import { readCpuTemperature } from './readers/system-information.ts';
import { rounded } from './rounding.ts';

const temperature: MetricDescription = {
  name: 'temperature_celsius',
  title: 'Temperature',
  help: 'What this sensor of the machine measures.',
  unit: 'celsius',
  kind: 'gauge',
  labels: ['sensor'],
};
const fan: MetricDescription = {
  name: 'temperature_fan_rpm',
  title: 'Fan',
  help: 'Rotations of this fan a minute.',
  unit: 'rpm',
  kind: 'gauge',
  labels: ['sensor'],
};

const relistEvery = 60;
const mostSensors = 40;

export function temperatureCollector({ platform, sysRoot = '/sys' }: CollectorDeps): Source {
  let sensors: readonly Sensor[] = [];
  let runs = 0;
  const isLinux = platform === 'linux';
  return {
    id: 'temperature',
    title: 'Temperature',
    // Elsewhere each reading is a query of seconds.
    beat: isLinux ? 'slow' : 'lazy',
    timeoutMs: 9_000,
    metrics: [temperature, fan],
    async collect(sink) {
      if (!isLinux) {
        const celsius = await readCpuTemperature();
        if (celsius === undefined)
          throw new NoData('no-temperature', 'This system does not tell its temperature to ordinary programs');
        sink.sample(temperature, rounded(celsius, 1), { sensor: 'cpu' });
        return;
      }
      if (runs++ % relistEvery === 0) sensors = findSensors(sysRoot).slice(0, mostSensors);
      if (sensors.length === 0)
        throw new NoData('no-sensors', 'This machine shows no temperature sensors (virtual machines have none)');
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
