import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { batteryCollector } from '../../src-main/collectors/battery.ts';
import type { CollectorDeps } from '../../src-main/collectors/collector-deps.ts';
import { cpuCollector } from '../../src-main/collectors/cpu.ts';
import { spaceOf } from '../../src-main/collectors/disk-space.ts';
import { gpuCollector } from '../../src-main/collectors/gpu.ts';
import { networkCollector } from '../../src-main/collectors/network.ts';
import { watchProcesses } from '../../src-main/collectors/processes.ts';
import { temperatureCollector } from '../../src-main/collectors/temperature.ts';
import { isOnBattery } from '../../src-main/platform/power.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { fixture } from '../support/fixture.ts';
import { runOnce } from '../support/run-once.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A machine of files: paths below /proc and /sys with their text. */
function machine(files: Readonly<Record<string, string>>): CollectorDeps {
  const root = mkdtempSync(join(tmpdir(), 'machine-'));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return {
    clock: new FakeClock(),
    platform: 'linux',
    dataDir: root,
    procRoot: join(root, 'proc'),
    sysRoot: join(root, 'sys'),
  };
}

describe('collectors on a Linux of files', () => {
  it('tell CPU from the second reading on, never from boot', async () => {
    const deps = machine({ 'proc/stat': fixture('linux/proc-stat-before.txt') });
    const cpu = cpuCollector(deps);
    expect(await runOnce(cpu)).not.toHaveProperty('system_cpu_percent');
    writeFileSync(join(deps.procRoot as string, 'stat'), fixture('linux/proc-stat-after.txt'));
    expect(await runOnce(cpu)).toMatchObject({
      system_cpu_percent: 50,
      'cpu_core_usage_ratio{core="1"}': 1,
      'cpu_mode_ratio{mode="user"}': 0.4,
    });
    cpu.close?.();
  });

  it('turn counters into rates and skip one that restarted', async () => {
    const deps = machine({ 'proc/net/dev': fixture('linux/net-dev.txt') });
    const network = networkCollector(deps);
    const file = join(deps.procRoot as string, 'net/dev');
    const seen = async (bytes: string, monotonic: number) => {
      writeFileSync(file, fixture('linux/net-dev.txt').replace('1209348820', bytes));
      return (await runOnce(network, 0, monotonic))['network_receive_bytes_per_second{interface="enp5s0"}'];
    };
    expect(await seen('1209348820', 0)).toBeUndefined();
    expect(await seen('1209350820', 2_000)).toBe(1_000);
    expect(await seen('0000000500', 3_000)).toBeUndefined();
    expect(await seen('0000001500', 4_000)).toBe(1_000);
    network.close?.();
  });

  it('find sensors, number equal ones, and leave out those that are not wired up', async () => {
    const deps = machine({
      'sys/class/hwmon/hwmon0/name': 'coretemp\n',
      'sys/class/hwmon/hwmon0/temp1_input': '61000\n',
      'sys/class/hwmon/hwmon0/temp1_label': 'Package id 0\n',
      'sys/class/hwmon/hwmon0/fan1_input': '2410\n',
      'sys/class/hwmon/hwmon1/name': 'nvme\n',
      'sys/class/hwmon/hwmon1/temp1_input': '38850\n',
      'sys/class/hwmon/hwmon2/name': 'nvme\n',
      'sys/class/hwmon/hwmon2/temp1_input': '-128000\n',
    });
    expect(await runOnce(temperatureCollector(deps))).toEqual({
      'temperature_celsius{sensor="coretemp Package id 0"}': 61,
      'temperature_fan_rpm{sensor="coretemp fan1"}': 2410,
      'temperature_celsius{sensor="nvme temp1"}': 38.9,
    });
  });

  it('tell the battery of a laptop, and not that of its mouse', async () => {
    const deps = machine({
      'sys/class/power_supply/AC/type': 'Mains\n',
      'sys/class/power_supply/AC/online': '0\n',
      'sys/class/power_supply/BAT0/type': 'Battery\n',
      'sys/class/power_supply/BAT0/status': 'Discharging\n',
      'sys/class/power_supply/BAT0/energy_now': '30000000\n',
      'sys/class/power_supply/BAT0/energy_full': '40000000\n',
      'sys/class/power_supply/BAT0/energy_full_design': '50000000\n',
      'sys/class/power_supply/BAT0/power_now': '12500000\n',
      'sys/class/power_supply/hidpp_battery_0/type': 'Battery\n',
      'sys/class/power_supply/hidpp_battery_0/scope': 'Device\n',
      'sys/class/power_supply/hidpp_battery_0/capacity': '55\n',
    });
    expect(await runOnce(batteryCollector(deps))).toEqual({
      'battery_charge_ratio{battery="BAT0"}': 0.75,
      'battery_discharging{battery="BAT0"}': 1,
      'battery_health_ratio{battery="BAT0"}': 0.8,
      'battery_power_watts{battery="BAT0"}': 12.5,
    });
    expect(isOnBattery('linux', deps.sysRoot)).toBe(true);
  });

  it('tell an AMD graphics card from its driver', async () => {
    const deps = machine({
      'sys/class/drm/card0/device/gpu_busy_percent': '42\n',
      'sys/class/drm/card0/device/mem_info_vram_used': '1000\n',
      'sys/class/drm/card0/device/mem_info_vram_total': '4000\n',
      'sys/class/drm/card0-DP-1/status': 'connected\n',
    });
    expect(await runOnce(gpuCollector(deps))).toMatchObject({ 'gpu_busy_ratio{gpu="card0"}': 0.42 });
  });

  it('say in words what a bare machine lacks', async () => {
    const deps = machine({ 'proc/net/dev': 'a\nb\n    lo: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0\n' });
    for (const make of [temperatureCollector, batteryCollector, gpuCollector, networkCollector])
      await expect(runOnce(make(deps))).rejects.toMatchObject({
        name: 'NoData',
        message: expect.stringMatching(/\w+ \w+/),
      });
    expect(isOnBattery('linux', deps.sysRoot)).toBeUndefined();
  });
});

describe('disk space', () => {
  it('counts as df does: what root keeps for itself is not in reach', () => {
    const space = spaceOf({ bsize: 4096, blocks: 1000, bfree: 400, bavail: 350, files: 200, ffree: 50 });
    expect(space).toEqual({ size: 4096000, free: 350 * 4096, usedRatio: 600 / 950, inodesUsedRatio: 0.75 });
    expect(spaceOf({ bsize: 4096, blocks: 0, bfree: 0, bavail: 0, files: 0, ffree: 0 })).toBeUndefined();
  });
});

describe.runIf(process.platform === 'linux')('the process table on this machine', () => {
  it('names who works, with what it uses', async () => {
    const watch = watchProcesses({ clock: new FakeClock(), platform: 'linux', dataDir: tmpdir() });
    expect(watch.table()).toBeUndefined();
    const folder = mkdtempSync(join(tmpdir(), 'busy-'));
    folders.push(folder);
    const program = join(folder, 'a-name-longer-than-fifteen');
    cpSync(process.execPath, program);
    const busy = spawn(program, ['-e', 'process.stdout.write("x"); for (;;);'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      await new Promise((resolve) => busy.stdout?.once('data', resolve));
      await runOnce(watch.source, 1_000, 1_000);
      expect(watch.table()?.rows.every(({ cpuCores }) => cpuCores === null)).toBe(true);
      const before = process.hrtime.bigint();
      while (process.hrtime.bigint() - before < 300_000_000n) await new Promise((resolve) => setTimeout(resolve, 50));
      const values = await runOnce(watch.source, 1_300, 1_300);
      const row = watch.table()?.rows.find(({ pid }) => pid === busy.pid);
      expect(row).toMatchObject({ name: 'a-name-longer-than-fifteen' });
      expect(row?.cpuCores).toBeGreaterThan(0);
      expect(row?.parent).toBe(process.pid);
      expect(row?.memoryBytes).toBeGreaterThan(10_000_000);
      expect(row?.user).toMatch(/\w/);
      expect(values['processes_cpu_cores_ratio{name="a-name-longer-than-fifteen"}']).toBeGreaterThan(0);
      expect(values.processes_alive).toBe(watch.table()?.total);
    } finally {
      busy.kill('SIGKILL');
    }
  });
});
