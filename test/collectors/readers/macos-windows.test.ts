import { describe, expect, it } from 'vitest';
import { parsePmset, windowsBatteries } from '../../../src-main/collectors/readers/battery-state.ts';
import { parseNvidiaSmi } from '../../../src-main/collectors/readers/gpu-state.ts';
import { parsePs } from '../../../src-main/collectors/readers/macos-processes.ts';
import { parseVmStat } from '../../../src-main/collectors/readers/memory-figures.ts';
import {
  diskTotals,
  interfaceCounters,
  WindowsProcesses,
} from '../../../src-main/collectors/readers/system-information.ts';
import { fixture } from '../../support/fixture.ts';

const gibibyte = 1024 ** 3;

describe('what macOS tells', () => {
  it('of memory: pages that can be given back are available', () => {
    const figures = parseVmStat(fixture('macos/vm_stat.txt'), 16 * gibibyte, fixture('macos/swapusage.txt'));
    expect(figures).toEqual({
      size: 16 * gibibyte,
      available: (12010 + 6020 + 372011 + 4400) * 16384,
      free: 12010 * 16384,
      cached: 210344 * 16384,
      swapSize: 2048 * 1024 ** 2,
      swapUsed: 803.25 * 1024 ** 2,
    });
    expect(parseVmStat('', gibibyte)).toBeUndefined();
  });

  it('of processes, with names of several words and times of several days', () => {
    const processes = parsePs(fixture('macos/ps.txt'));
    expect(processes).toHaveLength(5);
    expect(processes[2]).toMatchObject({
      pid: 2210,
      user: 'anna',
      name: 'Google Chrome Helper (Renderer)',
      memoryBytes: 1204336 * 1024,
      cpuSeconds: 26 * 3600 + 3 * 60 + 4.5,
    });
    expect(processes[0]?.cpuSeconds).toBeCloseTo(204.17);
    expect(processes[4]?.cpuSeconds).toBe(12 * 3600 + 40 * 60);
  });

  it('of the battery', () => {
    expect(parsePmset(fixture('macos/pmset.txt'))).toEqual([
      { name: 'InternalBattery-0', charge: 0.87, isDischarging: true },
    ]);
    expect(parsePmset("Now drawing from 'AC Power'\n")).toEqual([]);
  });
});

describe('what Windows tells', () => {
  it('of processes: shares of CPU become times again', () => {
    const reader = new WindowsProcesses();
    const list = JSON.parse(fixture('windows/processes.json'));
    reader.figures(list, 8, 0);
    const processes = reader.figures(list, 8, 10_000);
    expect(processes.map(({ name }) => name)).toEqual(['System', 'chrome']);
    // 6.25 % of eight cores for ten seconds is half a core.
    expect(processes[1]).toMatchObject({ pid: 9120, memoryBytes: 402112 * 1024, cpuSeconds: 5 });
  });

  it('of the network', () => {
    expect(interfaceCounters(JSON.parse(fixture('windows/network-stats.json')))).toEqual([
      {
        name: 'Ethernet',
        receivedBytes: 1209348820,
        transmittedBytes: 210934822,
        receiveErrors: 1,
        transmitErrors: 2,
        receiveDrops: 4,
        transmitDrops: 0,
      },
    ]);
  });

  it('of disks, or nothing where counters are switched off', () => {
    expect(diskTotals({ rIO: 5, wIO: 7 }, null)).toEqual([{ device: 'all', reads: 5, writes: 7 }]);
    expect(diskTotals(null, null)).toEqual([]);
  });

  it('of the battery', () => {
    const battery = {
      hasBattery: true,
      percent: 41,
      acConnected: false,
      designedCapacity: 50000,
      maxCapacity: 45000,
      cycleCount: 120,
    };
    expect(windowsBatteries(battery)).toEqual([
      { name: 'battery', charge: 0.41, isDischarging: true, health: 0.9, cycles: 120 },
    ]);
    expect(windowsBatteries({ ...battery, hasBattery: false })).toEqual([]);
  });

  it('of NVIDIA cards, with what a card can not tell left out', () => {
    expect(parseNvidiaSmi(fixture('windows/nvidia-smi.txt'))).toEqual([
      {
        name: 'NVIDIA GeForce RTX 4070 #0',
        busy: 0.37,
        memoryUsed: 2048 * 1048576,
        memorySize: 12282 * 1048576,
        celsius: 61,
        watts: 118.52,
      },
      { name: 'Quadro K620 #1', memoryUsed: 310 * 1048576, memorySize: 2000 * 1048576, celsius: 48 },
    ]);
  });
});
