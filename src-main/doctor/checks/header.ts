import type { Finding } from '../../contract/doctor.ts';
import { leastTreeShare, looksEncrypted } from '../files/file-facts.ts';
import type { ByteCheck } from './check.ts';

/** Fields of the first 100 bytes against what the file format allows (its section 1.3). */
export const header: ByteCheck = {
  id: 'header',
  title: 'Header',
  needs: 'bytes',
  find({ facts }) {
    const { header: fields } = facts;
    if (fields === null || facts.sizeBytes === 0 || looksEncrypted(facts)) return [];
    if (!fields.hasMagic && facts.treeShare < leastTreeShare) return [];
    const wrong: (readonly [byte: number, what: string])[] = [];
    if (!fields.hasMagic) wrong.push([0, 'its name']);
    if (fields.pageSize === null) wrong.push([16, 'the page size']);
    else if (facts.likelyPageSize !== null && facts.likelyPageSize !== fields.pageSize)
      wrong.push([16, `the page size (${fields.pageSize}, but pages lie at every ${facts.likelyPageSize})`]);
    if (![1, 2].includes(fields.readVersion) || ![1, 2].includes(fields.writeVersion))
      wrong.push([18, 'the format version']);
    if (fields.payloadFractions.join() !== '64,32,32') wrong.push([21, 'the payload fractions']);
    if (fields.schemaFormat > 4) wrong.push([44, 'the schema format']);
    if (fields.encoding > 3) wrong.push([56, 'the text encoding']);
    if (fields.pageSize !== null && fields.reservedBytes > fields.pageSize - 480)
      wrong.push([20, 'the reserved bytes']);
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
