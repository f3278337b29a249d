/**
 * Which of the files that are there now is which of those that were read before: by inode and content, for an inode
 * comes back with another file, and a rotation may copy, pack or empty a file in place of renaming it.
 */
import { findRotated, isRotatedName } from './find-logs.ts';
import { headOf, isContinuation, isPacked, type LogContent, openContent, openUnpacked, tailOf } from './log-content.ts';
import type { LogFile, LogReading } from './log-types.ts';

/** One file to read on in, from its offset. */
interface Piece {
  readonly file: LogFile;
  /** Nobody will write more. */
  readonly isFinal: boolean;
}

export interface Matched {
  readonly pieces: readonly Piece[];
  /** Read before, and neither here any more nor copied: emptied, deleted, moved away. */
  readonly gone: readonly LogFile[];
  readonly rotations: number;
  readonly unreadable: LogReading['unreadable'];
}

interface Fresh {
  readonly path: string;
  readonly isCurrent: boolean;
  readonly content: LogContent;
}

/**
 * @param named the one file that the path means; undefined for several
 * @param current files that the path names now
 * @param known undefined at the first look, which begins at the end of everything
 */
export function matchFiles(
  named: string | undefined,
  current: readonly string[],
  known: readonly LogFile[] | undefined,
): Matched {
  const before = known ?? [];
  const followed = before.filter(({ role }) => role !== 'neighbour').map(({ path }) => path);
  const logs = [...new Set([...(named === undefined ? [] : [named]), ...current, ...followed])];
  const familyOf = (path: string): string =>
    logs.filter((log) => isRotatedName(path, log)).sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0] ?? path;
  const unreadable: LogReading['unreadable'][number][] = [];
  const fresh: Fresh[] = [];
  try {
    const { pieces, gone } = matchByInode();
    return { ...matchByContent(pieces, gone), unreadable };
  } finally {
    for (const { content } of fresh) content[Symbol.dispose]();
  }

  function matchByInode(): { pieces: Piece[]; gone: Set<LogFile> } {
    const byInode = new Map(before.map((file) => [file.inode, file]));
    const pieces: Piece[] = [];
    const seen = new Set<string>();
    const isCurrent = new Set(current);
    for (const path of [...current, ...findRotated(logs).filter((one) => !isCurrent.has(one))]) {
      let content: LogContent;
      try {
        content = openContent(path);
      } catch (error) {
        const { code = '', message } = error as NodeJS.ErrnoException;
        // Renamed between listing and opening: the next look finds it. A neighbour's trouble is nobody's.
        if (code !== 'ENOENT' && isCurrent.has(path)) unreadable.push({ path, code, message });
        continue;
      }
      // A second name of the same file.
      const isRepeat = seen.has(content.inode);
      seen.add(content.inode);
      const one = byInode.get(content.inode);
      if (!isRepeat && (one === undefined || !isContinuation(content, one))) {
        fresh.push({ path, isCurrent: isCurrent.has(path), content });
        continue;
      }
      content[Symbol.dispose]();
      if (isRepeat || one === undefined) continue;
      byInode.delete(content.inode);
      pieces.push(goOn(one, { path, isCurrent: isCurrent.has(path), content }));
    }
    return { pieces, gone: new Set(byInode.values()) };
  }

  function matchByContent(pieces: Piece[], gone: Set<LogFile>): Omit<Matched, 'unreadable'> {
    const stayed = new Set(pieces.map(({ file }) => `${file.inode} ${file.path}`));
    const isAtItsPlace = (file: LogFile): boolean => !gone.has(file) && stayed.has(`${file.inode} ${file.path}`);
    const displaced = before.filter((file) => file.role === 'current' && !isAtItsPlace(file));
    const rotated = new Set(displaced.map(({ path }) => familyOf(path)));
    const left = new Set(fresh.map(unpackedWhereNeeded).sort((a, b) => a.content.modifiedMs - b.content.modifiedMs));
    const take = (one: Fresh, piece: Piece): void => {
      left.delete(one);
      pieces.push(piece);
    };

    for (const file of [...gone].sort((a, b) => a.modifiedMs - b.modifiedMs)) {
      // Packing keeps the time of the last change, which tells files of the same content apart.
      const apart = ({ content }: Fresh): number => Math.abs(content.modifiedMs - file.modifiedMs);
      const [copy] = copiesOf(file).sort((a, b) => apart(a) - apart(b));
      if (copy === undefined) continue;
      gone.delete(file);
      take(copy, goOn(file, copy));
    }
    // A copy that is made before its original is emptied holds nothing new.
    for (const file of before.filter((one) => one.role === 'current' && isAtItsPlace(one)))
      for (const copy of copiesOf(file)) take(copy, { file: asNeighbour(copy.path), isFinal: true });
    let between = 0;
    for (const one of left) {
      const isBetween = known !== undefined && !one.isCurrent && rotated.has(familyOf(one.path));
      if (isBetween) between += 1;
      const isNew = isBetween || (known !== undefined && one.isCurrent);
      const role = one.isCurrent ? 'current' : 'earlier';
      const isDone = !isNew && (!one.isCurrent || isPacked(one.path));
      const file = isDone ? asNeighbour(one.path) : begin(one, isNew ? 0 : one.content.size, role);
      pieces.push({ file, isFinal: isBetween });
    }
    return { pieces, gone: [...gone], rotations: displaced.length + between };

    /** Those that go on with the file's content under an earlier name. */
    function copiesOf(file: LogFile): Fresh[] {
      return [...left].filter(
        ({ path, content }) =>
          file.offset > 0 &&
          path !== file.path &&
          familyOf(path) === familyOf(file.path) &&
          isContinuation(content, file),
      );
    }

    /** What is in a packed file matters when something is missed; else it is known by its own bytes. */
    function unpackedWhereNeeded(one: Fresh): Fresh {
      if (known === undefined || !isPacked(one.path) || (gone.size === 0 && displaced.length === 0)) return one;
      try {
        return { ...one, content: openUnpacked(one.path) };
      } catch {
        // Who reads it says how much is left out.
        return one;
      }
    }
  }
}

function goOn(file: LogFile, present: Fresh): Piece {
  const { path, isCurrent, content } = present;
  if (file.role === 'neighbour' || (isPacked(path) && file.path === path))
    return { file: asNeighbour(path), isFinal: true };
  const role = isCurrent ? 'current' : 'earlier';
  const { inode, size, modifiedMs } = content;
  const isFinal = isPacked(path) || (role === 'earlier' && file.role === 'earlier' && file.size === size);
  return { file: { ...file, path, inode, size, modifiedMs, role }, isFinal };
}

/** Known by its own bytes, packed or not; nobody reads on in it. */
export function asNeighbour(path: string): LogFile {
  using content = openContent(path);
  return begin({ path, isCurrent: false, content }, content.size, 'neighbour');
}

function begin({ path, content }: Fresh, offset: number, role: LogFile['role']): LogFile {
  const { inode, size, modifiedMs } = content;
  const [head, tail] = [headOf(content), tailOf(content, offset)];
  return { path, inode, size, modifiedMs, offset, head, tail, isInLine: false, role };
}
