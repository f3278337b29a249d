/**
 * One accident is one finding. What follows from it (indexes that no longer agree, checks that stopped, pages that
 * nothing leads to) stands behind it and is told as its consequence. Pure.
 */
import type { Finding } from '../../contract/doctor/examination.ts';

/** The accidents, the one that explains the most first. */
const causes = ['first-page-destroyed', 'header-wrong', 'truncated', 'table-damaged', 'index-damaged'] as const;

/** What a missing end, or a missing first page, can bring about. */
const ofLostPages: ReadonlySet<string> = new Set([
  'comparison-stopped',
  'free-list-damaged',
  'full-text-damaged',
  'index-damaged',
  'index-disagrees',
  'pages-unused',
  'pointer-map-damaged',
  'rows-contradicted',
  'rows-missing',
  'schema-unreadable',
  'size-uneven',
  'structure-damaged',
  'table-damaged',
]);
/** What one damaged tree can bring about, in the table it belongs to. */
const ofTable: ReadonlySet<string> = new Set([
  'comparison-stopped',
  'duplicate-key',
  'index-disagrees',
  'rows-contradicted',
  'rows-missing',
]);
/** Without a place of their own. */
const ofAnyTree: ReadonlySet<string> = new Set(['pages-unused', 'structure-damaged']);
const ofWrongHeader: ReadonlySet<string> = new Set(['schema-unreadable', 'size-uneven', 'truncated']);
const ofFirstPage: ReadonlySet<string> = new Set(['header-wrong', 'schema-unreadable', 'size-uneven', 'truncated']);

/** @param isFirstPageTree behind its header the first page is what it should be */
export function groupFindings(found: readonly Finding[], isFirstPageTree: boolean): readonly Finding[] {
  const findings = isFirstPageTree ? found : withFirstPage(found);
  const followers = new Map<Finding, Finding[]>();
  const taken = new Set<Finding>();
  for (const kind of causes)
    for (const cause of findings) {
      if (cause.kind !== kind || taken.has(cause)) continue;
      for (const one of findings) {
        if (one === cause || taken.has(one) || followers.has(one) || !isConsequenceOf(one, cause)) continue;
        taken.add(one);
        followers.set(cause, [...(followers.get(cause) ?? []), { ...one, severity: 'info', isConsequence: true }]);
      }
    }
  return findings.flatMap((one) => (taken.has(one) ? [] : [one, ...(followers.get(one) ?? [])]));
}

function isConsequenceOf(one: Finding, cause: Finding): boolean {
  switch (cause.kind) {
    case 'first-page-destroyed':
      return ofFirstPage.has(one.kind);
    case 'header-wrong':
      return one.kind === 'header-wrong' || ofWrongHeader.has(one.kind);
    case 'truncated':
      return ofLostPages.has(one.kind);
    case 'table-damaged':
    case 'index-damaged': {
      if (ofAnyTree.has(one.kind)) return true;
      const { table } = cause.place;
      if (table === undefined) return false;
      // The tables that a full-text index keeps carry its name.
      if (one.kind === 'full-text-damaged') return table.startsWith(`${one.place.table}_`);
      return ofTable.has(one.kind) && one.place.table === table;
    }
    default:
      return false;
  }
}

/** Several fields of the header wrong at once, or the list of tables with them, are one page. */
function withFirstPage(found: readonly Finding[]): readonly Finding[] {
  const fields = found.filter(({ kind }) => kind === 'header-wrong').length;
  const isSchemaLost = found.some(({ kind }) => kind === 'schema-unreadable');
  if (fields < 3 && !(fields > 0 && isSchemaLost)) return found;
  return [
    {
      kind: 'first-page-destroyed',
      check: 'header',
      severity: 'critical',
      place: { page: 1 },
      message: 'The first page, with the header and the list of tables, is destroyed.',
    },
    ...found,
  ];
}
