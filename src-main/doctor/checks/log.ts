import type { Finding } from '../../contract/doctor.ts';
import type { FindingKind, Values } from '../../contract/wordings.ts';
import { isLogOrphaned } from '../files/file-facts.ts';
import type { ByteCheck } from './check.ts';

/** Above this a log is a problem of its own: it slows every read and is lost with one careless copy. */
const largeLogBytes = 64 * 1024 * 1024;

const found = (kind: FindingKind, severity: Finding['severity'], message: string, values?: Values): Finding => ({
  kind,
  check: 'log',
  severity,
  place: {},
  message,
  ...(values !== undefined && { values }),
});

/** The write-ahead log: too large, left behind, torn, or of another database. */
export const log: ByteCheck = {
  id: 'log',
  title: 'Write-ahead log',
  needs: 'bytes',
  find({ facts, isLeftAlone }) {
    const { log: beside, sizeBytes } = facts;
    if (beside === null || beside.sizeBytes === 0) return [];
    const findings: Finding[] = [];
    if (beside.sizeBytes > largeLogBytes && beside.sizeBytes > sizeBytes / 4)
      findings.push(
        found('log-oversized', 'warning', `The log has grown to ${Math.round(beside.sizeBytes / 1_048_576)} MB.`, {
          bytes: beside.sizeBytes,
        }),
      );
    if (!isLeftAlone) return findings;
    if (beside.validFrames === 0 && beside.framesBeyond > 0)
      findings.push(found('log-unreadable', 'warning', 'The log cannot be read; what it held is lost.'));
    else if (isLogOrphaned(facts))
      findings.push(found('log-orphaned', 'critical', 'The log beside the database belongs to another one.'));
    else if (beside.committedFrames < beside.validFrames)
      findings.push(
        found('log-torn', 'warning', 'The log ends in the middle of a transaction, which never took place.'),
      );
    else if (beside.committedFrames > 0)
      findings.push(
        found('log-left-behind', 'info', 'The log holds changes that the last program did not bring home.'),
      );
    return findings;
  },
};
