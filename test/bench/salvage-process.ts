/** Salvages one file and tells its time and peak memory; started by salvage.bench.ts. */
import { salvage } from '../../src-main/doctor/salvage/salvage.ts';

const [path, into] = process.argv.slice(2) as [string, string];
const start = performance.now();
const outcome = await salvage({ path, into });
const seconds = (performance.now() - start) / 1000;
if (!outcome.ok) throw new Error(outcome.failure.message);
// maxRSS is in KiB.
process.send?.({ seconds, peakBytes: process.resourceUsage().maxRSS * 1024, report: outcome.value });
process.disconnect?.();
