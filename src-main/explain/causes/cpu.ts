/** All processors are taken: by one program, by many, or by the host that this virtual machine runs on. */
import {
  type Cause,
  type CauseFinder,
  type Evidence,
  type FinderContext,
  figure,
  spanOf,
  sureByLength,
} from '../cause.ts';
import { findStretch, meanWithin, type Stretch } from '../stretch.ts';
import { blame, type Culprit } from '../who/blame.ts';
import { describe } from '../who/describe.ts';

/** Others begin to wait well before all of the time is taken. */
const busyPercent = 85;
/** With tasks waiting by the kernel's own measure, less is enough. */
const busyWithWaiting = 70;
const waitingRatio = 0.35;
const minSeconds = 8;
/** A program with less of the work did not do it alone. */
const namedShare = 0.4;
/** Where the tables show less of the work than this, they do not tell whose it is. */
const seenEnough = 0.5;
const stolenRatio = 0.25;
const nicedShare = 0.7;

export const cpuFinder: CauseFinder = {
  kind: 'cpu',
  find(context) {
    const { recording, lines, cores } = context;
    const busy = lines.one('system_cpu_percent');
    const waiting = lines.one('pressure_waiting_ratio', { resource: 'cpu' });
    const stolen = lines.one('cpu_mode_ratio', { mode: 'steal' });
    const causes: Cause[] = [];
    const theft = stolen && findStretch(recording, stolen.values, (value) => value >= stolenRatio, { minSeconds });
    if (theft !== undefined) causes.push(stolenByHost(context, theft));
    if (busy === undefined) return causes;
    const stretch =
      findStretch(recording, busy.values, (value) => value >= busyPercent, { minSeconds }) ??
      findStretch(
        recording,
        busy.values.map((value, index) => ((waiting?.values[index] ?? 0) >= waitingRatio ? value : 0)),
        (value) => value >= busyWithWaiting,
        { minSeconds },
      );
    if (stretch === undefined || isOnlyNiced(context, stretch)) return causes;
    const found = blame(recording, stretch, 'cpu');
    const usedCores = cores === null ? null : (stretch.mean / 100) * cores;
    // Short processes end between two looks: what nobody is seen to use, nobody is blamed for.
    const seen = found === undefined ? 0 : Math.min(1, usedCores === null ? 1 : sumOfAll(found.culprit) / usedCores);
    const share = found === undefined ? 0 : found.culprit.share * seen;
    const isNamed = found !== undefined && share >= namedShare;
    const length = sureByLength(stretch.seconds);
    const stolenMean = stolen === undefined ? 0 : (meanWithin(stolen.values, stretch) ?? 0);
    causes.push({
      kind: 'cpu',
      name: isNamed ? found.culprit.label : null,
      pid: isNamed ? found.culprit.pid : null,
      confidence: length * (isNamed ? Math.min(0.98, 0.5 + share * 0.6) : 0.6) * (stolenMean >= stolenRatio ? 0.5 : 1),
      severity: Math.min(1, stretch.mean / 100),
      ...spanOf(recording, stretch),
      statement: isNamed
        ? usedBy(found.culprit, cores)
        : seen < seenEnough
          ? byUnseen(stretch.mean)
          : byMany(stretch.mean),
      evidence: evidenceOf(context, stretch, found?.culprit),
      brings: ['service', 'database', 'monitor'],
      isSlowness: true,
    });
    return causes;
  },
};

/** Work of the lowest priority steps aside for everything else: a machine full of it is not slow. */
function isOnlyNiced({ lines }: FinderContext, stretch: Stretch): boolean {
  const mean = (mode: string): number => {
    const line = lines.one('cpu_mode_ratio', { mode });
    return line === undefined ? 0 : (meanWithin(line.values, stretch) ?? 0);
  };
  return mean('nice') >= nicedShare * (stretch.mean / 100);
}

const sumOfAll = ({ used, share }: Culprit): number => (share > 0 ? used / share : 0);

function usedBy(culprit: Culprit, cores: number | null): Evidence {
  const { who, values } = describe(culprit);
  const used = figure(culprit.used, 'cores');
  return cores === null
    ? {
        text: { en: `${who.en} uses {used} cores`, de: `${who.de} belegt {used} Kerne` },
        values: { ...values, used },
      }
    : {
        text: { en: `${who.en} uses {used} of {cores} cores`, de: `${who.de} belegt {used} von {cores} Kernen` },
        values: { ...values, used, cores: figure(cores, 'count') },
      };
}

const byMany = (percent: number): Evidence => ({
  text: {
    en: 'The CPU is {percent} busy, by many programs together',
    de: 'Die CPU ist zu {percent} ausgelastet, durch viele Programme zusammen',
  },
  values: { percent: figure(percent, 'percent') },
});

const byUnseen = (percent: number): Evidence => ({
  text: {
    en: 'The CPU is {percent} busy; which program it is, is not known',
    de: 'Die CPU ist zu {percent} ausgelastet; durch welches Programm, ist nicht bekannt',
  },
  values: { percent: figure(percent, 'percent') },
});

function stolenByHost({ recording }: FinderContext, stretch: Stretch): Cause {
  const share = figure(stretch.mean, 'ratio');
  return {
    kind: 'cpu',
    name: 'host',
    pid: null,
    confidence: sureByLength(stretch.seconds) * Math.min(0.95, 0.6 + stretch.mean),
    severity: Math.min(1, 0.5 + stretch.mean),
    ...spanOf(recording, stretch),
    statement: {
      text: {
        en: 'The host of this virtual machine withholds {share} of the CPU',
        de: 'Der Host dieser virtuellen Maschine enthält ihr {share} der CPU vor',
      },
      values: { share },
    },
    evidence: [
      { text: { en: 'Time stolen by the host: {share}', de: 'Vom Host entzogene Zeit: {share}' }, values: { share } },
    ],
    brings: ['service', 'database', 'monitor'],
    isSlowness: true,
  };
}

function evidenceOf({ lines }: FinderContext, stretch: Stretch, culprit: Culprit | undefined): readonly Evidence[] {
  const waiting = lines.one('pressure_waiting_ratio', { resource: 'cpu' });
  const load = lines.one('cpu_load_average', { window: '1m' });
  const loadMean = load && meanWithin(load.values, stretch);
  const waitingMean = waiting && meanWithin(waiting.values, stretch);
  return [
    {
      text: { en: 'CPU {percent} for {seconds}', de: 'CPU {percent} seit {seconds}' },
      values: { percent: figure(stretch.mean, 'percent'), seconds: figure(stretch.seconds, 'seconds') },
    },
    ...(culprit === undefined
      ? []
      : [
          {
            text: { en: '{name} has {share} of it', de: '{name} hat davon {share}' },
            values: { name: culprit.label, share: figure(culprit.share, 'ratio') },
          },
        ]),
    ...(waitingMean === undefined
      ? []
      : [
          {
            text: {
              en: 'Tasks waited for the CPU {share} of the time',
              de: 'Aufgaben warteten {share} der Zeit auf die CPU',
            },
            values: { share: figure(waitingMean, 'ratio') },
          },
        ]),
    ...(loadMean === undefined
      ? []
      : [
          { text: { en: 'Load average {load}', de: 'Systemlast {load}' }, values: { load: figure(loadMean, 'count') } },
        ]),
  ];
}
