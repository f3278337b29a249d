/** Which pages belong to which table, and which to none. */
import type { Hole, Tree } from '../read/forest.ts';
import type { TableModel } from '../schema/table-model.ts';

export interface TablePages {
  readonly table: TableModel;
  readonly tree: Tree | undefined;
  /** Pages; what is known of each is in the page map. */
  readonly leaves: number[];
  /** What its trees miss: more pages may belong here. */
  readonly holes: Hole[];
}

export interface Placement {
  readonly tables: readonly TablePages[];
  /** Leaves that fit no table. */
  readonly unplacedLeaves: readonly number[];
  /** Index trees that nobody named. */
  readonly unnamedIndexTrees: readonly Tree[];
}
