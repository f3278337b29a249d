/** What the flow is asked to do with a database. */
import type { Backup } from '../../../contract/doctor/backup.ts';
import type { Expected } from '../../examine/expected.ts';

export interface RepairRequest {
  readonly file: string;
  readonly expected: Expected;
  readonly backup: Backup | null;
  readonly kind: 'repair' | 'restore';
  readonly chosen?: readonly string[];
  readonly includeDoubtful: boolean;
}
