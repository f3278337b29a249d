import { describe, expect, it } from 'vitest';
import { parseMountInfo } from '../../src-main/collectors/readers/volumes.ts';

/** id parent major:minor root mountpoint options - type source superoptions */
const line = (device: string, path: string, type: string, source = '/dev/x'): string =>
  `36 35 ${device} / ${path} rw,relatime shared:1 - ${type} ${source} rw`;
const paths = (...lines: string[]): readonly string[] => parseMountInfo(lines.join('\n')).map(({ path }) => path);

describe('the volumes of a machine', () => {
  it('are not crowded out by the overlays of containers, wherever their root was moved to', () => {
    const overlays = Array.from({ length: 300 }, (_, index) =>
      line(`0:${100 + index}`, `/srv/containers/overlay2/${index}/merged`, 'overlay', 'overlay'),
    );
    expect(paths(line('8:1', '/', 'ext4'), ...overlays, line('8:17', '/mnt/later', 'xfs'))).toEqual([
      '/',
      '/mnt/later',
    ]);
    expect(paths(...overlays, line('8:1', '/', 'ext4'))).toEqual(['/']);
  });

  it('hold the root of a container, which is an overlay', () => {
    expect(paths(line('0:50', '/', 'overlay', 'overlay'), line('8:1', '/etc/hosts', 'ext4'))).toEqual([
      '/',
      '/etc/hosts',
    ]);
  });

  it('are told once each: bind mounts, and subvolumes that share a device', () => {
    expect(paths(line('8:1', '/', 'ext4'), line('8:1', '/var/bind', 'ext4'))).toEqual(['/']);
    const pool = '/dev/nvme0n1p2';
    expect(paths(line('0:30', '/', 'btrfs', pool), line('0:31', '/home', 'btrfs', pool))).toEqual(['/']);
    expect(paths(line('0:40', '/a', 'zfs', 'tank/a'), line('0:41', '/b', 'zfs', 'tank/b'))).toEqual(['/a', '/b']);
  });
});
