/** The options of `hakgal-monitor doctor`. Pure. */
import { parseArgs } from 'node:util';
import { type Outcome, ok, wrongUse } from '../contract/outcome.ts';

const doctorVerbs = ['diagnose', 'repair', 'undo', 'backups'] as const;
type DoctorVerb = (typeof doctorVerbs)[number];

export interface DoctorOptions {
  readonly verb: DoctorVerb;
  readonly file: string;
  readonly profile: string | undefined;
  readonly dataDir: string | undefined;
  readonly isJson: boolean;
  readonly isDryRun: boolean;
  readonly isYes: boolean;
  readonly includeDoubtful: boolean;
  readonly waits: boolean;
  readonly makesBackup: boolean;
  readonly restores: string | undefined;
}

export const doctorUsage = `Usage: hakgal-monitor doctor diagnose FILE [--profile hakgal] [--json]
       hakgal-monitor doctor repair   FILE [--profile hakgal] [--dry-run] [--with-doubtful] [--yes] [--wait] [--json]
       hakgal-monitor doctor undo     FILE [--yes] [--wait] [--json]
       hakgal-monitor doctor backups  FILE [--make | --restore ID [--dry-run] [--yes] [--wait]] [--json]

  --profile ID    what kind of database it is; told by the file's name where left out
  --dry-run       repair or restore a copy and show what would come of it; the file stays as it is
  --with-doubtful put doubtful rows into their tables, too, where no certain row has the key; else they stay apart
  --yes           do not ask; undo: also when the file was changed after the repair
  --wait          wait until no other program has the file open
  --make          make a verified backup now
  --restore ID    show what would change, ask, and put a backup in the file's place; can be undone
  --data-dir DIR  where the originals of repairs, backups and learned schemas lie (HAKGAL_DATA_DIR)
  --json          one JSON document instead of text

Exit codes: 0 fine, 1 failed, 2 wrong use, 3 damaged (diagnose).
`;

export function parseDoctorOptions(
  args: readonly string[],
  environment: (name: string) => string | undefined,
): Outcome<DoctorOptions | 'help'> {
  const wrong = (message: string): Outcome<never> => wrongUse(message, 'See the usage below.');
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return wrong((error as Error).message);
  }
  const { values, positionals } = parsed;
  if (values.help === true) return ok('help');
  const [verb, file, ...more] = positionals;
  const known = doctorVerbs.find((one) => one === verb);
  if (known === undefined) return wrong(verb === undefined ? 'Say what to do.' : `There is no "doctor ${verb}".`);
  if (file === undefined || file === '' || more.length > 0) return wrong('Name one database file.');
  if (values.make === true && values.restore !== undefined) return wrong('--make and --restore exclude each other.');
  return ok({
    verb: known,
    file,
    profile: values.profile,
    dataDir: values['data-dir'] ?? environment('HAKGAL_DATA_DIR'),
    isJson: values.json === true,
    isDryRun: values['dry-run'] === true,
    isYes: values.yes === true,
    includeDoubtful: values['with-doubtful'] === true,
    waits: values.wait === true,
    makesBackup: values.make === true,
    restores: values.restore,
  });
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      profile: { type: 'string' },
      'data-dir': { type: 'string' },
      json: { type: 'boolean' },
      'dry-run': { type: 'boolean' },
      'with-doubtful': { type: 'boolean' },
      yes: { type: 'boolean', short: 'y' },
      wait: { type: 'boolean' },
      make: { type: 'boolean' },
      restore: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
