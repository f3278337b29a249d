/** SIMULATED volumes, hour by hour: what is known to fill, and what only looks like it. */
import { repeatableRandom } from '../../../src-main/insights/capacity/random.ts';

export const worldNames = ['flat', 'steady', 'saw-tooth', 'growing saw-tooth', 'bursts', 'weekdays'] as const;
export type WorldName = (typeof worldNames)[number];

export const capacity = 100;
export const worldHours = 24 * 110;

/** Used units of 100 at each hour. */
export function makeWorld(name: WorldName, seed: number): Float64Array {
  const random = repeatableRandom(seed * 7_919 + worldNames.indexOf(name) * 104_729);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const used = new Float64Array(worldHours);
  const start = 30 + 35 * random();
  const perDay = 0.3 + 0.9 * random();
  const noise = 0.05 + 0.3 * random();
  const tooth = 5 + 20 * random();
  const period = Math.round(24 * (0.5 + 2 * random()));
  let [level, walk, burst, burstLeft] = [start, 0, 0, 0];
  for (let hour = 0; hour < worldHours; hour++) {
    const weekday = Math.floor(hour / 24) % 7;
    const dayNoise = normal() * noise;
    walk = 0.97 * walk + dayNoise * 0.3;
    if (name === 'steady' || name === 'growing saw-tooth') level += (perDay / 24) * (1 + 0.5 * normal());
    if (name === 'weekdays' && weekday < 5) {
      const isOffice = hour % 24 >= 8 && hour % 24 < 18;
      if (isOffice) level += ((perDay * 1.4) / 10) * (1 + 0.5 * normal());
    }
    if (name === 'bursts') {
      if (burstLeft > 0) burstLeft--;
      else burst = 0;
      if (burstLeft === 0 && random() < 1 / 60) [burst, burstLeft] = [5 + 20 * random(), Math.round(2 + 40 * random())];
    }
    const saw = name.endsWith('saw-tooth') ? (tooth * (hour % period)) / period : 0;
    used[hour] = Math.min(capacity, Math.max(0, level + walk + saw + burst));
  }
  return used;
}
