/** One battery, as the three systems tell it. */
import { listFolder, readNumber, readText } from './sys-file.ts';

export interface BatteryState {
  readonly name: string;
  /** 0–1. */
  readonly charge: number;
  /** undefined where the driver doesn't say, or says "Unknown". */
  readonly isDischarging?: boolean;
  /** Full charge against that of a new battery, 0–1. */
  readonly health?: number;
  readonly watts?: number;
  readonly cycles?: number;
}

/**
 * Linux: power in µW, energy in µWh, or current in µA and charge in µAh, as the driver likes. Mice and pens have scope
 * Device.
 */
export function readLinuxBatteries(sysRoot: string): readonly BatteryState[] {
  const folder = `${sysRoot}/class/power_supply`;
  const batteries: BatteryState[] = [];
  for (const name of listFolder(folder)) {
    const file = (field: string): string => `${folder}/${name}/${field}`;
    if (readText(file('type')) !== 'Battery' || readText(file('scope')) === 'Device') continue;
    const full = readNumber(file('energy_full')) ?? readNumber(file('charge_full'));
    const design = readNumber(file('energy_full_design')) ?? readNumber(file('charge_full_design'));
    const now = readNumber(file('energy_now')) ?? readNumber(file('charge_now'));
    const percent = readNumber(file('capacity'));
    const charge =
      full !== undefined && full > 0 && now !== undefined
        ? now / full
        : percent === undefined
          ? undefined
          : percent / 100;
    if (charge === undefined) continue;
    const power = readNumber(file('power_now'));
    const current = readNumber(file('current_now'));
    const volts = readNumber(file('voltage_now'));
    const watts =
      power !== undefined
        ? power / 1e6
        : current !== undefined && volts !== undefined
          ? (current * volts) / 1e12
          : undefined;
    const cycles = readNumber(file('cycle_count'));
    const status = readText(file('status'));
    batteries.push({
      name,
      charge: Math.min(1, charge),
      ...(isTold(status) && { isDischarging: status === 'Discharging' }),
      ...(full !== undefined && design !== undefined && design > 0 && { health: full / design }),
      ...(watts !== undefined && { watts: Math.abs(watts) }),
      ...(cycles !== undefined && cycles > 0 && { cycles }),
    });
  }
  return batteries;
}

const isTold = (status: string | undefined): boolean => status !== undefined && status !== '' && status !== 'Unknown';

/** macOS: `pmset -g batt`. */
export function parsePmset(text: string): readonly BatteryState[] {
  const batteries: BatteryState[] = [];
  for (const match of text.matchAll(/^\s*-(\S+) \(id=\d+\)\s+(\d+)%; ([^;]+);.*present: true/gm))
    batteries.push({
      name: match[1] as string,
      charge: Number(match[2]) / 100,
      isDischarging: match[3]?.trim() === 'discharging',
    });
  return batteries;
}

/** Windows: systeminformation's `battery()`; capacities in mWh. */
export interface WindowsBattery {
  readonly hasBattery: boolean;
  readonly percent: number;
  readonly acConnected: boolean;
  readonly designedCapacity: number;
  readonly maxCapacity: number;
  readonly cycleCount: number;
}

export function windowsBatteries(battery: WindowsBattery): readonly BatteryState[] {
  if (!battery.hasBattery) return [];
  const { designedCapacity, maxCapacity, cycleCount } = battery;
  return [
    {
      name: 'battery',
      charge: battery.percent / 100,
      isDischarging: !battery.acConnected,
      ...(designedCapacity > 0 && maxCapacity > 0 && { health: maxCapacity / designedCapacity }),
      ...(cycleCount > 0 && { cycles: cycleCount }),
    },
  ];
}
