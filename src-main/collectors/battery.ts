/** Charge, drain and health of batteries. */
import type { MetricDescription } from '../contract/metric.ts';
import { runCommand } from '../platform/run-command.ts';
import { NoData, type Source } from '../sampling/source.ts';
import type { CollectorDeps } from './collector-deps.ts';
import { type BatteryState, parsePmset, readLinuxBatteries } from './readers/battery-state.ts';
import { readWindowsBatteries } from './readers/system-information.ts';
import { rounded } from './rounding.ts';

const perBattery = { kind: 'gauge', labels: ['battery'] } as const;
const charge: MetricDescription = {
  name: 'battery_charge_ratio',
  title: 'Battery charge',
  help: 'Charge of this battery against its present full charge.',
  unit: 'ratio',
  ...perBattery,
};
const discharging: MetricDescription = {
  name: 'battery_discharging',
  title: 'On battery',
  help: 'Whether the machine draws from this battery.',
  unit: 'boolean',
  ...perBattery,
};
const health: MetricDescription = {
  name: 'battery_health_ratio',
  title: 'Battery health',
  help: 'Full charge of this battery against that of a new one.',
  unit: 'ratio',
  ...perBattery,
};
const power: MetricDescription = {
  name: 'battery_power_watts',
  title: 'Battery power',
  help: 'Power that goes into or out of this battery.',
  unit: 'watts',
  ...perBattery,
};
const cycles: MetricDescription = {
  name: 'battery_cycles',
  title: 'Battery cycles',
  help: 'Full charges that this battery has gone through.',
  unit: 'count',
  ...perBattery,
};

export function batteryCollector({ platform, sysRoot = '/sys' }: CollectorDeps): Source {
  async function readOther(): Promise<readonly BatteryState[]> {
    if (platform === 'win32') return readWindowsBatteries();
    const outcome = await runCommand('/usr/bin/pmset', ['-g', 'batt'], { timeoutMs: 5_000 });
    if (!outcome.ok) throw new Error(outcome.failure.message);
    return parsePmset(outcome.value);
  }
  return {
    id: 'battery',
    title: 'Battery',
    beat: 'lazy',
    timeoutMs: 9_000,
    metrics: [charge, discharging, health, power, cycles],
    collect(sink) {
      const tell = (batteries: readonly BatteryState[]): void => {
        if (batteries.length === 0) throw new NoData('no-battery', 'This machine has no battery');
        for (const one of batteries) {
          const labels = { battery: one.name };
          sink.sample(charge, rounded(one.charge, 3), labels);
          sink.sample(discharging, one.isDischarging ? 1 : 0, labels);
          sink.sample(health, one.health === undefined ? undefined : rounded(one.health, 3), labels);
          sink.sample(power, one.watts === undefined ? undefined : rounded(one.watts, 2), labels);
          sink.sample(cycles, one.cycles, labels);
        }
      };
      if (platform === 'linux') return tell(readLinuxBatteries(sysRoot));
      return readOther().then(tell);
    },
  };
}
