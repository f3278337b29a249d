/**
 * How much each stream of OpenTelemetry grew since it was last heard: counters that go on are told from those that
 * began anew, and an export that is sent again counts once. Where a stream stands survives a restart.
 */
import { z } from 'zod';
import { dayMs } from '../../contract/shared/durations.ts';
import { hash53, SeenIds } from '../seen-ids.ts';
import { RecentMap } from './bounded.ts';

/** Sum and, of histograms, how many values. */
export interface Grown {
  readonly sum: number;
  readonly count: number;
}
export interface StreamPoint extends Grown {
  /** Everything that tells one stream from another. */
  readonly identity: string;
  /** ms since the epoch; 0 where not said. */
  readonly startAt: number;
  readonly at: number;
  readonly isDelta: boolean;
}

const mostStreams = 20_000;
/** What a counter that we never heard of had counted long ago was not spent now. */
const oldMs = 31 * dayMs;
const nothing: Grown = { sum: 0, count: 0 };

type Standing = readonly [startAt: number, at: number, sum: number, count: number];
const standingSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const streamPrefix = 'otlp-stream:';

export class Streams {
  readonly #streams: RecentMap<Standing>;
  readonly #exports = new SeenIds();
  readonly #changed = new Map<string, Standing | null>();
  /** Where these stood is forgotten: when one comes again, what it adds is known only from then on. */
  readonly #forgotten = new SeenIds();

  constructor() {
    this.#streams = new RecentMap(mostStreams, (key) => {
      this.#forgotten.add(key);
      this.#changed.set(key, null);
    });
  }

  restore(states: ReadonlyMap<string, unknown>): void {
    for (const [key, value] of states) {
      const parsed = key.startsWith(streamPrefix) ? standingSchema.safeParse(value) : undefined;
      if (parsed?.success) this.#streams.set(key.slice(streamPrefix.length), parsed.data);
    }
    this.#changed.clear();
  }

  grown(point: StreamPoint): Grown {
    const { identity, startAt, at, sum, count, isDelta } = point;
    const key = String(hash53(identity));
    if (isDelta) {
      const isRepeat = at > 0 && !this.#exports.add(`${key} ${startAt} ${at} ${sum} ${count}`);
      return isRepeat ? nothing : { sum, count };
    }
    const before = this.#streams.get(key);
    if (before !== undefined && before[0] === startAt && at > 0 && at < before[1]) return nothing;
    const now: Standing = [startAt, at, sum, count];
    this.#streams.set(key, now);
    this.#changed.set(key, now);
    if (before === undefined) {
      const isOld = startAt > 0 && startAt < at - oldMs;
      return isOld || this.#forgotten.has(key) ? nothing : { sum, count };
    }
    const goesOn = before[0] === startAt && sum >= before[2] && count >= before[3];
    return goesOn ? { sum: sum - before[2], count: count - before[3] } : { sum, count };
  }

  /** What changed since the last time, to be stored. */
  takeStates(): [string, unknown][] {
    const states = [...this.#changed].map(([key, value]): [string, unknown] => [`${streamPrefix}${key}`, value]);
    this.#changed.clear();
    return states;
  }
}
