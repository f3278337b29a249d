/** Run-out dates of simulated volumes beside a straight line over six hours. */
import { foretellRunOut } from '../../../src-main/insights/capacity/run-out.ts';
import type { BenchRow } from '../bench-row.ts';
import { capacity, makeWorld, worldNames } from './capacity-worlds.ts';

const hourMs = 3_600_000;
const worlds = 16;
const knownHours = 24 * 28;

interface Tally {
  origins: number;
  falseDay: number;
  falseWeek: number;
  lineDay: number;
  lineWeek: number;
  covered: number;
  dated: number;
  missed: number;
  readonly factors: number[];
}

export function capacityRows(): readonly BenchRow[] {
  return worldNames.map((name): BenchRow => {
    const sum = tally(name);
    const share = (count: number, of: number): number => (of === 0 ? 0 : (100 * count) / of);
    const factor = sum.factors.toSorted((a, b) => a - b)[sum.factors.length >> 1];
    const [day, week] = [share(sum.falseDay, sum.origins), share(sum.falseWeek, sum.origins)];
    const covered = share(sum.covered, sum.dated);
    const isDated = sum.dated >= 50;
    const dates = isDated ? `, 80 % range covers ${covered.toFixed(0)} %, median factor ${factor?.toFixed(2)}` : '';
    return {
      what: `capacity, simulated: ${name}`,
      ours: `false within a day ${day.toFixed(1)} %, a week ${week.toFixed(1)} %${dates}`,
      reference: `line of 6 h: ${share(sum.lineDay, sum.origins).toFixed(1)} %, ${share(sum.lineWeek, sum.origins).toFixed(1)} %`,
      target: isDated ? '<= 1 %, <= 2 %, 75–90 %, <= 1.1' : '<= 1 %, <= 2 %',
      isMet: day <= 1 && week <= 2 && (!isDated || (covered >= 75 && covered <= 90 && (factor as number) <= 1.1)),
      note: `${sum.origins} origins, ${sum.dated} with a date, ${sum.missed} that filled within 60 days without one`,
    };
  });
}

function tally(name: (typeof worldNames)[number]): Tally {
  const sum: Tally = {
    origins: 0,
    falseDay: 0,
    falseWeek: 0,
    lineDay: 0,
    lineWeek: 0,
    covered: 0,
    dated: 0,
    missed: 0,
    factors: [],
  };
  for (let seed = 1; seed <= worlds; seed++) {
    const used = makeWorld(name, seed);
    const full = used.findIndex((value) => value >= capacity);
    const end = full < 0 ? used.length : full;
    for (let origin = knownHours; origin < end; origin += 30) {
      const hours = Array.from({ length: knownHours }, (_, index) => origin - knownHours + index + 1);
      const usage = { at: hours.map((hour) => hour * hourMs), used: hours.map((hour) => used[hour] as number) };
      const answer = foretellRunOut(usage, capacity, origin * hourMs);
      // Beyond the simulated time it is unknown: only what was foretold within it counts.
      const actual = full < 0 ? Number.POSITIVE_INFINITY : full - origin;
      const told = answer.kind === 'runs-out' ? answer.runOut.median / 3_600 : Number.POSITIVE_INFINITY;
      sum.origins++;
      if (told < 24 && actual > 36) sum.falseDay++;
      if (told < 168 && actual > 202) sum.falseWeek++;
      const line = lineToFull(usage.used.slice(-7));
      if (line < 24 && actual > 36) sum.lineDay++;
      if (line < 168 && actual > 202) sum.lineWeek++;
      if (full < 0 || actual > 24 * 60 || actual < 12) continue;
      if (answer.kind !== 'runs-out') {
        sum.missed++;
        continue;
      }
      sum.dated++;
      const { earliest, latest } = answer.runOut;
      if (actual * 3_600 >= earliest && (latest === null || actual * 3_600 <= latest)) sum.covered++;
      sum.factors.push(Math.max(told / actual, actual / told));
    }
  }
  return sum;
}

/** Hours, by least squares. */
function lineToFull(last: readonly number[]): number {
  const middle = (last.length - 1) / 2;
  const mean = last.reduce((sum, one) => sum + one, 0) / last.length;
  let [up, square] = [0, 0];
  for (const [index, value] of last.entries()) {
    up += (index - middle) * (value - mean);
    square += (index - middle) ** 2;
  }
  return up <= 0 ? Number.POSITIVE_INFINITY : (capacity - (last.at(-1) as number)) / (up / square);
}
