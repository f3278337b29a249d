/** The volumes that hold a user's files. Network shares are left out: a dead one would hold a thread for minutes. */
import { readdir, readFile } from 'node:fs/promises';

export interface Volume {
  /** Where it is mounted; the drive with its backslash on Windows. */
  readonly path: string;
  /** Tells apart two mounts of one file system. */
  readonly device: string;
}

/** File systems that hold bytes on a device of this machine. */
const local =
  /^(ext[234]|xfs|btrfs|zfs|f2fs|jfs|reiserfs|bcachefs|vfat|exfat|ntfs3?|fuseblk|hfsplus|apfs|udf|overlay)$/;
const systemFolders = /^\/(proc|sys|dev|run|snap|boot\/efi|var\/lib\/(docker|containers|kubelet|snapd))(\/|$)/;

/** /proc/self/mountinfo: id parent major:minor root mountpoint options … - type source superoptions. */
export function parseMountInfo(text: string): readonly Volume[] {
  const seen = new Set<string>();
  const volumes: Volume[] = [];
  for (const line of text.split('\n')) {
    const [front, back] = line.split(' - ');
    const fields = front?.split(' ') ?? [];
    const type = back?.split(' ')[0] ?? '';
    const device = fields[2];
    if (fields[4] === undefined || device === undefined || !local.test(type)) continue;
    // Spaces and the like are octal: \040.
    const path = fields[4].replace(/\\([0-7]{3})/g, (_, octal: string) =>
      String.fromCharCode(Number.parseInt(octal, 8)),
    );
    if (systemFolders.test(path)) continue;
    // The overlays of containers lie on a volume that is listed anyway; wherever they are, only the root's is a place
    // of its own.
    if (type === 'overlay' && path !== '/') continue;
    // Each subvolume of btrfs has a device number of its own, though they share their room.
    const source = back?.split(' ')[1] ?? '';
    const key = type === 'btrfs' && source.startsWith('/') ? source : device;
    if (seen.has(key)) continue;
    seen.add(key);
    volumes.push({ path, device: key });
  }
  return volumes;
}

/** Far more than a machine has, so that it hides none. */
const maxVolumes = 256;

export async function listVolumes(platform: NodeJS.Platform, procRoot: string): Promise<readonly Volume[]> {
  if (platform === 'linux')
    return parseMountInfo(await readFile(`${procRoot}/self/mountinfo`, 'utf8')).slice(0, maxVolumes);
  // Not run on these two systems; both rest on documented places only.
  if (platform === 'win32')
    return Array.from('CDEFGHIJKLMNOPQRSTUVWXYZ', (letter) => ({ path: `${letter}:\\`, device: letter }));
  const names = await readdir('/Volumes').catch(() => []);
  return [{ path: '/', device: '/' }, ...names.map((name) => ({ path: `/Volumes/${name}`, device: name }))].slice(
    0,
    maxVolumes,
  );
}
