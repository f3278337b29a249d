/** Which page size a damaged file has: what its header says where the pages agree, else what they tell themselves. */
import type { FileBytes } from '../../sqlite-file/file-bytes.ts';
import { geometryFit, inferGeometry } from '../../sqlite-file/geometry.ts';

/**
 * At least this share of the sampled pages must be whole before the header's page size is taken without a look at the
 * others.
 */
const convincingShare = 0.2;

export function chooseGeometry(
  file: FileBytes,
  hint: { pageSize: number; reserved: number } | undefined,
  logPageSize: number | undefined,
): { pageSize: number; reserved: number; isInferred: boolean } | undefined {
  const hinted = hint === undefined ? 0 : geometryFit(file, hint.pageSize, hint.reserved);
  if (hint !== undefined && hinted >= convincingShare && (logPageSize === undefined || logPageSize === hint.pageSize))
    return { ...hint, isInferred: false };
  const inferred = inferGeometry(file, hint);
  if (hint !== undefined && hinted >= (inferred?.share ?? 0)) {
    // A new database may have all its pages in the log.
    if (hinted > 0 || logPageSize === hint.pageSize) return { ...hint, isInferred: false };
  }
  if (inferred !== undefined) return { pageSize: inferred.pageSize, reserved: inferred.reserved, isInferred: true };
  if (logPageSize !== undefined)
    return { pageSize: logPageSize, reserved: hint?.reserved ?? 0, isInferred: hint === undefined };
  return hint === undefined ? undefined : { ...hint, isInferred: false };
}
