/**
 * Load and memory of graphics processors: amdgpu tells them in /sys, NVIDIA through its own program, others not at all.
 */
import { listFolder, readNumber } from './sys-file.ts';

export interface GpuState {
  readonly name: string;
  /** 0–1. */
  readonly busy?: number;
  readonly memoryUsed?: number;
  readonly memorySize?: number;
  readonly celsius?: number;
  readonly watts?: number;
}

export function readAmdGpus(sysRoot: string): readonly GpuState[] {
  const gpus: GpuState[] = [];
  for (const card of listFolder(`${sysRoot}/class/drm`)) {
    if (!/^card\d+$/.test(card)) continue;
    const device = `${sysRoot}/class/drm/${card}/device`;
    const busy = readNumber(`${device}/gpu_busy_percent`);
    if (busy === undefined) continue;
    const memoryUsed = readNumber(`${device}/mem_info_vram_used`);
    const memorySize = readNumber(`${device}/mem_info_vram_total`);
    gpus.push({
      name: card,
      busy: busy / 100,
      ...(memoryUsed !== undefined && { memoryUsed }),
      ...(memorySize !== undefined && { memorySize }),
    });
  }
  return gpus;
}

export const nvidiaParameters = [
  '--query-gpu=index,name,utilization.gpu,memory.used,memory.total,temperature.gpu,power.draw',
  '--format=csv,noheader,nounits',
] as const;

/** Memory in MiB; what a card can't tell is "[N/A]" or "[Not Supported]". */
export function parseNvidiaSmi(text: string): readonly GpuState[] {
  const gpus: GpuState[] = [];
  for (const line of text.split('\n')) {
    const [index, name, busy, used, size, celsius, watts] = line.split(',').map((field) => field.trim());
    if (name === undefined || index === undefined || !/^\d+$/.test(index)) continue;
    const number = (field: string | undefined, factor: number): number | undefined =>
      field === undefined || field === '' || Number.isNaN(Number(field)) ? undefined : Number(field) * factor;
    const values = {
      busy: number(busy, 0.01),
      memoryUsed: number(used, 1_048_576),
      memorySize: number(size, 1_048_576),
      celsius: number(celsius, 1),
      watts: number(watts, 1),
    };
    const told = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
    gpus.push({ name: `${name} #${index}`, ...told });
  }
  return gpus;
}
