/**
 * Reads what a log has grown by, in the probe thread, and counts the lines that match: over renaming, copying, emptying
 * and packing.
 */

import { resolve } from 'node:path';
import { compilePattern, type LinearPattern } from '../../platform/linear-pattern.ts';
import { eachLine } from './each-line.ts';
import { findLogs, isGlob, maxFiles } from './find-logs.ts';
import { heldContent, holdFiles } from './held-files.ts';
import { headOf, isContinuation, isPacked, type LogContent, openContent, openUnpacked, tailOf } from './log-content.ts';
import type { LogFile, LogQuestion, LogReading } from './log-types.ts';
import { asNeighbour, matchFiles } from './match-files.ts';

/** A look reads this much at most; the rest waits for the next. */
const maxBytesALook = 16 * 1_048_576;
/** What waits of one file; beyond this its oldest part is left out, so that a flood is not told hours late. */
const maxWaiting = 4 * maxBytesALook;
/** A line that is longer is passed over. */
const maxLineBytes = 1_048_576;

export function readLog({ key, path, encoding, patterns, files }: LogQuestion): LogReading {
  const found = findLogs(path);
  const current = found.slice(0, maxFiles);
  const named = isGlob(path) ? undefined : resolve(path);
  const { pieces, gone, rotations, unreadable } = matchFiles(named, current, files);
  const expressions = patterns.map(compiled);
  const matches = expressions.map((expression): number | null => (expression === null ? null : 0));
  let lines = 0;
  let skippedBytes = 0;
  let waitingBytes = 0;
  let unknownEnds = 0;
  let budget = maxBytesALook;
  const count = (line: string): void => {
    lines += 1;
    for (const [index, expression] of expressions.entries())
      if (expression?.test(line)) matches[index] = (matches[index] as number) + 1;
  };

  /** Reads on from the file's offset, as far as the budget goes. */
  function readOn(file: LogFile, content: LogContent, isFinal: boolean): LogFile {
    let { offset, isInLine } = file;
    if (content.size - offset > maxWaiting) {
      // Even, for UTF-16.
      const skip = Math.floor((content.size - offset - maxWaiting) / 2) * 2;
      skippedBytes += skip;
      offset += skip;
      isInLine = true;
    }
    const end = Math.min(content.size, offset + budget);
    const isWhole = end === content.size;
    const read = eachLine(
      content,
      { begin: offset, end, encoding, startsInLine: isInLine, isFinal: isFinal && isWhole },
      count,
    );
    skippedBytes += read.skippedBytes;
    budget -= end - offset;
    let next = read.offset;
    if (next > offset) isInLine = false;
    if (end - next > maxLineBytes) {
      skippedBytes += Math.floor((end - next) / 2) * 2;
      next += Math.floor((end - next) / 2) * 2;
      isInLine = true;
    }
    if (!isWhole) waitingBytes += content.size - next;
    return { ...file, offset: next, size: content.size, head: headOf(content), tail: tailOf(content, next), isInLine };
  }

  for (const file of gone) {
    if (file.role === 'neighbour') continue;
    const content = heldContent(key, file.inode);
    if (content !== undefined && isContinuation(content, file)) {
      const waited = waitingBytes;
      const end = readOn(file, content, true);
      waitingBytes = waited;
      skippedBytes += content.size - end.offset;
      continue;
    }
    skippedBytes += Math.max(0, file.size - file.offset);
    if (file.role === 'current') unknownEnds += 1;
  }
  const after: LogFile[] = [];
  // The oldest first: what is left for the next look is the newest.
  for (const { file, isFinal } of [...pieces].sort((a, b) => a.file.modifiedMs - b.file.modifiedMs)) {
    try {
      after.push(next(file, isFinal));
    } catch {
      // Renamed between matching and reading: the next look goes on from here.
      after.push(file);
    }
  }
  holdFiles(
    key,
    after.filter(({ role }) => role === 'current'),
  );
  const size = after.reduce((sum, file) => sum + (file.role === 'current' ? file.size : 0), 0);
  return {
    files: after,
    found: found.length,
    leftOutFiles: found.length - current.length,
    size,
    matches,
    lines,
    skippedBytes,
    waitingBytes,
    rotations,
    unknownEnds,
    unreadable: unreadable.slice(0, 5),
  };

  function next(file: LogFile, isFinal: boolean): LogFile {
    if (file.role === 'neighbour' || (file.offset >= file.size && !isPacked(file.path))) return file;
    if (!isPacked(file.path)) {
      using content = openContent(file.path);
      return readOn(file, content, isFinal);
    }
    try {
      using content = openUnpacked(file.path);
      const waited = waitingBytes;
      const end = readOn(file, content, true);
      // It is not unpacked a second time.
      waitingBytes = waited;
      skippedBytes += content.size - end.offset;
    } catch {
      skippedBytes += file.size;
    }
    return asNeighbour(file.path);
  }
}

/** Kept from look to look: a pattern's states are worked out while it is used. */
const compiledPatterns = new Map<string, LinearPattern | null>();
const maxCompiled = 500;

function compiled({ source, ignoreCase }: LogQuestion['patterns'][number]): LinearPattern | null {
  const key = `${ignoreCase} ${source}`;
  const known = compiledPatterns.get(key);
  if (known !== undefined) return known;
  const outcome = compilePattern(source, { ignoreCase });
  const pattern = outcome.ok ? outcome.value : null;
  if (compiledPatterns.size >= maxCompiled) compiledPatterns.clear();
  compiledPatterns.set(key, pattern);
  return pattern;
}
