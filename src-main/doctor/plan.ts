/** From findings to repairs. Pure. */
import type { Finding } from '../contract/doctor/examination.ts';
import type { PlannedRepair } from '../contract/doctor/plan.ts';
import { repairs } from './repairs/index.ts';
import { type Intention, type Repair, type Situation, stages } from './repairs/repair.ts';

export interface Planned {
  readonly repair: Repair;
  readonly intention: Intention;
}

/** In running order. */
export function planRepairs(situation: Situation): Planned[] {
  return repairs
    .flatMap((repair) => {
      const intention = situation.tried.has(repair.id) ? null : repair.plan(situation);
      return intention === null ? [] : [{ repair, intention }];
    })
    .sort((one, other) => stages.indexOf(one.repair.stage) - stages.indexOf(other.repair.stage));
}

/** What the user chose out of the plan, or what the plan chose. */
export const chosenOf = (planned: readonly Planned[], ids: readonly string[] | undefined): Planned[] =>
  planned.filter(({ repair, intention }) => ids?.includes(repair.id) ?? intention.isChosen);

export const describe = ({ repair, intention }: Planned): PlannedRepair => ({
  id: repair.id,
  title: repair.title.en,
  what: intention.what,
  code: intention.code,
  ...(intention.values !== undefined && { values: intention.values }),
  risk: repair.risk,
  answers: [...new Set(intention.answers.map(({ kind }) => kind))],
  isChosen: intention.isChosen,
});

export function unansweredOf(findings: readonly Finding[], planned: readonly Planned[]): Finding[] {
  const answered = new Set(planned.flatMap(({ intention }) => intention.answers));
  return findings.filter((finding) => finding.severity === 'critical' && !answered.has(finding));
}
