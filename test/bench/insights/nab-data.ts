/** The development half of the Numenta Anomaly Benchmark beside the repository, where it is there. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export const dataFolder = new URL('../../../../shared/data/', import.meta.url).pathname;

export interface NabFile {
  readonly name: string;
  readonly times: readonly number[];
  readonly values: readonly number[];
  readonly windows: readonly (readonly [number, number])[];
}

const timeOf = (text: string): number => Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`);

export function readNab(): readonly NabFile[] | null {
  const folder = `${dataFolder}nab`;
  if (!existsSync(`${folder}/windows.json`)) return null;
  const windows = JSON.parse(readFileSync(`${folder}/windows.json`, 'utf8')) as Record<string, [string, string][]>;
  return globSync('*/*.csv.gz', { cwd: folder })
    .sort()
    .map((path) => {
      const name = path.replace(/\.gz$/, '');
      const rows = gunzipSync(readFileSync(`${folder}/${path}`))
        .toString()
        .trim()
        .split(/\r?\n/)
        .slice(1);
      return {
        name,
        times: rows.map((row) => timeOf(row.split(',')[0] as string)),
        values: rows.map((row) => Number(row.split(',')[1])),
        windows: (windows[name] ?? []).map(([from, until]) => [timeOf(from), timeOf(until)] as const),
      };
    });
}
