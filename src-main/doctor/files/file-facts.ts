/**
 * What the bytes say before any SQL: header, size, log, journal, and whether the rest looks like SQLite at all. Only
 * reads.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { convincingTreeShare } from '../../contract/doctor/page-shape.ts';
import { FileBytes } from '../sqlite-file/file-bytes.ts';
import { inferGeometry } from '../sqlite-file/geometry.ts';
import { type DatabaseHeader, readHeader } from '../sqlite-file/header.ts';
import { isOfFinishedTransaction } from '../sqlite-file/rollback-journal.ts';
import { findTransformation, type Transformation } from '../transformations/transformation.ts';
import { type DatabaseFiles, isMissing } from './database-files.ts';
import { type LogFacts, readLogFacts } from './log-facts.ts';
import { findOtherGeneration, type LogGeneration } from './log-generation.ts';
import { isFirstPageTree, likelySize, sampleEntropy } from './page-samples.ts';

export interface FileFacts {
  readonly files: DatabaseFiles;
  readonly sizeBytes: number;
  /** null when the file is shorter than a header. */
  readonly header: DatabaseHeader | null;
  /** The size at whose multiples pages look like b-tree pages, and how many of the sampled ones do (0–1). */
  readonly likelyPageSize: number | null;
  readonly treeShare: number;
  /** Whatever its header says, there are pages of a database in it. */
  readonly hasTreePages: boolean;
  /** Behind the header the first page is the root of the list of tables. */
  readonly isFirstPageTree: boolean;
  /** Bits a byte over the sample. */
  readonly entropy: number;
  /** What became of the file as a whole; null with almost every one. */
  readonly transformation: Transformation | null;
  /** Behind a header that is as it should be there is not one page of a database, and nothing repeats. */
  readonly isNoise: boolean;
  readonly log: LogFacts | null;
  /** The log belongs to a database that lay here before. */
  readonly otherGeneration: LogGeneration | null;
  /**
   * A rollback journal that, if nobody is writing, would be played back on opening; or only removed, its transaction
   * being over.
   */
  readonly journal: 'none' | 'hot' | 'finished';
}

const journalMagic = Buffer.from('d9d505f920a163d7', 'hex');

export function readFileFacts(files: DatabaseFiles, signal?: AbortSignal): FileFacts {
  const { path, sizes } = files;
  if (isMissing(files)) return { ...noFacts, files };
  const sizeBytes = sizes[''] ?? 0;
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(100);
    const header = readHeader(head.subarray(0, readSync(file, head, 0, 100, 0))) ?? null;
    const { likelyPageSize, treeShare, hasTreePages } = pagesOf(file, path, sizeBytes, header);
    const entropy = sampleEntropy(file, sizeBytes);
    const log = sizes['-wal'] ? readLogFacts(`${path}-wal`, sizes['-wal'], header?.pageSize, signal) : null;
    return {
      files,
      sizeBytes,
      header,
      likelyPageSize,
      treeShare,
      hasTreePages,
      isFirstPageTree: likelyPageSize !== null && isFirstPageTree(file, likelyPageSize),
      entropy,
      transformation: findTransformation(path, sizeBytes, signal),
      isNoise: isNoise(path, header, treeShare, entropy),
      log,
      otherGeneration:
        log !== null && log.committedFrames > 0 && header !== null && log.pageSize === header.pageSize && sizeBytes > 0
          ? findOtherGeneration(path, header, signal)
          : null,
      journal: sizes['-journal'] ? journalAt(`${path}-journal`) : 'none',
    };
  } finally {
    closeSync(file);
  }
}

/** Of a file that is not there; what lies beside it means nothing to SQLite then. */
const noFacts: Omit<FileFacts, 'files'> = {
  sizeBytes: 0,
  header: null,
  likelyPageSize: null,
  treeShare: 0,
  hasTreePages: false,
  isFirstPageTree: false,
  entropy: 0,
  transformation: null,
  isNoise: false,
  log: null,
  otherGeneration: null,
  journal: 'none',
};

/** Section 3 of the file format: a journal counts unless it is empty or its header was overwritten by zeros. */
function journalAt(path: string): FileFacts['journal'] {
  using bytes = new FileBytes(path);
  if (!bytes.copy(0, journalMagic.length).equals(journalMagic)) return 'none';
  return isOfFinishedTransaction(bytes) ? 'finished' : 'hot';
}

/**
 * Can SQLite open it at all, or is there only the page-level reader? A fresh database of 0 bytes may have its first
 * page in the log.
 */
export const isOpenable = (facts: FileFacts): boolean =>
  (facts.sizeBytes === 0 && !isMissing(facts.files)) ||
  (facts.header?.hasMagic === true && facts.header.pageSize !== undefined);

/**
 * Where few pages look like tree pages closer looks decide: a database of large values is mostly overflow pages, which
 * look like nothing.
 */
function pagesOf(
  file: number,
  path: string,
  sizeBytes: number,
  header: DatabaseHeader | null,
): Pick<FileFacts, 'likelyPageSize' | 'treeShare' | 'hasTreePages'> {
  const likely = likelySize(path, file, sizeBytes, header);
  if (header?.hasMagic === true || likely.treeShare >= convincingTreeShare) return { ...likely, hasTreePages: true };
  using bytes = new FileBytes(path);
  const geometry = inferGeometry(bytes);
  if (geometry === undefined) return { ...likely, hasTreePages: false };
  return { likelyPageSize: geometry.pageSize, treeShare: geometry.share, hasTreePages: true };
}

/**
 * Random all over, and no page is one of SQLite's; some leave the first bytes plain, so that systems know the file for
 * a database.
 */
export const looksEncrypted = (facts: FileFacts): boolean =>
  facts.transformation === null &&
  (facts.isNoise ||
    (facts.header?.hasMagic === false &&
      facts.sizeBytes >= 1024 &&
      !facts.hasTreePages &&
      isRandom(facts.entropy, facts.sizeBytes)));

/** Bits a byte; what is short can't show all of them. */
const isRandom = (entropy: number, sizeBytes: number): boolean => entropy > (sizeBytes >= 32_768 ? 7.9 : 7.2);

function isNoise(path: string, header: DatabaseHeader | null, treeShare: number, entropy: number): boolean {
  if (header?.hasMagic !== true || treeShare >= convincingTreeShare) return false;
  using bytes = new FileBytes(path);
  return bytes.size >= 4096 && isRandom(entropy, bytes.size) && inferGeometry(bytes) === undefined;
}

/**
 * Of another database, as its page size tells, or of another generation of this one: SQLite would apply it all the
 * same.
 */
export const isLogOrphaned = (facts: FileFacts): boolean => facts.otherGeneration !== null || isOfOtherSize(facts);

const isOfOtherSize = ({ log, header, sizeBytes }: FileFacts): boolean =>
  log !== null &&
  log.pageSize !== null &&
  header?.pageSize != null &&
  sizeBytes > 0 &&
  log.pageSize !== header.pageSize;
