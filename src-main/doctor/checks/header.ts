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
    const wrong: string[] = [];
    if (!fields.hasMagic) wrong.push('its name');
    if (fields.pageSize === null) wrong.push('the page size');
    else if (facts.likelyPageSize !== null && facts.likelyPageSize !== fields.pageSize)
      wrong.push(`the page size (${fields.pageSize}, but pages lie at every ${facts.likelyPageSize})`);
    if (![1, 2].includes(fields.readVersion) || ![1, 2].includes(fields.writeVersion)) wrong.push('the format version');
    if (fields.payloadFractions.join() !== '64,32,32') wrong.push('the payload fractions');
    if (fields.schemaFormat > 4) wrong.push('the schema format');
    if (fields.encoding > 3) wrong.push('the text encoding');
    if (fields.pageSize !== null && fields.reservedBytes > fields.pageSize - 480) wrong.push('the reserved bytes');
    return wrong.map(
      (what): Finding => ({
        kind: 'header-wrong',
        check: 'header',
        severity: 'critical',
        place: { page: 1 },
        message: `The header is damaged: ${what}.`,
      }),
    );
  },
};
