/** The service or container that a process belongs to, from /proc/PID/cgroup. Pure. */
import type { ProcessUnit } from '../../contract/live.ts';

/** An id of 64 digits is known by its first twelve, as `docker ps` shows it. */
const shortIdLength = 12;

const containers: readonly RegExp[] = [
  // /system.slice/docker-ID.scope, /machine.slice/libpod-ID.scope, cri-containerd-ID.scope
  /(?:docker|libpod|crio|cri-containerd)-([0-9a-f]{12,64})\.scope/,
  // cgroup v1 and Docker without systemd: /docker/ID
  /\/(?:docker|podman|kubepods\/[^/]+\/pod[^/]+)\/([0-9a-f]{12,64})/,
  // /lxc.payload.NAME, /lxc/NAME, /machine.slice/machine-NAME.scope
  /\/(?:lxc\.payload\.|lxc\/)([^/\n]+)/,
  /\/machine-([^/\n]+)\.scope/,
];

/** Undefined for what a session of a user began, and where neither is told. */
export function unitOfControlGroup(text: string): ProcessUnit | undefined {
  for (const pattern of containers) {
    const name = pattern.exec(text)?.[1];
    if (name !== undefined)
      return { kind: 'container', name: /^[0-9a-f]{13,}$/.test(name) ? name.slice(0, shortIdLength) : plain(name) };
  }
  // The last service of the path is the innermost: user@1000.service holds the services of that user.
  const services = [...text.matchAll(/\/([^/\n]+)\.service(?=\/|$)/gm)].map(([, name]) => name as string);
  const service = services.findLast((name) => !/^user@\d+$/.test(name));
  return service === undefined ? undefined : { kind: 'service', name: plain(service) };
}

/** systemd writes what it may not hold in a name as \xHH: `lxc\x2dweb`. */
const plain = (name: string): string =>
  name.replace(/\\x([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
