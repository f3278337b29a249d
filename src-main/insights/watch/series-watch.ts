/**
 * One series: seconds become minutes, minutes are judged, and what is unusual becomes an anomaly with a beginning and
 * an end. Pure.
 */
import type { Anomaly, AnomalyKind } from '../../contract/insights/anomalies.ts';
import { hourMs, minuteMs } from '../../contract/shared/durations.ts';
import { createDetector, type DetectorState, judgePoint } from '../detect/anomaly-detector.ts';
import { type CalmHours, confidenceOf, createCalmHours, learnMinutes } from './calm-hours.ts';
import { leastEffect } from './worth-watching.ts';

/** All that a series needs to go on after a restart; JSON. */
export interface SeriesState {
  readonly detector: DetectorState;
  readonly hours: CalmHours;
  lastMinute: number;
  /** Of a counter, to take growth from. */
  lastValue: number | null;
  open: OpenAnomaly | null;
  /** What a person called expected: hours of the local day, and up to which rarity. */
  readonly expectedHours: { hour: number; rarity: number }[];
}

export interface OpenAnomaly {
  readonly id: string;
  readonly from: number;
  readonly kind: AnomalyKind;
  expected: number | null;
  value: number | null;
  confidence: number;
  rarity: number;
  calmMinutes: number;
  lastUnusual: number;
}

/** One in a million by the tail, which is some ten times too sure of itself. */
const leastRarity = 5;
const leastConfidence = 0.95;
/** Beyond the strongest known by this much: with hundreds of series some record falls every hour. */
const beyondKnown = 0.9;
const calmToEnd = 5;
const longestMs = 6 * hourMs;
const spikeMs = 5 * minuteMs;

export const createSeriesState = (): SeriesState => ({
  detector: createDetector(),
  hours: createCalmHours(),
  lastMinute: 0,
  lastValue: null,
  open: null,
  expectedHours: [],
});

export interface MinuteContext {
  readonly series: Pick<Anomaly, 'series' | 'metric' | 'labels'>;
  /** Start of the minute, ms since the epoch, and what is to be added for local time. */
  readonly at: number;
  readonly localOffsetMs: number;
  /** After a start, a sleep or a gap nothing begins for a while. */
  readonly isMuted: boolean;
  /** For an hour after that the hourly mean still holds what came before. */
  readonly isSettling: boolean;
}

export interface MinuteResult {
  readonly began: Anomaly | null;
  readonly ended: Anomaly | null;
}

/** Judges the mean of a minute and learns it. */
export function watchMinute(state: SeriesState, value: number, context: MinuteContext): MinuteResult {
  const { at, localOffsetMs, series } = context;
  const { detector } = state;
  const local = at + localOffsetMs;
  const levelBefore = detector.level;
  const { rarity, expected } = judgePoint(detector, local, value);
  const minutes = Math.max(1, Math.min(5, Math.round((at - state.lastMinute) / minuteMs)));
  state.lastMinute = at;
  const away = Math.abs(value - expected);
  const confidence = confidenceOf(state.hours, rarity * beyondKnown);
  learnMinutes(state.hours, rarity, minutes);
  const isFar = away >= leastEffect(series.metric, expected);
  const { open } = state;
  if (open !== null) return { began: null, ended: goOn(state, open, { value, at, isFar, rarity }, series) };
  const hour = Math.floor(local / hourMs) % 24;
  const isUnusual = isFar && rarity >= leastRarity && confidence >= leastConfidence && !context.isMuted;
  const isKnown = state.expectedHours.some((one) => hoursApart(one.hour, hour) <= 1 && rarity <= one.rarity * 1.25);
  if (!isUnusual || isKnown) return { began: null, ended: null };
  const seasonal = Math.abs(expected - levelBefore);
  const isMiss = seasonal >= leastEffect(series.metric, levelBefore) && Math.abs(value - levelBefore) < seasonal / 2;
  // One minute near the usual and yet rare by the hour's mean: it crept.
  const kind: AnomalyKind = isMiss ? 'seasonal-miss' : away < 4 * detector.spread ? 'drift' : 'spike';
  if (kind === 'drift' && context.isSettling) return { began: null, ended: null };
  state.open = {
    ...{ id: `${series.series}@${at}`, from: at, kind, expected, value, confidence, rarity },
    ...{ calmMinutes: 0, lastUnusual: at },
  };
  return { began: anomalyOf(state.open, series, null), ended: null };
}

function goOn(
  state: SeriesState,
  open: OpenAnomaly,
  { value, at, isFar, rarity }: { value: number; at: number; isFar: boolean; rarity: number },
  series: MinuteContext['series'],
): Anomaly | null {
  if (
    open.value === null ||
    Math.abs(value - (open.expected as number)) > Math.abs(open.value - (open.expected as number))
  )
    open.value = value;
  open.rarity = Math.max(open.rarity, rarity);
  // The level follows a shift, so what is unusual is measured against what was usual when it began, too.
  const isBack = Math.abs(value - (open.expected as number)) < leastEffect(series.metric, open.expected as number);
  if (isFar && !isBack) {
    open.calmMinutes = 0;
    open.lastUnusual = at;
  } else open.calmMinutes++;
  if (open.calmMinutes < calmToEnd && at - open.from < longestMs) return null;
  state.open = null;
  return anomalyOf(open, series, open.lastUnusual + minuteMs);
}

/** A series that spoke every minute for an hour says nothing. */
export function watchSilence(state: SeriesState, context: MinuteContext): MinuteResult {
  if (state.open !== null || context.isMuted || state.hours.hourCount < 24) return { began: null, ended: null };
  const confidence = 1 - 1 / (state.hours.hourCount + 1);
  const from = state.lastMinute + minuteMs;
  state.open = {
    ...{ id: `${context.series.series}@${from}`, from, kind: 'silence', expected: state.detector.level, value: null },
    ...{ confidence, rarity: leastRarity, calmMinutes: 0, lastUnusual: context.at },
  };
  return { began: anomalyOf(state.open, context.series, null), ended: null };
}

/** What was silent speaks again. */
export function endSilence(state: SeriesState, context: MinuteContext): Anomaly | null {
  const { open } = state;
  if (open?.kind !== 'silence') return null;
  state.open = null;
  return anomalyOf(open, context.series, context.at);
}

export function anomalyOf(open: OpenAnomaly, series: MinuteContext['series'], until: number | null): Anomaly {
  const lasted = (until ?? open.lastUnusual) - open.from;
  const isSilence = open.kind === 'silence';
  return {
    ...series,
    ...{ id: open.id, from: open.from, until, confidence: open.confidence, isExpected: false },
    // Whether it came back is known only afterwards.
    kind: open.kind === 'spike' && lasted > spikeMs ? 'shift' : open.kind,
    expected: isSilence ? null : open.expected,
    value: open.value,
  };
}

const hoursApart = (one: number, other: number): number => {
  const apart = Math.abs(one - other);
  return Math.min(apart, 24 - apart);
};
