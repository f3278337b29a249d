/**
 * Asks the kernel whether anybody at all has a file open, programs of other users and in containers included: it grants
 * a write lease (fcntl(2), F_SETLEASE) only on a file that nobody else has open. Node has no such call; perl and python
 * have, and most systems one of them.
 */
import { runCommandNow } from '../../platform/run-command.ts';

export type LeaseAnswer = 'free' | 'held' | 'unknown';

/**
 * F_SETLEASE is 1024, F_WRLCK 1, EAGAIN 11 on every Linux. The words go to standard output, since other ends have codes
 * of their own.
 */
const askers: readonly (readonly [program: string, ...parameters: string[]])[] = [
  [
    '/usr/bin/perl',
    '-e',
    'open(my $f,"<",$ARGV[0]) or exit 1; print fcntl($f,1024,1) ? "free" : $!+0==11 ? "held" : "unknown"',
  ],
  [
    '/usr/bin/python3',
    '-Sc',
    [
      'import fcntl,os,sys',
      'try: fcntl.fcntl(os.open(sys.argv[1],os.O_RDONLY),1024,1);print("free",end="")',
      'except OSError as error: print("held" if error.errno==11 else "unknown",end="")',
    ].join('\n'),
  ],
];

/** `unknown`: no such program here, or the file is another user's or on a file system without leases. */
export function askForLease(path: string): LeaseAnswer {
  for (const [program, ...parameters] of askers) {
    const asked = runCommandNow(program, [...parameters, path], { timeoutMs: 2_000 });
    if (asked.ok && (asked.value === 'free' || asked.value === 'held')) return asked.value;
  }
  return 'unknown';
}
