/** Rules as the evaluation wants them: one level each, times in ms, label matches as functions. Pure. */
import { type Severity, severities } from '../../contract/alerts/alert.ts';
import type { Labels } from '../../contract/metric.ts';
import { assertNever } from '../../contract/outcome.ts';
import type { AlertRule } from '../../contract/settings/alerts.ts';
import type { LabelMatch, RuleWindow } from '../../contract/settings/rule-parts.ts';
import { compilePattern } from '../../platform/linear-pattern.ts';
import type { AlertTiming } from './alert-state.ts';
import type { LevelBounds } from './observe.ts';

/** One level of one rule: the unit that has alerts. */
export interface CompiledLevel {
  /** Unique: rule id and severity. */
  readonly id: string;
  readonly rule: AlertRule;
  readonly severity: Severity;
  readonly bounds: LevelBounds;
  readonly timing: AlertTiming;
  /** A rule with lesser levels, or one that names others: most mute nobody. */
  readonly canMute: boolean;
  /** Levels with the same selection share the series and their windowed values. */
  readonly selectionId: string;
}

export interface Selection {
  readonly id: string;
  readonly metric: string;
  readonly window: RuleWindow;
  readonly staleMs: number | undefined;
  /** The mildest threshold of the rules over it: a value within them concerns none. */
  readonly mildest: { readonly above: number; readonly below: number };
  matches(labels: Labels): boolean;
}

export interface CompiledRules {
  readonly levels: readonly CompiledLevel[];
  readonly selections: readonly Selection[];
}

export function compileRules(rules: readonly AlertRule[]): CompiledRules {
  const selections = new Map<string, Selection>();
  const levels: CompiledLevel[] = [];
  for (const rule of rules) {
    if (!rule.isEnabled) continue;
    const own = select(rule);
    const { above, below } = selections.get(own.id)?.mildest ?? own.mildest;
    const mildest = { above: Math.min(above, own.mildest.above), below: Math.max(below, own.mildest.below) };
    selections.set(own.id, { ...own, mildest });
    let hasLesser = false;
    for (const severity of severities) {
      const level = rule.levels[severity];
      if (level === undefined) continue;
      levels.push({
        id: levelId(rule.id, severity),
        rule,
        severity,
        bounds: {
          direction: rule.direction,
          threshold: level.threshold,
          recoveryThreshold: level.recoveryThreshold ?? level.threshold,
        },
        timing: timingOf(rule),
        canMute: hasLesser || rule.inhibits.length > 0,
        selectionId: own.id,
      });
      hasLesser = true;
    }
  }
  return { levels, selections: [...selections.values()] };
}

export const levelId = (ruleId: string, severity: Severity): string => `${ruleId}|${severity}`;

function timingOf(rule: AlertRule): AlertTiming {
  const holdMs = rule.holdSeconds * 1000;
  const keepFiringMs = rule.keepFiringSeconds * 1000;
  const coolDownMs = rule.coolDownSeconds * 1000;
  // 21 checks must span several rounds of firing and resolving, and one round takes at least these three times.
  const flapCheckMs = Math.max(1000, (holdMs + keepFiringMs + coolDownMs) / 4);
  return {
    holdMs,
    keepFiringMs,
    coolDownMs,
    // "Absence" turns silence into a number, so there is always data.
    noData: rule.noData,
    flapCheckMs: rule.detectFlapping ? flapCheckMs : undefined,
  };
}

function select(rule: AlertRule): Selection {
  const staleMs = rule.staleSeconds === undefined ? undefined : rule.staleSeconds * 1000;
  const tests = rule.match.map(toTest);
  const thresholds = Object.values(rule.levels).flatMap((level) => (level === undefined ? [] : [level.threshold]));
  const isAbove = rule.direction === 'above';
  return {
    id: JSON.stringify([rule.metric, rule.match, rule.window, staleMs]),
    metric: rule.metric,
    window: rule.window,
    staleMs,
    mildest: {
      above: isAbove ? Math.min(...thresholds) : Number.POSITIVE_INFINITY,
      below: isAbove ? Number.NEGATIVE_INFINITY : Math.max(...thresholds),
    },
    matches: (labels) => tests.every((test) => test(labels)),
  };
}

function toTest({ label, operator, value }: LabelMatch): (labels: Labels) => boolean {
  switch (operator) {
    case 'equal':
      return (labels) => (labels[label] ?? '') === value;
    case 'not-equal':
      return (labels) => (labels[label] ?? '') !== value;
    case 'matches':
    case 'not-matches': {
      const whole = compilePattern(value, { isWhole: true });
      // Rules in force have usable patterns (`read-rules.ts`); one that came here all the same selects nothing.
      return (labels) => whole.ok && whole.value.test(labels[label] ?? '') === (operator === 'matches');
    }
    default:
      return assertNever(operator);
  }
}
