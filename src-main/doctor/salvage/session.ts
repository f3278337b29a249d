import type { TextEncoding } from '../sqlite-file/header.ts';
import type { PageSource } from '../sqlite-file/page-source.ts';
import type { Forest } from './read/forest.ts';
import type { Damaged } from './read/open-damaged.ts';
import type { PageMap } from './read/page-map.ts';
import type { RowReader } from './read/row-reader.ts';
import type { SalvageNote, SalvagePhase } from './salvage-types.ts';

export interface Session {
  readonly damaged: Damaged;
  readonly source: PageSource;
  readonly map: PageMap;
  readonly forest: Forest;
  readonly encoding: TextEncoding;
  readonly reader: RowReader;
  readonly notes: SalvageNote[];
  /** Every free page is known: an unreached page that is not among them was in use. */
  readonly isFreelistWhole: boolean;
  /** Reports progress and lets a cancellation through. */
  pause(phase: SalvagePhase, done: number, total: number): Promise<void>;
}
