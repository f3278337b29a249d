/** Between finding a file in use and going on: the user sees who has it open, and may stop waiting. */
import type { HolderAnswer } from '../../contract/doctor/examination.ts';
import type { Clock } from '../../platform/clock.ts';
import type { JobHandle } from './jobs.ts';

/** Between two looks at who holds the file. */
const lookAgainMs = 1_000;

/**
 * @param look who holds the file now; what the system does not tell counts as held
 * @returns false when the user does not want to wait any longer
 */
export async function waitUntilFree(
  look: () => Promise<HolderAnswer>,
  handle: Pick<JobHandle, 'ask' | 'unask' | 'progress' | 'signal'>,
  clock: Clock,
): Promise<boolean> {
  let goesOn = true;
  let asked: Promise<void> | undefined;
  for (;;) {
    const answer = await look();
    if (answer.state === 'free') break;
    handle.progress('wait', 0);
    asked ??= handle.ask({ kind: 'held', holders: answer.holders }).then((go) => {
      goesOn = go;
      asked = undefined;
    });
    await Promise.race([asked, clock.sleep(lookAgainMs, handle.signal)]);
    if (!goesOn) return false;
  }
  handle.unask();
  await asked;
  return goesOn;
}
