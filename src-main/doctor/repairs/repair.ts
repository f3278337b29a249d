/** What a repair is. To add one: a file here, a line in index.ts, a test. */
import type { Backup } from '../../contract/doctor/backup.ts';
import type { Examination, Finding } from '../../contract/doctor/examination.ts';
import type { RepairRisk } from '../../contract/doctor/plan.ts';
import type { RepairNote } from '../../contract/doctor/report.ts';
import type { Outcome } from '../../contract/outcome.ts';
import { type Sentence, say, type Values, type ValuesArgument } from '../../contract/text/message.ts';
import type { Text } from '../../contract/text/text.ts';
import type { Expected } from '../examine/expected.ts';
import type { FileFacts } from '../files/file-facts.ts';
import type { TableLoss } from '../salvage/salvage-types.ts';

/**
 * In the order in which they run. `file` works on bytes and what lies beside them, and the file is examined anew after
 * it; `structure` makes whole trees; then what stands on them.
 */
export const stages = ['file', 'structure', 'indexes', 'schema', 'rows', 'tidy'] as const;
type Stage = (typeof stages)[number];

export interface Situation {
  readonly facts: FileFacts;
  readonly examination: Examination;
  readonly expected: Expected;
  /** The newest verified one. */
  readonly backup: Backup | null;
  /** Ids of repairs that have run already in this operation. */
  readonly tried: ReadonlySet<string>;
}

export interface Intention {
  /** One English sentence for the plan, its code, and the values that it names: see `intend`. */
  readonly what: string;
  readonly code: string;
  readonly values?: Values;
  /** The findings that it answers. */
  readonly answers: readonly Finding[];
  /** In the plan unless the user takes it out; else an offer. */
  readonly isChosen: boolean;
}

export interface RepairContext extends Situation {
  /** The copy to work on; may be changed and replaced at will, and nothing else may. */
  readonly work: string;
  /** The untouched originals; their log and journal lie beside under the usual names. Read-only. */
  readonly originals: string;
  /**
   * What salvage reads: the originals, or the work where they had to be put in order first, or a log of another
   * database left out.
   */
  readonly salvageFrom: string;
  /** A free name beside `work`, for writing a new file. */
  readonly aside: string;
  readonly answers: readonly Finding[];
  readonly includeDoubtful: boolean;
  readonly signal?: AbortSignal;
  /** 0–1. */
  readonly onProgress: (share: number) => void;
}

export interface RepairResult {
  /** One English sentence for the report, its code, and the values that it names: see `achieve`. */
  readonly did: string;
  readonly code: string;
  readonly values?: Values;
  readonly loss?: readonly TableLoss[];
  readonly lostAndFound?: number;
  readonly notes?: readonly RepairNote[];
}

export interface Repair {
  /** kebab-case, equal to the file's name. */
  readonly id: string;
  readonly title: Text;
  /** What it says of its plans and deeds. */
  readonly words: Readonly<Record<string, Sentence>>;
  readonly risk: RepairRisk;
  readonly stage: Stage;
  /** null: nothing here for it to do. Pure. */
  plan(situation: Situation): Intention | null;
  /** Rejects with the signal's reason when cancelled. */
  run(context: RepairContext): Promise<Outcome<RepairResult>>;
}

type Told = Pick<RepairResult, 'values'> & { readonly code: string };

/** The beginning of an intention, in the repair's own words. */
export function intend<N extends string>(
  planned: Sentence<N>,
  ...values: ValuesArgument<N>
): Told & { readonly what: string } {
  const { message, ...said } = say(planned, ...values);
  return { what: message, ...said };
}

/** The beginning of a result, in the repair's own words. */
export function achieve<N extends string>(
  done: Sentence<N>,
  ...values: ValuesArgument<N>
): Told & { readonly did: string } {
  const { message, ...said } = say(done, ...values);
  return { did: message, ...said };
}

export const findingsOf = ({ examination }: Situation, ...kinds: readonly string[]): Finding[] =>
  examination.findings.filter(({ kind }) => kinds.includes(kind));

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** Damage beside the rows themselves. */
export const besideRows = [
  'index-damaged',
  'comparison-stopped',
  'free-list-damaged',
  'pages-unused',
  'pointer-map-damaged',
  'size-uneven',
  'truncated',
  'tail-appended',
] as const;
