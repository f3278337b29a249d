/** Programs wait for a disk: it is busy all of the time, or has no room left to write to. */
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
import { findStretch, meanWithin, type Stretch, sumOf } from '../stretch.ts';
import { blame, type Culprit } from '../who/blame.ts';
import { describe } from '../who/describe.ts';

const busyRatio = 0.85;
const waitingRatio = 0.3;
const iowaitRatio = 0.25;
const fullRatio = 0.985;
const minSeconds = 8;
const namedShare = 0.45;
/** Less than this a second is no load to any disk; a busy one then waits for something else. */
const telling = 1_000_000;

export const diskFinder: CauseFinder = {
  kind: 'disk',
  find(context) {
    const full = fullVolumes(context);
    const busy = busyDisk(context);
    return busy === undefined ? full : [...full, busy];
  },
};

function busyDisk(context: FinderContext): Cause | undefined {
  const { recording, lines } = context;
  const waiting = lines.one('pressure_waiting_ratio', { resource: 'io' });
  const iowait = lines.one('cpu_mode_ratio', { mode: 'iowait' });
  const disks = lines.of('disk_activity_busy_ratio');
  const signs = [
    ...disks.map((line) => ({ line, limit: busyRatio, device: line.labels.device })),
    ...(waiting === undefined ? [] : [{ line: waiting, limit: waitingRatio, device: undefined }]),
    ...(iowait === undefined ? [] : [{ line: iowait, limit: iowaitRatio, device: undefined }]),
  ].flatMap(({ line, limit, device }) => {
    const stretch = findStretch(recording, line.values, (value) => value >= limit, { minSeconds });
    return stretch === undefined ? [] : [{ line, stretch, device }];
  });
  const longest = signs.reduce<(typeof signs)[number] | undefined>(
    (most, sign) => (sign.stretch.seconds > (most?.stretch.seconds ?? 0) ? sign : most),
    undefined,
  );
  if (longest === undefined) return undefined;
  const { stretch } = longest;
  // A disk that is busy while nobody waits for it (a scrub, a slow card) slows nothing down, where waiting is known at
  // all.
  const waits = [waiting, iowait].flatMap((line) =>
    line === undefined ? [] : [meanWithin(line.values, stretch) ?? 0],
  );
  const isWaitedFor = waits.length === 0 ? undefined : Math.max(...waits) >= 0.08;
  if (isWaitedFor === false) return undefined;
  const found = blame(recording, stretch, 'disk');
  const isNamed = found !== undefined && found.culprit.share >= namedShare && found.culprit.used >= telling;
  const device = signs.find((sign) => sign.device !== undefined)?.device;
  const certainty = (signs.length > 1 ? 0.95 : isWaitedFor === undefined ? 0.75 : 0.85) * (isNamed ? 1 : 0.8);
  return {
    kind: 'disk',
    name: isNamed ? found.culprit.label : null,
    pid: isNamed ? found.culprit.pid : null,
    confidence: sureByLength(stretch.seconds) * certainty,
    severity: 0.9,
    ...spanOf(recording, stretch),
    statement: isNamed ? usedBy(found.culprit) : unknownUser(device),
    evidence: evidenceOf(context, stretch, disks, [waiting, iowait]),
    brings: ['database', 'service', 'monitor'],
    isSlowness: true,
  };
}

function usedBy(culprit: Culprit): Evidence {
  const { who, values } = describe(culprit);
  return {
    text: { en: `${who.en} keeps the disk busy with {rate}`, de: `${who.de} lastet den Datenträger mit {rate} aus` },
    values: { ...values, rate: figure(culprit.used, 'bytes_per_second') },
  };
}

const unknownUser = (device: string | undefined): Evidence =>
  device === undefined
    ? {
        text: {
          en: 'Programs wait for the disk; by whom it is used is not known',
          de: 'Programme warten auf den Datenträger; wer ihn benutzt, ist nicht bekannt',
        },
        values: {},
      }
    : {
        text: {
          en: 'Programs wait for the disk {device}; by whom it is used is not known',
          de: 'Programme warten auf den Datenträger {device}; wer ihn benutzt, ist nicht bekannt',
        },
        values: { device },
      };

function evidenceOf(
  { recording, lines }: FinderContext,
  stretch: Stretch,
  disks: readonly Line[],
  waits: readonly (Line | undefined)[],
): readonly Evidence[] {
  const evidence: Evidence[] = [];
  for (const disk of disks) {
    const busy = meanWithin(disk.values, stretch);
    if (busy !== undefined && busy >= busyRatio * 0.8)
      evidence.push({
        text: { en: '{device} busy {busy} of the time', de: '{device} zu {busy} der Zeit beschäftigt' },
        values: { device: disk.labels.device ?? '', busy: figure(busy, 'ratio') },
      });
  }
  const [waiting, iowait] = waits.map((line) => line && meanWithin(line.values, stretch));
  if (waiting !== undefined)
    evidence.push({
      text: {
        en: 'Tasks waited for the disk {share} of the time',
        de: 'Aufgaben warteten {share} der Zeit auf den Datenträger',
      },
      values: { share: figure(waiting, 'ratio') },
    });
  else if (iowait !== undefined)
    evidence.push({
      text: {
        en: 'The CPU waited for the disk {share} of the time',
        de: 'Die CPU wartete {share} der Zeit auf den Datenträger',
      },
      values: { share: figure(iowait, 'ratio') },
    });
  for (const [direction, text] of [
    ['read', { en: 'Reads {rate}', de: 'Lesen {rate}' }],
    ['write', { en: 'Writes {rate}', de: 'Schreiben {rate}' }],
  ] as const) {
    const rate = meanWithin(sumOf(lines.of(`disk_activity_${direction}_bytes_per_second`), recording.length), stretch);
    if (rate !== undefined) evidence.push({ text, values: { rate: figure(rate, 'bytes_per_second') } });
  }
  return evidence;
}

function fullVolumes({ recording, lines }: FinderContext): Cause[] {
  return lines.of('disk_space_used_ratio').flatMap((line): Cause[] => {
    const stretch = findStretch(recording, line.values, (value) => value >= fullRatio, { minSeconds: 1 });
    const place = line.labels.volume ?? Object.values(line.labels)[0];
    if (stretch === undefined || place === undefined || !stretch.isOpen || isImage(place, line)) return [];
    const used = figure(stretch.mean, 'ratio');
    const writer = blame(recording, stretch, 'disk');
    const isNamed = writer !== undefined && writer.culprit.share >= namedShare && writer.culprit.used >= telling;
    return [
      {
        kind: 'disk',
        name: isNamed ? writer.culprit.label : place,
        pid: isNamed ? writer.culprit.pid : null,
        confidence: 0.85,
        severity: 0.95,
        ...spanOf(recording, stretch),
        statement: {
          text: {
            en: '{place} is {used} full; programs that write there fail',
            de: '{place} ist zu {used} voll; Programme, die dort schreiben, scheitern',
          },
          values: { place, used },
        },
        evidence: [{ text: { en: '{place} {used} full', de: '{place} zu {used} voll' }, values: { place, used } }],
        brings: ['database', 'service'],
        isSlowness: false,
      },
    ];
  });
}

/** Images and discs are made full and stay so: nobody writes to them. */
const isImage = (place: string, { values }: Line): boolean =>
  /^\/(snap|media|run\/media|Volumes|mnt\/cdrom|cdrom)\//.test(`${place}/`) &&
  values.every((value) => value === undefined || value >= 0.9999);
