/**
 * A culprit in a sentence: "vite build (node 13111, started by Visual Studio Code)", "Google Chrome (24 processes)".
 */
import type { Text } from '../../contract/text/text.ts';
import type { EvidenceValue } from '../cause.ts';
import type { Culprit } from './blame.ts';

/** The text's placeholders are all in `values`. */
export function describe({ label, pid, processName, processes, startedBy }: Culprit): {
  readonly who: Text;
  readonly values: Readonly<Record<string, EvidenceValue>>;
} {
  const which = pid === null ? (processes > 1 ? processCount : undefined) : processName === null ? onlyPid : nameAndPid;
  const by: Text | undefined =
    startedBy === null ? undefined : { en: 'started by {startedBy}', de: 'gestartet von {startedBy}' };
  const parts = [which, by].filter((part) => part !== undefined);
  const inBrackets = (language: keyof Text): string =>
    parts.length === 0 ? '' : ` (${parts.map((part) => part[language]).join(', ')})`;
  return {
    who: { en: `{name}${inBrackets('en')}`, de: `{name}${inBrackets('de')}` },
    values: {
      name: label,
      ...(pid !== null && { pid: String(pid) }),
      ...(processName !== null && { processName }),
      ...(which === processCount && { processes: String(processes) }),
      ...(startedBy !== null && { startedBy }),
    },
  };
}

const processCount: Text = { en: '{processes} processes', de: '{processes} Prozesse' };
const nameAndPid: Text = { en: '{processName} {pid}', de: '{processName} {pid}' };
const onlyPid: Text = { en: 'process {pid}', de: 'Prozess {pid}' };
