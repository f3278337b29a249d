import { applicationNames } from './application-names.ts';
import type { Check } from './check.ts';
import { constraints } from './constraints.ts';
import { drift } from './drift.ts';
import { fileKind } from './file-kind.ts';
import { foreignKeys } from './foreign-keys.ts';
import { freeSpace } from './free-space.ts';
import { header } from './header.ts';
import { indexes } from './indexes.ts';
import { journal } from './journal.ts';
import { log } from './log.ts';
import { profile } from './profile.ts';
import { references } from './references.ts';
import { sequences } from './sequences.ts';
import { statistics } from './statistics.ts';
import { structure } from './structure.ts';

/** In the order in which they run: bytes before SQL, and what decides the most first. */
export const checks: readonly Check[] = [
  fileKind,
  header,
  journal,
  log,
  applicationNames,
  structure,
  profile,
  drift,
  foreignKeys,
  constraints,
  references,
  sequences,
  indexes,
  freeSpace,
  statistics,
];
