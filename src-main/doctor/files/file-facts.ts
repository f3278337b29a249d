/** What the bytes say before any SQL: header, size, log, journal, and whether the rest looks like SQLite at all. Only reads. */
import { closeSync, openSync, readSync } from 'node:fs';
import { type DatabaseFiles, isMissing } from './database-files.ts';
import { type LogFacts, readLogFacts } from './log-facts.ts';
import { isFirstPageTree, likelySize, sampleEntropy } from './page-samples.ts';

export interface HeaderFacts {
  readonly hasMagic: boolean;
  /** As written; 1 stands for 65536. null where it is no power of two from 512 on. */
  readonly pageSize: number | null;
  readonly writeVersion: number;
  readonly readVersion: number;
  readonly reservedBytes: number;
  readonly payloadFractions: readonly [number, number, number];
  readonly pageCount: number;
  readonly firstFreePage: number;
  readonly freePages: number;
  readonly schemaFormat: number;
  readonly encoding: number;
  readonly changeCounter: number;
  readonly versionValidFor: number;
}

export interface FileFacts {
  readonly files: DatabaseFiles;
  readonly sizeBytes: number;
  /** null when the file is shorter than a header. */
  readonly header: HeaderFacts | null;
  /** The size at whose multiples pages look like b-tree pages, and how many of the sampled ones do (0–1). */
  readonly likelyPageSize: number | null;
  readonly treeShare: number;
  /** Behind the header the first page is the root of the list of tables. */
  readonly isFirstPageTree: boolean;
  /** Bits a byte over the sample. */
  readonly entropy: number;
  readonly log: LogFacts | null;
  /** A rollback journal that would be played back on opening, if nobody is writing. */
  readonly isJournalHot: boolean;
}

const magic = Buffer.from('SQLite format 3\0', 'latin1');
const journalMagic = Buffer.from('d9d505f920a163d7', 'hex');

export function readFileFacts(files: DatabaseFiles, signal?: AbortSignal): FileFacts {
  const { path, sizes } = files;
  if (isMissing(files)) return { ...noFacts, files };
  const sizeBytes = sizes[''] ?? 0;
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(100);
    const hasHeader = readSync(file, head, 0, 100, 0) === 100;
    const header = hasHeader ? parseHeader(head) : null;
    const { likelyPageSize, treeShare } = likelySize(file, sizeBytes, header);
    return {
      files,
      sizeBytes,
      header,
      likelyPageSize,
      treeShare,
      isFirstPageTree: likelyPageSize !== null && isFirstPageTree(file, likelyPageSize),
      entropy: sampleEntropy(file, sizeBytes),
      log: sizes['-wal'] ? readLogFacts(`${path}-wal`, sizes['-wal'], signal) : null,
      isJournalHot: sizes['-journal'] ? isHot(`${path}-journal`) : false,
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
  isFirstPageTree: false,
  entropy: 0,
  log: null,
  isJournalHot: false,
};

function parseHeader(head: Buffer): HeaderFacts {
  const written = head.readUInt16BE(16);
  const pageSize = written === 1 ? 65_536 : written;
  return {
    hasMagic: head.subarray(0, 16).equals(magic),
    pageSize: pageSize >= 512 && (pageSize & (pageSize - 1)) === 0 ? pageSize : null,
    writeVersion: head.readUInt8(18),
    readVersion: head.readUInt8(19),
    reservedBytes: head.readUInt8(20),
    payloadFractions: [head.readUInt8(21), head.readUInt8(22), head.readUInt8(23)],
    changeCounter: head.readUInt32BE(24),
    pageCount: head.readUInt32BE(28),
    firstFreePage: head.readUInt32BE(32),
    freePages: head.readUInt32BE(36),
    schemaFormat: head.readUInt32BE(44),
    encoding: head.readUInt32BE(56),
    versionValidFor: head.readUInt32BE(92),
  };
}

/** Section 3 of the file format: a journal counts unless it is empty or its header was overwritten by zeros. */
function isHot(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(8);
    return readSync(file, head, 0, 8, 0) === 8 && head.equals(journalMagic);
  } finally {
    closeSync(file);
  }
}

/** Can SQLite open it at all, or is there only the page-level reader? A fresh database of 0 bytes may have its first page in the log. */
export const isOpenable = (facts: FileFacts): boolean =>
  (facts.sizeBytes === 0 && !isMissing(facts.files)) ||
  (facts.header?.hasMagic === true && facts.header.pageSize !== null);

/**
 * With a smaller share of tree pages a file without a header counts as no database. So low because a database of large values is mostly
 * overflow pages, which look like nothing; of other files about 1 in 150 reaches it by chance.
 */
export const leastTreeShare = 0.02;

/** Random all over, and no page looks like SQLite's. */
export const looksEncrypted = (facts: FileFacts): boolean =>
  facts.header?.hasMagic === false &&
  facts.sizeBytes >= 1024 &&
  facts.sizeBytes % 512 === 0 &&
  facts.treeShare < leastTreeShare &&
  facts.entropy > (facts.sizeBytes >= 32_768 ? 7.9 : 7.2);

/** Pages of another size than the database's: SQLite would apply them all the same. */
export const isLogOrphaned = ({ log, header, sizeBytes }: FileFacts): boolean =>
  log !== null &&
  log.pageSize !== null &&
  header?.pageSize != null &&
  sizeBytes > 0 &&
  log.pageSize !== header.pageSize;
