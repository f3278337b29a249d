/** Which silence mutes an alert. Pure. */
import type { Silence } from '../../contract/alerts/alert-procedures.ts';
import { type AlertEntry, alertId } from './alert-entry.ts';

/** The one that lasts longest, of those in force. */
export function silenceFor(entry: AlertEntry, silences: readonly Silence[], now: number): Silence | undefined {
  let longest: Silence | undefined;
  for (const silence of silences)
    if (silence.from <= now && now < silence.until && fits(silence, entry) && silence.until > (longest?.until ?? 0))
      longest = silence;
  return longest;
}

const fits = ({ rule, labels, alert }: Silence, entry: AlertEntry): boolean =>
  (rule === undefined || rule === entry.level.rule.id) &&
  (alert === undefined || alert === alertId(entry)) &&
  Object.entries(labels).every(([name, value]) => entry.labels[name] === value);
