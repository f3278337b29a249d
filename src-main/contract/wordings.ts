/**
 * Which sentences of the core the catalogue says in other languages: by code, with the names of the values that each fills in. The
 * English stands where the sentence is made, for REST, the command line and logs. A new code does not compile until it is listed
 * here, and then not until every language has it.
 */
import type { Values } from './message.ts';

export type { Values };

type Codes = Readonly<Record<string, readonly string[]>>;
/**
 * Those of one code. `detail` is what somebody else said (the system, SQLite, a server): it follows the sentence as it is. Numbers
 * called `bytes` or `percent` and those whose name ends in `At` (ms since the epoch) are written as such.
 */
export type ValuesOf<C extends Codes, K extends keyof C> = Readonly<Record<C[K][number], string | number>> & {
  readonly detail?: string;
};
/** A last argument that may be left out where there is nothing to fill in. */
export type ValuesArgument<C extends Codes, K extends keyof C> = C[K] extends readonly []
  ? [values?: ValuesOf<C, K>]
  : [values: ValuesOf<C, K>];

/** Kinds of failures that a screen may show. */
export const failureKinds = {
  'backup-changed': [],
  'backup-not-sound': [],
  busy: [],
  cancelled: [],
  'changed-meanwhile': ['file'],
  'changed-since': [],
  'channel-refused': ['setting'],
  'column-not-added': [],
  'copy-differs': [],
  damaged: [],
  'disk-error': [],
  'disk-full': ['place'],
  encrypted: [],
  'full-text-not-rebuilt': [],
  'header-not-restored': [],
  held: [],
  'held-meanwhile': [],
  'holders-unknown': [],
  'index-not-rebuilt': [],
  'no-backup': [],
  'no-permission': [],
  'no-room': [],
  'no-such-alert': [],
  'no-such-job': [],
  'no-such-rule': ['rule'],
  'no-such-target': [],
  'not-a-file': ['path'],
  'not-backed-up': [],
  'not-found': [],
  'not-healthy': [],
  'not-made': [],
  'not-prepared': [],
  'not-readable': [],
  'not-rebuilt': [],
  'nothing-asked': [],
  'nothing-found': [],
  'nothing-helps': [],
  'nothing-to-undo': [],
  'object-not-created': [],
  'originals-damaged': [],
  'pattern-refused': [],
  'read-only': ['place'],
  'rows-changed': ['table', 'before', 'after'],
  'settings-not-json': [],
  'settings-not-written': [],
  'settings-refused': ['setting'],
  'statsd-port': ['port'],
  'swap-refused': [],
  'swap-unfinished': [],
  'table-lost': ['table'],
  'table-not-created': [],
  unexpected: [],
  'unknown-kind': ['kind'],
  'unknown-profile': ['profile'],
  'transformation-not-undone': [],
  'verify-failed': [],
  'verify-unknown': [],
} as const satisfies Codes;
export type FailureKind = keyof typeof failureKinds;
/** These are answers to programs and the command line, which speak English. */
export type UnseenFailureKind =
  | 'broken-off'
  | 'command-failed'
  | 'not-gzip'
  | 'target-exists'
  | 'too-large'
  | 'wrong-use';

/** Kinds of what the doctor finds. Where in the file is told by its place, and how often by its count. */
export const findingKinds = {
  bloated: ['percent', 'bytes'],
  'comparison-stopped': [],
  'constraint-violated': [],
  'duplicate-key': [],
  'empty-file': [],
  encrypted: [],
  'file-base64': [],
  'file-bytes-added': ['count', 'from'],
  'file-bytes-before': ['count'],
  'file-bytes-lost': ['count', 'from'],
  'file-gzip': [],
  'file-line-ends': [],
  'file-line-ends-lost': ['count'],
  'file-missing': [],
  'file-text-encoding': [],
  'file-text-replaced': [],
  'free-list-damaged': [],
  'full-text-damaged': [],
  'hard-linked': [],
  'header-wrong': ['byte'],
  'hot-journal': [],
  'index-damaged': [],
  'index-disagrees': [],
  'log-beside-empty': ['pages'],
  'log-broken': ['frame', 'pages'],
  'log-generation': ['without', 'with'],
  'log-generation-both': ['without', 'with'],
  'log-generation-neither': ['without', 'with'],
  'log-left-behind': [],
  'log-orphaned': [],
  'log-oversized': ['bytes'],
  'log-torn': [],
  'log-unreadable': [],
  'missing-column': [],
  'missing-index': [],
  'missing-table': [],
  'missing-trigger': [],
  'missing-view': [],
  'no-statistics': [],
  'not-a-database': [],
  'on-network-share': [],
  'orphaned-rows': [],
  'pages-unused': [],
  'pointer-map-damaged': [],
  'rows-contradicted': [],
  'rows-missing': [],
  'schema-unreadable': [],
  'size-uneven': ['bytes'],
  'structure-damaged': [],
  'table-damaged': [],
  'tail-appended': ['pages'],
  truncated: ['missing', 'pages'],
} as const satisfies Codes;
export type FindingKind = keyof typeof findingKinds;

/** What a repair is going to do: its id, with a variant where it depends on what it meets. */
export const plannedCodes = {
  'add-missing-columns': ['names'],
  'checkpoint-log': [],
  'apply-log': ['rows'],
  'checkpoint-log.broken': ['pages'],
  'checkpoint-log.empty': ['pages'],
  'checkpoint-log.orphaned': [],
  compact: [],
  'create-missing-objects': ['count'],
  'create-missing-tables': ['names'],
  'merge-backup': [],
  'rebuild-by-reading': [],
  'rebuild-full-text': [],
  'rebuild-indexes': ['names'],
  'refresh-statistics': [],
  'restore-backup': ['backupAt'],
  'restore-backup.missing': ['backupAt'],
  'restore-header': [],
  'roll-back-journal': [],
  'salvage-rows': [],
  'set-orphans-aside': ['names'],
  'undo-transformation': [],
} as const satisfies Codes;
export type PlannedCode = keyof typeof plannedCodes;

/** What a repair did. */
export const doneCodes = {
  'add-missing-columns': ['names'],
  'checkpoint-log': ['pages'],
  'apply-log': [],
  'checkpoint-log.orphaned': [],
  compact: ['bytes'],
  'create-missing-objects': ['names'],
  'create-missing-tables': ['names'],
  'create-missing-tables.nothing': [],
  'merge-backup': ['rows'],
  'rebuild-by-reading': ['rows'],
  'rebuild-full-text': ['names'],
  'rebuild-indexes': ['names'],
  'refresh-statistics': [],
  'restore-backup': [],
  'restore-header': [],
  'roll-back-journal': [],
  'salvage-rows': ['certain', 'doubtful'],
  'set-orphans-aside': ['rows'],
  'undo-transformation': [],
  'undo-transformation.open-pages': ['count'],
} as const satisfies Codes;
export type DoneCode = keyof typeof doneCodes;

/** What else one should know of a repair. */
export const noteKinds = {
  'backup-unusable': [],
  'beyond-end': ['pages'],
  'column-added-plain': ['column'],
  'doubtful-mixed-in': ['rows', 'table'],
  'encoding-inferred': ['encoding'],
  'free-pages-inferred': ['pages'],
  'full-text-rebuilt': ['name'],
  'header-damaged': ['detail'],
  'header-lost': [],
  'index-no-witness': ['name'],
  'rows-of-another': ['rows', 'table', 'owner'],
  'index-not-rebuilt': ['name'],
  'journal-rolled-back': ['pages'],
  'log-applied': ['pages'],
  'log-torn': ['pages'],
  'log-unfinished': ['pages'],
  'log-unusable': [],
  'nothing-needed': [],
  'object-not-created': ['name'],
  'orphans-left': ['rows'],
  'page-size-inferred': ['bytes'],
  'repair-failed': ['repair'],
  'rows-without-entry': ['rows', 'index', 'rowids'],
  'schema-damaged': ['name'],
  truncated: ['missing', 'pages'],
  'used-beyond-end': ['pages'],
  'virtual-table-made-anew': ['name', 'rows'],
  'virtual-table-not-created': ['name'],
} as const satisfies Codes;
export type NoteKind = keyof typeof noteKinds;

/** What takes points off the health score, besides alerts, which have titles of their own. */
export const healthCodes = { 'source-failed': [], 'store-failing': [] } as const satisfies Codes;
export type HealthCode = keyof typeof healthCodes;

/** What the user should know that is not an alert. */
export const noticeKinds = {
  'repair-kept-newer': ['file'],
  'settings-damaged': ['aside'],
  'settings-newer': ['aside'],
  'settings-refused': ['aside'],
  'settings-unreadable': [],
  'store-fresh': ['aside'],
  'store-in-memory': [],
  'store-open': [],
  'store-restored-from-backup': ['aside'],
  'store-salvaged': ['aside'],
} as const satisfies Codes;
export type NoticeKind = keyof typeof noticeKinds;

/** What was found of a target. `header-only` names why in its variant. */
export const targetCodes = {
  'bad-redirect': [],
  body: ['text'],
  certificate: [],
  cut: ['mostSeries'],
  damaged: [],
  empty: [],
  encrypted: [],
  failed: [],
  'header-only': [],
  'header-only.being-changed': [],
  'header-only.busy': [],
  'header-only.closed': [],
  'header-only.exclusive': [],
  'in-repair': [],
  locked: [],
  missing: [],
  'missing-column': ['names'],
  'missing-table': ['names'],
  'no-samples': [],
  'not-a-file': [],
  'not-http': [],
  'not-running': [],
  'not-sqlite': [],
  'not-yet': [],
  ok: [],
  'pattern-refused': [],
  'query-failed': [],
  refused: [],
  'schema-drift': [],
  starting: [],
  status: ['status'],
  'switched-off': [],
  'timed-out': [],
  'too-few': ['count', 'atLeast'],
  'too-many-redirects': [],
  'unknown-host': [],
  unreachable: [],
  unreadable: [],
} as const satisfies Codes;
export type TargetCode = keyof typeof targetCodes;
