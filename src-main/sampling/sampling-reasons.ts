/** Why a source has nothing to show or is asked less often, whatever it measures. */
import type { SourceReason } from '../contract/live.ts';
import { type Message, sentences } from '../contract/text/message.ts';

export const samplingReasons = sentences('sampling', {
  'timed-out': { en: 'No answer within {seconds} s', de: 'Keine Antwort innerhalb von {seconds} s' },
  'took-too-long': {
    en: 'It took too long, so it is asked less often',
    de: 'Es dauerte zu lange, daher wird seltener gefragt',
  },
  'nobody-looks': {
    en: 'Nobody is watching, so it is asked less often',
    de: 'Niemand sieht gerade zu, daher wird seltener gefragt',
  },
  'on-battery': {
    en: 'The machine runs on battery, so it is asked less often',
    de: 'Der Rechner läuft mit Akku, daher wird seltener gefragt',
  },
});

export const reasonFrom = ({ code, message, values }: Message): SourceReason => ({
  reason: message,
  reasonCode: code,
  ...(values !== undefined && { reasonValues: values }),
});
