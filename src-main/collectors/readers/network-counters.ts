/** Bytes, errors and drops of network interfaces since they came up. */

export interface InterfaceCounters {
  readonly name: string;
  readonly receivedBytes: number;
  readonly transmittedBytes: number;
  readonly receiveErrors: number;
  readonly transmitErrors: number;
  readonly receiveDrops: number;
  readonly transmitDrops: number;
}

/** The loop-back, and the machine's end of containers: their traffic is seen on the bridge. */
const uninteresting = /^(lo|lo0|veth.*|Loopback.*|gif0|stf0|anpi\d+|awdl\d+|llw\d+)$/;
export const isInteresting = (name: string): boolean => !uninteresting.test(name);

/** /proc/net/dev: two header lines, then `name: rx×8 tx×8`. */
export function parseNetDev(text: string): readonly InterfaceCounters[] {
  const interfaces: InterfaceCounters[] = [];
  for (const line of text.split('\n').slice(2)) {
    const colon = line.indexOf(':');
    if (colon === -1) continue;
    const name = line.slice(0, colon).trim();
    if (!isInteresting(name)) continue;
    const fields = line
      .slice(colon + 1)
      .trim()
      .split(/\s+/)
      .map(Number);
    if (fields.length < 12) continue;
    const at = (index: number): number => fields[index] as number;
    interfaces.push({
      name,
      receivedBytes: at(0),
      receiveErrors: at(2),
      receiveDrops: at(3),
      transmittedBytes: at(8),
      transmitErrors: at(10),
      transmitDrops: at(11),
    });
  }
  return interfaces;
}
