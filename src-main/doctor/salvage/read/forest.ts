/**
 * Follows b-trees from their roots. A child counts only when it is a page of the right kind; whether its keys fit what
 * the page above says is kept.
 */

import { BtreePage, pageType } from '../../sqlite-file/btree-page.ts';
import type { PageSource } from '../../sqlite-file/page-source.ts';
import type { RecordShape } from '../schema/record-shape.ts';
import { type PageMap, verdictCode } from './page-map.ts';

/** A stretch of keys, above `low` and up to `high`, whose page is gone. */
export interface Hole {
  readonly low: number;
  readonly high: number;
  /** A sound page names the one that is gone; SQLite leaves no page below a root empty, so it held a row. */
  readonly isProven: boolean;
}

export interface Tree {
  readonly number: number;
  readonly root: number;
  readonly isTable: boolean;
  /** Pages in key order as far as the tree tells. For index trees interior pages are listed too: they hold entries. */
  readonly leaves: number[];
  readonly holes: Hole[];
  /** No page is missing or damaged. */
  isWhole: boolean;
  /** What its records have to look like, once it is known whose tree it is. */
  shape?: RecordShape;
}

/** SQLite's own limit (BTCURSOR_MAX_DEPTH). */
const maxDepth = 20;

export class Forest {
  readonly source: PageSource;
  readonly map: PageMap;
  readonly trees: Tree[] = [];
  /** Trees up to this number were followed from a root that the schema names. */
  namedTrees = Number.POSITIVE_INFINITY;
  readonly #pages: BtreePage[] = [];

  constructor(source: PageSource, map: PageMap) {
    this.source = source;
    this.map = map;
  }

  /**
   * Follows the tree from `root`, marking what it reaches. A page that another tree reached already is a hole in this
   * one.
   */
  follow(root: number, isTable: boolean): Tree {
    const tree: Tree = { number: this.trees.length + 1, root, isTable, leaves: [], holes: [], isWhole: true };
    this.trees.push(tree);
    this.#visit(tree, root, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0, false);
    return tree;
  }

  #visit(tree: Tree, page: number, low: number, high: number, depth: number, isNamed: boolean): void {
    const { map } = this;
    const isRightKind =
      page >= 1 &&
      page <= map.count &&
      map.isTree(page) &&
      (tree.isTable
        ? map.type[page] === pageType.leafTable || map.type[page] === pageType.interiorTable
        : map.type[page] === pageType.leafIndex || map.type[page] === pageType.interiorIndex);
    if (!isRightKind || map.owner[page] !== 0 || depth > maxDepth) {
      tree.holes.push({ low, high, isProven: isNamed });
      tree.isWhole = false;
      return;
    }
    if (map.verdict[page] !== verdictCode.consistent) tree.isWhole = false;
    if (map.isLeaf(page)) {
      const fits =
        !tree.isTable ||
        map.cells[page] === 0 ||
        ((map.low[page] as number) >= low && (map.high[page] as number) <= high);
      // A page whose every row belongs elsewhere is not this tree's page.
      const isStrange =
        tree.isTable && !fits && ((map.low[page] as number) > high || (map.high[page] as number) <= low) && depth > 0;
      if (isStrange) {
        tree.holes.push({ low, high, isProven: isNamed });
        tree.isWhole = false;
        return;
      }
      map.owner[page] = tree.number;
      if (!fits) tree.isWhole = false;
      this.#addLeaf(tree, page, low, high, fits);
      return;
    }
    map.owner[page] = tree.number;
    this.#visitChildren(tree, page, low, high, depth);
  }

  #visitChildren(tree: Tree, page: number, low: number, high: number, depth: number): void {
    const bytes = this.source.read(page);
    this.#pages[depth] ??= new BtreePage(this.source.pageSize);
    const parsed = this.#pages[depth] as BtreePage;
    if (bytes === undefined || parsed.parse(bytes, page, this.source.usable) === 'other') return;
    // Interior index cells come between their children.
    let floor = low;
    const count = parsed.cellCount;
    const isNamed = parsed.verdict !== 'inconsistent';
    for (let cell = 0; cell < count; cell += 1) {
      const key = tree.isTable ? Number(parsed.rowids[cell]) : Number.POSITIVE_INFINITY;
      const isKeyGood = parsed.flaws[cell] === 0 && key > floor && key <= high;
      const ceiling = tree.isTable && isKeyGood ? key : high;
      if ((parsed.child[cell] as number) !== 0)
        this.#visit(tree, parsed.child[cell] as number, floor, ceiling, depth + 1, isNamed);
      else {
        tree.holes.push({ low: floor, high: ceiling, isProven: isNamed });
        tree.isWhole = false;
      }
      if (tree.isTable && isKeyGood) floor = key;
      else if (tree.isTable) tree.isWhole = false;
    }
    if (!tree.isTable) this.#addLeaf(tree, page, low, high, true);
    this.#visit(tree, parsed.rightChild, floor, high, depth + 1, isNamed);
  }

  #addLeaf({ leaves }: Tree, page: number, low: number, high: number, fits: boolean): void {
    const { map } = this;
    map.floor[page] = low;
    map.ceiling[page] = high;
    map.fits[page] = fits ? 1 : 0;
    map.isReached[page] = 1;
    leaves.push(page);
  }

  /** Pages that begin trees nobody reached: no such page refers to them. */
  orphanRoots(): number[] {
    const { map } = this;
    const isChild = new Uint8Array(map.count + 1);
    const isOrphan = (page: number): boolean => map.isTree(page) && map.owner[page] === 0 && map.isFree[page] === 0;
    for (const child of this.childrenOfSoundPages()) if (isOrphan(child)) isChild[child] = 1;
    const roots: number[] = [];
    for (let page = 1; page <= map.count; page += 1) if (isOrphan(page) && isChild[page] === 0) roots.push(page);
    return roots;
  }

  /** What unreached interior pages refer to, pages of their own kind only. */
  *childrenOfSoundPages(): Iterable<number> {
    const { map, source } = this;
    const parsed = new BtreePage(this.source.pageSize);
    const isTableKind = (page: number): boolean =>
      map.type[page] === pageType.leafTable || map.type[page] === pageType.interiorTable;
    for (let page = 1; page <= map.count; page += 1) {
      if (!map.isTree(page) || map.isLeaf(page) || map.owner[page] !== 0 || map.isFree[page] === 1) continue;
      if (map.verdict[page] === verdictCode.inconsistent) continue;
      const bytes = source.read(page);
      if (bytes === undefined) continue;
      parsed.parse(bytes, page, source.usable);
      const children = [parsed.rightChild];
      for (let cell = 0; cell < parsed.cellCount; cell += 1)
        if (parsed.flaws[cell] === 0) children.push(parsed.child[cell] as number);
      for (const child of children)
        if (
          child >= 2 &&
          child <= map.count &&
          child !== page &&
          map.isTree(child) &&
          isTableKind(child) === isTableKind(page)
        )
          yield child;
    }
  }
}
