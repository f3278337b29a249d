/**
 * The network fails or is taken: packets are lost, everything beyond this machine went away at once, or one flow fills
 * it.
 */
import {
  type Cause,
  type CauseFinder,
  type Evidence,
  type FinderContext,
  figure,
  spanOf,
  sureByLength,
} from '../cause.ts';
import type { Line } from '../recording.ts';
import { findStretch, growthWithin, sumOf, usualOutside } from '../stretch.ts';
import { downTargets } from './service.ts';

/** Fewer a second are lost everywhere. */
const lostPerSecond = 20;
/** What a flow must reach to be felt, and how far beyond what is usual here. */
const muchBytesPerSecond = 8_000_000;
const timesUsual = 6;
const minSeconds = 8;
/** Problems that are the way there and not the service. */
const wayProblems = new Set(['unreachable', 'unknown-host', 'timed-out', 'dns', 'no-route', 'network-down']);

export const networkFinder: CauseFinder = {
  kind: 'network',
  find: (context) => [...losses(context), ...allAway(context), ...flood(context)],
};

function losses({ recording, lines }: FinderContext): readonly Cause[] {
  const counters = [...lines.of('network_errors_total'), ...lines.of('network_drops_total')];
  return counters.flatMap((line): Cause[] => {
    const rates = ratesOf(recording, line);
    const stretch = findStretch(recording, rates, (value) => value >= lostPerSecond, { minSeconds, dipSeconds: 11 });
    if (stretch === undefined) return [];
    const device = line.labels.interface ?? '';
    const rate = figure(growthWithin(line, stretch), 'per_second');
    const statement: Evidence = {
      text: { en: 'The network loses packets on {device}: {rate}', de: 'Das Netz verliert Pakete an {device}: {rate}' },
      values: { device, rate },
    };
    return [cause(recording, stretch, device, 0.8 * sureByLength(stretch.seconds), statement, [])];
  });
}

/**
 * Growth a second from one value to the next, which may lie some seconds apart; a counter that began anew grew by
 * nothing.
 */
function ratesOf(recording: FinderContext['recording'], { values }: Line): readonly (number | undefined)[] {
  let before: number | undefined;
  let beforeAt = 0;
  return values.map((value, index) => {
    if (value === undefined) return undefined;
    const at = recording[index]?.at ?? 0;
    const rate =
      before === undefined || at <= beforeAt ? undefined : Math.max(0, value - before) / ((at - beforeAt) / 1_000);
    before = value;
    beforeAt = at;
    return rate;
  });
}

/** Several targets beyond this machine went away together, with problems of the way there. */
function allAway(context: FinderContext): readonly Cause[] {
  const { recording, lines } = context;
  const looked = lines.of('target_up').filter(({ labels }) => labels.kind === 'http' || labels.kind === 'port');
  const away = downTargets(context).filter(
    ({ kind, problem }) => (kind === 'http' || kind === 'port') && problem !== undefined && wayProblems.has(problem),
  );
  if (away.length < 2 || away.length < looked.length * 0.6) return [];
  const first = away.reduce((a, b) => (a.stretch.from <= b.stretch.from ? a : b));
  const names = away.map(({ target }) => target).join(', ');
  const statement: Evidence = {
    text: {
      en: 'The network is away: {count} targets cannot be reached',
      de: 'Das Netz ist weg: {count} Ziele sind nicht erreichbar',
    },
    values: { count: String(away.length) },
  };
  const evidence: Evidence = { text: { en: 'Not reached: {names}', de: 'Nicht erreicht: {names}' }, values: { names } };
  return [cause(recording, first.stretch, null, 0.92, statement, [evidence])];
}

function flood({ recording, lines }: FinderContext): readonly Cause[] {
  const directions = ['receive', 'transmit'] as const;
  return directions.flatMap((direction): Cause[] => {
    const flows = lines
      .of(`network_${direction}_bytes_per_second`)
      .filter(({ labels }) => !/^(lo|lo0|docker\d*|veth.*|br-.*)$/.test(labels.interface ?? ''));
    if (flows.length === 0) return [];
    const sum = sumOf(flows, recording.length);
    const stretch = findStretch(recording, sum, (value) => value >= muchBytesPerSecond, { minSeconds, dipSeconds: 11 });
    const usual = stretch && usualOutside(sum, stretch);
    if (stretch === undefined || usual === undefined || stretch.mean < usual * timesUsual) return [];
    const isSlow = [...lines.of('http_target_response_seconds'), ...lines.of('port_target_connect_seconds')].some(
      ({ values }) => (usualOutside(values, stretch) ?? Number.POSITIVE_INFINITY) * 2.5 < worst(values, stretch),
    );
    const device = flows.reduce((most, line) =>
      worst(line.values, stretch) > worst(most.values, stretch) ? line : most,
    );
    const rate = figure(stretch.mean, 'bytes_per_second');
    const statement: Evidence =
      direction === 'receive'
        ? {
            text: { en: 'The network is busy: {rate} come in', de: 'Das Netz ist ausgelastet: {rate} kommen herein' },
            values: { rate },
          }
        : {
            text: { en: 'The network is busy: {rate} go out', de: 'Das Netz ist ausgelastet: {rate} gehen hinaus' },
            values: { rate },
          };
    // Whose it is no system says; a flow alone slows nobody down.
    return [cause(recording, stretch, device.labels.interface ?? null, isSlow ? 0.78 : 0.52, statement, [])];
  });
}

const worst = (
  values: readonly (number | undefined)[],
  { from, until }: { readonly from: number; readonly until: number },
) => Math.max(0, ...values.slice(from, until).filter((value) => value !== undefined));

const cause = (
  recording: FinderContext['recording'],
  stretch: Parameters<typeof spanOf>[1] & { readonly isOpen: boolean },
  name: string | null,
  confidence: number,
  statement: Evidence,
  evidence: readonly Evidence[],
): Cause => ({
  kind: 'network',
  name,
  pid: null,
  confidence,
  severity: 0.75,
  ...spanOf(recording, stretch),
  statement,
  evidence,
  brings: ['service'],
  isSlowness: false,
});
