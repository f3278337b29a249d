/** Charge, drain and health of batteries. */

import type { MetricDescription } from '../contract/metric.ts';
import { sentences } from '../contract/text/message.ts';
import { runCommand } from '../platform/run-command.ts';
import { NoData, type Source } from '../sampling/source.ts';
import type { CollectorDeps } from './collector-deps.ts';
import { type BatteryState, parsePmset, readLinuxBatteries } from './readers/battery-state.ts';
import { readWindowsBatteries } from './readers/system-information.ts';
import { rounded } from './rounding.ts';

const perBattery = { kind: 'gauge', labels: ['battery'] } as const;
const charge: MetricDescription = {
  name: 'battery_charge_ratio',
  title: { en: 'Battery charge', de: 'Ladung des Akkus' },
  help: {
    en: 'Charge of this battery against its present full charge.',
    de: 'Ladung dieses Akkus, gemessen an seiner heutigen vollen Ladung.',
  },
  unit: 'ratio',
  ...perBattery,
};
const discharging: MetricDescription = {
  name: 'battery_discharging',
  title: { en: 'On battery', de: 'Im Akkubetrieb' },
  help: { en: 'Whether the machine draws from this battery.', de: 'Ob der Rechner aus diesem Akku läuft.' },
  unit: 'boolean',
  ...perBattery,
};
const health: MetricDescription = {
  name: 'battery_health_ratio',
  title: { en: 'Battery health', de: 'Zustand des Akkus' },
  help: {
    en: 'Full charge of this battery against that of a new one.',
    de: 'Volle Ladung dieses Akkus, gemessen an der eines neuen.',
  },
  unit: 'ratio',
  ...perBattery,
};
const power: MetricDescription = {
  name: 'battery_power_watts',
  title: { en: 'Battery power', de: 'Leistung des Akkus' },
  help: {
    en: 'Power that goes into or out of this battery.',
    de: 'Leistung, die in diesen Akku geht oder aus ihm kommt.',
  },
  unit: 'watts',
  ...perBattery,
};
const cycles: MetricDescription = {
  name: 'battery_cycles',
  title: { en: 'Battery cycles', de: 'Ladezyklen' },
  help: {
    en: 'Full charges that this battery has gone through.',
    de: 'Volle Ladungen, die dieser Akku hinter sich hat.',
  },
  unit: 'count',
  ...perBattery,
};

const reasons = sentences('source.battery', {
  'no-battery': { en: 'This machine has no battery', de: 'Dieser Rechner hat keinen Akku' },
});

export function batteryCollector({ platform, sysRoot = '/sys' }: CollectorDeps): Source {
  async function readOther(): Promise<readonly BatteryState[]> {
    if (platform === 'win32') return readWindowsBatteries();
    const outcome = await runCommand('/usr/bin/pmset', ['-g', 'batt'], { timeoutMs: 5_000 });
    if (!outcome.ok) throw new Error(outcome.failure.message);
    return parsePmset(outcome.value);
  }
  return {
    id: 'battery',
    title: { en: 'Battery', de: 'Akku' },
    interval: 'lazy',
    timeoutMs: 9_000,
    reasons,
    metrics: [charge, discharging, health, power, cycles],
    collect(sink) {
      const emit = (batteries: readonly BatteryState[]): void => {
        if (batteries.length === 0) throw new NoData(reasons['no-battery']);
        for (const one of batteries) {
          const labels = { battery: one.name };
          sink.sample(charge, rounded(one.charge, 3), labels);
          sink.sample(discharging, one.isDischarging === undefined ? undefined : Number(one.isDischarging), labels);
          sink.sample(health, one.health === undefined ? undefined : rounded(one.health, 3), labels);
          sink.sample(power, one.watts === undefined ? undefined : rounded(one.watts, 2), labels);
          sink.sample(cycles, one.cycles, labels);
        }
      };
      if (platform === 'linux') return emit(readLinuxBatteries(sysRoot));
      return readOther().then(emit);
    },
  };
}
