/** Hears every witness about one table and carries out what they say. */
import { assertNever } from '../../../contract/outcome.ts';
import { takeBackConfirmed } from '../write/take-back.ts';
import type { Evidence, JudgedTable, Verdict } from './evidence.ts';
import { type IndexFindings, nothingFound } from './indexes/index-findings.ts';

export async function hearWitnesses(table: JudgedTable, witnesses: readonly Evidence[]): Promise<IndexFindings> {
  const { writer } = table;
  writer.flush();
  let findings = nothingFound;
  const carryOut = (verdict: Verdict): void => {
    switch (verdict.kind) {
      case 'row-contradicted':
        writer.moveOut(verdict.key, verdict.reason);
        return;
      case 'page-contradicted':
        writer.moveRange(verdict.low, verdict.high, verdict.reason);
        return;
      case 'row-missing':
        writer.missing.add(verdict.rowid);
        return;
      case 'row-confirmed':
        takeBackConfirmed(writer, verdict.key);
        return;
      case 'findings':
        findings = together(findings, verdict.findings);
        return;
      default:
        assertNever(verdict);
    }
  };
  for (const witness of witnesses) for await (const verdict of witness.judge(table)) carryOut(verdict);
  return { ...findings, confirmed: Math.min(findings.confirmed, writer.certain) };
}

const together = (one: IndexFindings, other: IndexFindings): IndexFindings => ({
  entries: one.entries === undefined ? other.entries : Math.max(one.entries, other.entries ?? 0),
  agrees: one.agrees || other.agrees,
  confirmed: Math.max(one.confirmed, other.confirmed),
  missingKeys: one.missingKeys.length >= other.missingKeys.length ? one.missingKeys : other.missingKeys,
  disputes: [...one.disputes, ...other.disputes],
});
