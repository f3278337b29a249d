/** What the graphics processor does, where it tells. */

import { existsSync } from 'node:fs';
import { sentences } from '../contract/text/message.ts';
import { runCommand } from '../platform/run-command.ts';
import { gauges } from '../sampling/describe-metric.ts';
import { NoData, type Source } from '../sampling/source.ts';
import type { CollectorDeps } from './collector-deps.ts';
import { type GpuState, nvidiaParameters, parseNvidiaSmi, readAmdGpus } from './readers/gpu-state.ts';
import { rounded } from './rounding.ts';

const gauge = gauges('gpu');
const busy = gauge(
  'gpu_busy_ratio',
  { en: 'GPU', de: 'Grafikprozessor' },
  {
    en: 'Share of the time in which this graphics processor worked.',
    de: 'Anteil der Zeit, in der dieser Grafikprozessor arbeitete.',
  },
  'ratio',
);
const used = gauge(
  'gpu_memory_used_bytes',
  { en: 'GPU memory used', de: 'Grafikspeicher, benutzt' },
  { en: 'Memory in use on this graphics card.', de: 'Benutzter Speicher dieser Grafikkarte.' },
  'bytes',
);
const size = gauge(
  'gpu_memory_size_bytes',
  { en: 'GPU memory', de: 'Grafikspeicher' },
  { en: 'Memory of this graphics card.', de: 'Speicher dieser Grafikkarte.' },
  'bytes',
);
const temperature = gauge(
  'gpu_temperature_celsius',
  { en: 'GPU temperature', de: 'Temperatur des Grafikprozessors' },
  { en: 'Temperature of this graphics card.', de: 'Temperatur dieser Grafikkarte.' },
  'celsius',
);
const power = gauge(
  'gpu_power_watts',
  { en: 'GPU power', de: 'Leistung des Grafikprozessors' },
  { en: 'Power that this graphics card draws.', de: 'Leistung, die diese Grafikkarte aufnimmt.' },
  'watts',
);

const reasons = sentences('source.gpu', {
  'no-gpu': {
    en: 'No graphics processor here reports its load',
    de: 'Kein Grafikprozessor dieses Rechners meldet seine Auslastung',
  },
});

export function gpuCollector({ platform, sysRoot = '/sys', procRoot = '/proc' }: CollectorDeps): Source {
  // On Linux the driver's folder tells whether asking makes sense, so that a machine without NVIDIA never starts a
  // program.
  let mayHaveNvidia = platform === 'win32' || (platform === 'linux' && existsSync(`${procRoot}/driver/nvidia`));

  async function readNvidia(): Promise<readonly GpuState[]> {
    const outcome = await runCommand('nvidia-smi', nvidiaParameters, { timeoutMs: 8_000 });
    if (outcome.ok) return parseNvidiaSmi(outcome.value);
    mayHaveNvidia = false;
    return [];
  }

  return {
    id: 'gpu',
    title: { en: 'Graphics processor', de: 'Grafikprozessor' },
    interval: 'lazy',
    timeoutMs: 9_000,
    reasons,
    metrics: [busy, used, size, temperature, power],
    collect(sink) {
      const emit = (gpus: readonly GpuState[]): void => {
        if (gpus.length === 0) throw new NoData(reasons['no-gpu']);
        for (const one of gpus) {
          const labels = { gpu: one.name };
          sink.sample(busy, one.busy === undefined ? undefined : rounded(one.busy, 3), labels);
          sink.sample(used, one.memoryUsed, labels);
          sink.sample(size, one.memorySize, labels);
          sink.sample(temperature, one.celsius, labels);
          sink.sample(power, one.watts, labels);
        }
      };
      const amd = platform === 'linux' ? readAmdGpus(sysRoot) : [];
      if (!mayHaveNvidia) return emit(amd);
      return readNvidia().then((nvidia) => emit([...amd, ...nvidia]));
    },
  };
}
