/** Temperatures and fans that Linux shows in /sys/class/hwmon, and its thermal zones where there is no hwmon. */
import { listFolder, readNumber, readText } from './sys-file.ts';

export interface Sensor {
  readonly kind: 'temperature' | 'fan';
  /** Chip and place, as `coretemp Package id 0`. */
  readonly name: string;
  /** The file with the value: millidegrees or rotations a minute. */
  readonly path: string;
}

export function findSensors(sysRoot: string): readonly Sensor[] {
  const sensors: Sensor[] = [];
  for (const chip of listFolder(`${sysRoot}/class/hwmon`)) {
    const folder = `${sysRoot}/class/hwmon/${chip}`;
    const chipName = readText(`${folder}/name`) ?? chip;
    for (const file of listFolder(folder)) {
      const match = /^(temp|fan)(\d+)_input$/.exec(file);
      if (match === null) continue;
      const label = readText(`${folder}/${match[1]}${match[2]}_label`) ?? `${match[1]}${match[2]}`;
      const kind = match[1] === 'fan' ? 'fan' : 'temperature';
      sensors.push({ kind, name: `${chipName} ${label}`, path: `${folder}/${file}` });
    }
  }
  if (sensors.some(({ kind }) => kind === 'temperature')) return unique(sensors);
  for (const zone of listFolder(`${sysRoot}/class/thermal`)) {
    if (!zone.startsWith('thermal_zone')) continue;
    const folder = `${sysRoot}/class/thermal/${zone}`;
    sensors.push({ kind: 'temperature', name: readText(`${folder}/type`) ?? zone, path: `${folder}/temp` });
  }
  return unique(sensors);
}

/** Two chips of one kind (two disks) are numbered. */
function unique(sensors: readonly Sensor[]): readonly Sensor[] {
  const seen = new Map<string, number>();
  return sensors.map((sensor) => {
    const id = `${sensor.kind} ${sensor.name}`;
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return count === 1 ? sensor : { ...sensor, name: `${sensor.name} #${count}` };
  });
}

/** Degrees Celsius; drivers answer nonsense for sensors that are not wired up. */
export function readTemperature(path: string): number | undefined {
  const milli = readNumber(path);
  return milli === undefined || milli <= -50_000 || milli > 200_000 || milli === 0 ? undefined : milli / 1_000;
}
