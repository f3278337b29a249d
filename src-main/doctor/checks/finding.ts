/** Findings as sentences of the catalogue. */
import type { Finding } from '../../contract/doctor/examination.ts';
import type { Message } from '../../contract/text/message.ts';

/** A finding as the reason of something else, with the names of its place. */
export function messageOfFinding({ kind, message, place, values }: Finding): Message {
  const { table, column, index } = place;
  return {
    code: `finding.${kind}`,
    message,
    values: { ...(table && { table }), ...(column && { column }), ...(index && { index }), ...values },
  };
}
