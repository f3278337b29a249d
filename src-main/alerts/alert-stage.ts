/** The alert rules as the data path has them: evaluates each batch, keeps the engine fed with settings, hands transitions on. */
import type { ActiveAlert } from '../contract/alert.ts';
import type { Transition } from '../contract/alerts.ts';
import type { Batch } from '../contract/batch.ts';
import { AlertEngine, type AlertEngineOptions } from './evaluate-alerts.ts';
import { type RuleSettings, readRules } from './read-rules.ts';

export interface AlertStageDeps extends AlertEngineOptions {
  readonly rules: RuleSettings;
  readonly notifier: { deliver(transitions: readonly Transition[]): void };
}

export interface AlertStage {
  evaluate(batch: Batch): void;
  readonly active: readonly ActiveAlert[];
  setRules(rules: RuleSettings): void;
}

export function createAlertStage({ rules, notifier, ...options }: AlertStageDeps): AlertStage {
  const inForce = (settings: RuleSettings) => readRules(settings).rules.map(({ rule }) => rule);
  const engine = new AlertEngine(inForce(rules), options);
  return {
    evaluate(batch) {
      const { transitions } = engine.evaluate(batch);
      if (transitions.length > 0) notifier.deliver(transitions);
    },
    get active() {
      return engine.active;
    },
    setRules: (settings) => engine.setRules(inForce(settings)),
  };
}
