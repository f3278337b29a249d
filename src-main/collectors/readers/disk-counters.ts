/** Reads, writes and busy time of disks since boot. */

export interface DiskCounters {
  readonly device: string;
  /** Each undefined where the system doesn't count it. */
  readonly reads?: number;
  readonly readBytes?: number;
  readonly writes?: number;
  readonly writtenBytes?: number;
  /** Time with at least one request under way, ms; undefined where not told. */
  readonly busyMs?: number;
}

/** The kernel counts in sectors of 512 bytes whatever the disk's own sector is. */
const sector = 512;

/** /proc/diskstats, whole disks only: `isDisk` knows them (they have a folder in /sys/block). */
export function parseDiskstats(text: string, isDisk: (name: string) => boolean): readonly DiskCounters[] {
  const disks: DiskCounters[] = [];
  for (const line of text.split('\n')) {
    const fields = line.trim().split(/\s+/);
    const device = fields[2];
    if (device === undefined || fields.length < 13 || /^(loop|ram|zram|sr|fd)\d/.test(device) || !isDisk(device))
      continue;
    const number = (index: number): number => Number(fields[index]);
    disks.push({
      device,
      reads: number(3),
      readBytes: number(5) * sector,
      writes: number(7),
      writtenBytes: number(9) * sector,
      busyMs: number(12),
    });
  }
  return disks;
}
