/**
 * Whether the machine runs on battery, where the system tells it in a file; the desktop shell knows it on the others.
 */
import { readdirSync, readFileSync } from 'node:fs';

/** Undefined where it can't be told. A machine without any mains supply listed is on mains. */
export function isOnBattery(platform: NodeJS.Platform = process.platform, sysRoot = '/sys'): boolean | undefined {
  if (platform !== 'linux') return undefined;
  const folder = `${sysRoot}/class/power_supply`;
  const read = (name: string, field: string): string | undefined => {
    try {
      return readFileSync(`${folder}/${name}/${field}`, 'latin1').trim();
    } catch {
      return undefined;
    }
  };
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return undefined;
  }
  const mains = names.filter((name) => ['Mains', 'USB'].includes(read(name, 'type') ?? ''));
  if (mains.length === 0) return false;
  const hasBattery = names.some((name) => read(name, 'type') === 'Battery' && read(name, 'scope') !== 'Device');
  return hasBattery && mains.every((name) => read(name, 'online') === '0');
}
