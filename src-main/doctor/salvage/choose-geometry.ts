/** Which page size a damaged file has: what its header says where the pages agree, else what they tell themselves. */
import type { FileBytes } from '../sqlite-file/file-bytes.ts';
import { geometryFit, inferGeometry } from '../sqlite-file/geometry.ts';

/** At least this share of the sampled pages must be whole before the header's page size is taken without a look at the others. */
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

/** No page makes sense and every byte value is about as frequent as any other. */
export function looksEncrypted(file: FileBytes): boolean {
  const sample = file.copy(0, 65_536);
  if (sample.length < 1024) return false;
  const seen = new Uint32Array(256);
  for (const byte of sample) seen[byte] = (seen[byte] as number) + 1;
  const mean = sample.length / 256;
  let spread = 0;
  for (const count of seen) spread += (count - mean) ** 2 / mean;
  // Chi-squared with 255 degrees of freedom: 400 is far beyond chance for text, and random bytes stay below.
  return spread < 400;
}
