/** What the graphics processor does, where it tells. */
import { existsSync } from 'node:fs';
import { runCommand } from '../platform/run-command.ts';
import { gauges } from '../sampling/describe-metric.ts';
import { NoData, type Source } from '../sampling/source.ts';
import type { CollectorDeps } from './collector-deps.ts';
import { type GpuState, nvidiaParameters, parseNvidiaSmi, readAmdGpus } from './readers/gpu-state.ts';
import { rounded } from './rounding.ts';

const gauge = gauges('gpu');
const busy = gauge('gpu_busy_ratio', 'GPU', 'Share of the time in which this graphics processor worked.', 'ratio');
const used = gauge('gpu_memory_used_bytes', 'GPU memory used', 'Memory in use on this graphics card.', 'bytes');
const size = gauge('gpu_memory_size_bytes', 'GPU memory', 'Memory of this graphics card.', 'bytes');
const temperature = gauge(
  'gpu_temperature_celsius',
  'GPU temperature',
  'Temperature of this graphics card.',
  'celsius',
);
const power = gauge('gpu_power_watts', 'GPU power', 'Power that this graphics card draws.', 'watts');

export function gpuCollector({ platform, sysRoot = '/sys', procRoot = '/proc' }: CollectorDeps): Source {
  // On Linux the driver's folder tells whether asking makes sense, so that a machine without NVIDIA never starts a program.
  let mayHaveNvidia = platform === 'win32' || (platform === 'linux' && existsSync(`${procRoot}/driver/nvidia`));

  async function readNvidia(): Promise<readonly GpuState[]> {
    const outcome = await runCommand('nvidia-smi', nvidiaParameters, { timeoutMs: 8_000 });
    if (outcome.ok) return parseNvidiaSmi(outcome.value);
    mayHaveNvidia = false;
    return [];
  }

  return {
    id: 'gpu',
    title: 'Graphics processor',
    beat: 'lazy',
    timeoutMs: 9_000,
    metrics: [busy, used, size, temperature, power],
    collect(sink) {
      const tell = (gpus: readonly GpuState[]): void => {
        if (gpus.length === 0) throw new NoData('no-gpu', 'No graphics processor here tells its load');
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
      if (!mayHaveNvidia) return tell(amd);
      return readNvidia().then((nvidia) => tell([...amd, ...nvidia]));
    },
  };
}
