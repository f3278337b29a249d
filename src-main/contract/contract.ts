/** Everything a renderer or a script may ask: one file an area, one line here. */
import { doctorContract } from './doctor.ts';
import { systemContract } from './system.ts';

export const contract = {
  ...systemContract,
  ...doctorContract,
};
