import type { Finding } from '../../contract/doctor/examination.ts';
import type { Values } from '../../contract/text/message.ts';
import type { FindingKind } from '../../contract/words/findings.ts';
import { isLogOrphaned } from '../files/file-facts.ts';
import type { LogGeneration } from '../files/log-generation.ts';
import type { TreeWalk } from '../sqlite-file/walk-trees.ts';
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

const plural = (pages: number): string => `${pages} ${pages === 1 ? 'page' : 'pages'}`;

function ofOtherGeneration({ without, with: withLog }: LogGeneration): Finding {
  const values = { without: without.rows, with: withLog.rows };
  const start = 'The log beside the file belongs to a database that lay here before.';
  const read = (walk: TreeWalk): string => `${walk.rows} rows, ${walk.isSound ? 'sound' : 'damaged'}`;
  const kind = !without.isSound ? 'log-generation-neither' : withLog.isSound ? 'log-generation-both' : 'log-generation';
  return found(kind, 'critical', `${start} Without it: ${read(without)}; with it: ${read(withLog)}.`, values);
}

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
    if (sizeBytes === 0 && beside.committedFrames > 0)
      findings.push(
        found(
          'log-beside-empty',
          'critical',
          `The file is empty, but its log holds ${plural(beside.committedFrames)}.`,
          {
            pages: beside.committedFrames,
          },
        ),
      );
    else if (beside.framesBehindDamage > 0)
      findings.push(
        found(
          'log-broken',
          'critical',
          `The log is damaged ${beside.validFrames === 0 ? 'at its beginning' : `at frame ${beside.validFrames + 1}`}, and ` +
            `${plural(beside.framesBehindDamage)} behind it, committed and whole, would be dropped.`,
          { frame: beside.validFrames + 1, pages: beside.framesBehindDamage },
        ),
      );
    else if (facts.otherGeneration !== null) findings.push(ofOtherGeneration(facts.otherGeneration));
    else if (beside.isHeaderGarbage || (beside.validFrames === 0 && beside.framesBeyond > 0))
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
