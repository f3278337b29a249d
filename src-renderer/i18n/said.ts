/** What the core says, in the chosen language: English as it was said, another language by the code and the values that came with it. */
import type { DoubtReason } from '@contract/doubts.ts';
import type {
  DeliveryReason,
  DoneCode,
  FailureKind,
  FindingKind,
  HealthCode,
  NoteKind,
  NoticeKind,
  PlannedCode,
  SourceReasonCode,
  TargetCode,
  Values,
} from '@contract/wordings.ts';
import type { Formats } from './format.ts';

export type SaidKey =
  | `reason.${SourceReasonCode}`
  | `failure.${FailureKind}${'' | '.next'}`
  | `finding.${FindingKind}`
  | `planned.${PlannedCode}`
  | `done.${DoneCode}`
  | `note.${NoteKind}`
  | `reason-for-health.${HealthCode}`
  | `notice.${NoticeKind}${'' | '.next'}`
  | `target.${TargetCode}`
  | `delivery.${DeliveryReason}`
  | `doubt.${DoubtReason}`;

/** Undefined where a value is not there that the text names: then the English is better. */
export function fillIn(text: string, values: Values, format: Formats): string | undefined {
  let isComplete = true;
  const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) isComplete = false;
    return typeof value === 'number' ? writeNumber(name, value, format) : (value ?? '');
  });
  if (!isComplete) return undefined;
  return text.includes('{detail}') ? filled : withDetail(filled, values.detail);
}

function writeNumber(name: string, value: number, format: Formats): string {
  if (name === 'bytes') return format.value(value, 'bytes');
  if (name === 'percent') return format.value(value, 'percent');
  return name.endsWith('At') ? format.dateTime(value) : format.value(value, 'count');
}

/** What the system or SQLite said follows as they said it: "Der Datenträger ist voll: ENOSPC, write." */
function withDetail(sentence: string, detail: string | number | undefined): string {
  if (detail === undefined || detail === '') return sentence;
  const hasEnd = sentence.endsWith('.');
  return `${hasEnd ? sentence.slice(0, -1) : sentence}: ${String(detail).replace(/\.$/, '')}${hasEnd ? '.' : ''}`;
}
