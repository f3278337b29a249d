/**
 * Situations that people call "slow", and quiet ones that they do not; each with the cause that a person would name.
 */
import { record } from './machine.ts';
import { cpu } from './situations/cpu.ts';
import { databases } from './situations/databases.ts';
import { disk } from './situations/disk.ts';
import { memory } from './situations/memory.ts';
import { others } from './situations/others.ts';
import { quiet } from './situations/quiet.ts';
import { services } from './situations/services.ts';
import type { Situation } from './situations/situation.ts';

export type { Situation };

export const situations: readonly Situation[] = [
  ...cpu,
  ...memory,
  ...disk,
  ...databases,
  ...services,
  ...others,
  ...quiet,
];
export const recordingOf = ({ machine }: Situation) => record(machine);
