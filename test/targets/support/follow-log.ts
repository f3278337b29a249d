/** A log with lines that a shipped pattern counts. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTarget } from '../../support/target.ts';
import { temporaryFolder } from '../../support/temporary.ts';

export const matches = 'log_target_matches_total{target="x",pattern="no such table"}';
export const badLine = 'sqlite3.OperationalError: no such table: audit_log\n';

/** A log that was looked at once. */
export async function follow(content = 'begin\n') {
  const path = join(temporaryFolder(), 'app.log');
  writeFileSync(path, content);
  const target = openTarget({ kind: 'log', path });
  const values = async () => (await target.look()).values;
  await target.look();
  return { path, target, values, count: async () => (await values())[matches] };
}
