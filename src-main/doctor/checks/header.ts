import type { Finding } from '../../contract/doctor/examination.ts';
import { looksEncrypted } from '../files/file-facts.ts';
import type { HeaderField } from '../sqlite-file/header.ts';
import type { ByteCheck } from './check.ts';

/** Where each field lies. SQLite does without the others: it counts free pages anew and ignores the rest. */
const critical: Readonly<Partial<Record<HeaderField, readonly [byte: number, what: string]>>> = {
  magic: [0, 'its name'],
  'page size': [16, 'the page size'],
  'write version': [18, 'the format version for writers'],
  'read version': [19, 'the format version for readers'],
  'reserved bytes': [20, 'the reserved bytes'],
  'payload fractions': [21, 'the payload fractions'],
  'schema format': [44, 'the schema format'],
  'text encoding': [56, 'the text encoding'],
};

/** Fields of the first 100 bytes against what the file format allows (its section 1.3). */
export const header: ByteCheck = {
  id: 'header',
  title: 'Header',
  needs: 'bytes',
  find({ facts }) {
    const { header: fields, likelyPageSize } = facts;
    if (fields === null || facts.sizeBytes === 0 || !facts.hasTreePages) return [];
    if (facts.transformation !== null || looksEncrypted(facts)) return [];
    const wrong = fields.implausible.flatMap((field) => {
      const found = critical[field];
      return found === undefined ? [] : [found];
    });
    const { pageSize } = fields;
    if (pageSize !== undefined && likelyPageSize !== null && likelyPageSize !== pageSize)
      wrong.push([16, `the page size (${pageSize}, but pages lie at every ${likelyPageSize})`]);
    return wrong.map(
      ([byte, what]): Finding => ({
        kind: 'header-wrong',
        check: 'header',
        severity: 'critical',
        place: { page: 1 },
        message: `The header is damaged: ${what}.`,
        values: { byte },
      }),
    );
  },
};
