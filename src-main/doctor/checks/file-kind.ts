import type { Finding } from '../../contract/doctor.ts';
import type { FindingKind, Values } from '../../contract/wordings.ts';
import { isMissing } from '../files/database-files.ts';
import { looksEncrypted } from '../files/file-facts.ts';
import type { ByteCheck } from './check.ts';

const found = (kind: FindingKind, severity: Finding['severity'], message: string, values?: Values): Finding => ({
  kind,
  check: 'file-kind',
  severity,
  place: {},
  message,
  ...(values !== undefined && { values }),
});

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
    if (looksEncrypted(facts))
      return [
        ...findings,
        found('encrypted', 'critical', 'The file looks encrypted: random from its first byte to its last.'),
      ];
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
