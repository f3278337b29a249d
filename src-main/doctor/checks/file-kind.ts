import type { Finding } from '../../contract/doctor/examination.ts';
import { assertNever } from '../../contract/outcome.ts';
import type { Values } from '../../contract/text/message.ts';
import type { FindingKind } from '../../contract/words/findings.ts';
import { isMissing } from '../files/database-files.ts';
import { type FileFacts, looksEncrypted } from '../files/file-facts.ts';
import type { Transformation } from '../transformations/transformation.ts';
import type { ByteCheck } from './check.ts';

const found = (kind: FindingKind, severity: Finding['severity'], message: string, values?: Values): Finding => ({
  kind,
  check: 'file-kind',
  severity,
  place: {},
  message,
  ...(values !== undefined && { values }),
});

const encrypted = ({ isNoise }: FileFacts): Finding =>
  found(
    'encrypted',
    'critical',
    isNoise
      ? 'The file is encrypted: behind its first bytes, which are plain, there is nothing but noise.'
      : 'The file looks encrypted: random from its first byte to its last.',
  );

/** The cause alone: all else that could be said of such a file follows from it. */
function transformed(transformation: Transformation): Finding {
  switch (transformation.kind) {
    case 'gzip':
      return found('file-gzip', 'critical', 'The file is a database packed with gzip.');
    case 'base64':
      return found('file-base64', 'critical', 'The file is a database encoded as Base64.');
    case 'line-ends':
      return found(
        'file-line-ends',
        'critical',
        'A transfer in text mode has turned each line feed of the file into carriage return and line feed.',
      );
    case 'text-encoding':
      return found('file-text-encoding', 'critical', 'A program has taken the file for text and written it as UTF-8.');
    case 'text-replaced':
      return found(
        'file-text-replaced',
        'critical',
        'A program has taken the file for text and replaced every byte that is not UTF-8; what stood there is lost.',
      );
    case 'line-ends-lost':
      return found(
        'file-line-ends-lost',
        'critical',
        `A transfer in text mode has turned CR LF into LF: ${bytes(transformation.missingBytes)} lost.`,
        { count: transformation.missingBytes },
      );
    case 'bytes-before':
      return found('file-bytes-before', 'critical', `${transformation.bytes} bytes precede the database in the file.`, {
        count: transformation.bytes,
      });
    case 'shifted': {
      const { missingBytes, runs } = transformation.shift;
      const count = Math.abs(missingBytes);
      const page = runs.find(({ offset }) => offset !== 0)?.first ?? 1;
      return missingBytes > 0
        ? found('file-bytes-lost', 'critical', `${bytes(count)} lost: the pages from ${page} on lie too early.`, {
            count,
            from: page,
          })
        : found('file-bytes-added', 'critical', `${bytes(count)} too many: the pages from ${page} on lie too late.`, {
            count,
            from: page,
          });
    }
    default:
      return assertNever(transformation);
  }
}

const bytes = (count: number): string => (count === 1 ? 'One byte is' : `${count} bytes are`);

/** Is it a SQLite database at all, and a whole one? */
export const fileKind: ByteCheck = {
  id: 'file-kind',
  title: 'File',
  needs: 'bytes',
  find({ facts }) {
    const { header, sizeBytes, files, likelyPageSize } = facts;
    const findings: Finding[] = [];
    if (isMissing(files))
      return [found('file-missing', 'critical', 'The file is not there: it was deleted or moved away.')];
    if (files.isOnNetwork)
      findings.push(
        found(
          'on-network-share',
          'warning',
          'The file is on a network share, where locks and renames keep fewer promises.',
        ),
      );
    if (files.hardLinks > 1)
      findings.push(found('hard-linked', 'info', 'The file has other names; a repair changes this one only.'));
    if (sizeBytes === 0) {
      if ((facts.log?.committedFrames ?? 0) === 0)
        findings.push(found('empty-file', 'warning', 'The file is empty: a database without a single table.'));
      return findings;
    }
    if (looksEncrypted(facts)) return [...findings, encrypted(facts)];
    if (facts.transformation !== null) return [...findings, transformed(facts.transformation)];
    if (header === null || !facts.hasTreePages)
      return [...findings, found('not-a-database', 'critical', 'Nothing in the file looks like a SQLite database.')];

    const pageSize = header.pageSize ?? likelyPageSize;
    if (pageSize === null) return findings;
    const excess = sizeBytes % pageSize;
    if (excess !== 0)
      findings.push(
        found(
          'size-uneven',
          'critical',
          `The size of the file is no multiple of its pages: ${excess} bytes are left over.`,
          { bytes: excess },
        ),
      );
    // The count in the header holds only when the last writer was new enough to maintain it (section 1.3.8).
    const isCountValid = header.pageCount > 0 && header.changeCounter === header.validFor;
    const pages = Math.floor(sizeBytes / pageSize);
    const isSettled = (facts.log?.committedFrames ?? 0) === 0 && facts.journal !== 'hot';
    if (header.hasMagic && isCountValid && isSettled) {
      if (pages < header.pageCount)
        findings.push(
          found(
            'truncated',
            'critical',
            `The end is missing: ${header.pageCount - pages} of ${header.pageCount} pages.`,
            { missing: header.pageCount - pages, pages: header.pageCount },
          ),
        );
      else if (pages > header.pageCount)
        findings.push(
          found('tail-appended', 'warning', `${pages - header.pageCount} pages follow the end that the header names.`, {
            pages: pages - header.pageCount,
          }),
        );
    }
    return findings;
  },
};
