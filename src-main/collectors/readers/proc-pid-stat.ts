/**
 * One line of /proc/PID/stat, read from its bytes: with a thousand processes, text would cost more than the kernel
 * does.
 */

export interface ProcessStat {
  name: string;
  /** 0 where the kernel itself began it. */
  parent: number;
  /** Clock ticks (1/100 s) in user and kernel mode since the process began. */
  cpuTicks: number;
  threads: number;
  /** Clock ticks after boot. */
  startTicks: number;
  residentPages: number;
}

const space = 0x20;
const closing = 0x29;
const opening = 0x28;

/** Fields by their number in proc(5), all behind the name. */
const ppid = 4;
const utime = 14;
const stime = 15;
const threads = 20;
const starttime = 22;
const rss = 24;

/**
 * Fills `into` and returns true, or returns false when the line is not whole. The name may hold anything, parentheses
 * and spaces too: it ends at the last closing one.
 * @param knownStart when the process's start is this, its name is kept and not decoded again
 */
export function readProcessStat(line: Buffer, length: number, into: ProcessStat, knownStart = -1): boolean {
  let end = length - 1;
  while (end > 0 && line[end] !== closing) end -= 1;
  if (end <= 0) return false;
  let field = 2;
  let number = 0;
  into.cpuTicks = 0;
  let startTicks = -1;
  let pages = -1;
  for (let index = end + 1; index <= length; index += 1) {
    const byte = line[index] ?? space;
    if (byte !== space && index < length) {
      number = number * 10 + (byte - 48);
      continue;
    }
    if (field === ppid) into.parent = number;
    else if (field === utime || field === stime) into.cpuTicks += number;
    else if (field === threads) into.threads = number;
    else if (field === starttime) startTicks = number;
    else if (field === rss) {
      pages = number;
      break;
    }
    field += 1;
    number = 0;
  }
  if (pages < 0) return false;
  into.residentPages = pages;
  into.startTicks = startTicks;
  if (startTicks !== knownStart) {
    let begin = 0;
    while (begin < end && line[begin] !== opening) begin += 1;
    into.name = line.toString('utf8', begin + 1, end);
  }
  return true;
}

/** read_bytes and write_bytes of /proc/PID/io: what really went to a disk. */
export function readProcessIo(text: string): number | undefined {
  const read = /^read_bytes: (\d+)/m.exec(text)?.[1];
  const written = /^write_bytes: (\d+)/m.exec(text)?.[1];
  return read === undefined || written === undefined ? undefined : Number(read) + Number(written);
}
