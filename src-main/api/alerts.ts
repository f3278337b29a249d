/** Alerts, silences, history and rules: the procedures of contract/alerts.ts. */
import { implement } from '@orpc/server';
import type { AlertStage } from '../alerts/alert-stage.ts';
import { exportRulesJson, exportRulesPrometheus } from '../alerts/rule-book/export-rules.ts';
import { previewRule } from '../alerts/rule-book/preview.ts';
import { refusedPattern } from '../alerts/rule-book/refused-pattern.ts';
import { alertsContract } from '../contract/alerts/alert-procedures.ts';
import type { AnnotationKind } from '../contract/annotations.ts';
import { failed, type Outcome, ok } from '../contract/outcome.ts';
import type { AlertRule } from '../contract/settings/alerts.ts';
import type { Clock } from '../platform/clock.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { AlertRecords } from '../store/records/record-types.ts';
import type { StoreReader } from '../store/store-types.ts';
import { valueOrThrow } from './value-or-throw.ts';

export interface AlertsDeps {
  readonly clock: Clock;
  readonly alerts: AlertStage;
  readonly records: AlertRecords;
  readonly store: Pick<StoreReader, 'range' | 'listSeries'>;
  readonly settings: SettingsStore;
  readonly annotate: (kind: AnnotationKind, subject: string) => void;
}

export function alertsProcedures({ clock, alerts, records, store, settings, annotate }: AlertsDeps) {
  const os = implement(alertsContract);

  const saveRules = (change: (rules: readonly unknown[]) => unknown[], id: string, isOn?: boolean) =>
    settings.update((current) => ({
      alerts: {
        rules: change(current.alerts.rules),
        disabledRules: current.alerts.disabledRules.filter((one) => isOn === undefined || one !== id),
      },
    }));
  const others = (rules: readonly unknown[], id: string): unknown[] =>
    rules.filter((rule) => (rule as { id?: unknown } | null)?.id !== id);

  const saveRule = async (rule: AlertRule): Promise<Outcome<AlertRule>> => {
    const unusable = refusedPattern(rule);
    if (unusable !== undefined) return { ok: false, failure: unusable.failure };
    const saved = await saveRules((rules) => [...others(rules, rule.id), rule], rule.id, rule.isEnabled);
    return saved.ok ? ok(rule) : saved;
  };
  const removeRule = async (id: string): Promise<Outcome<Record<string, never>>> => {
    const { rules } = settings.current.alerts;
    if (others(rules, id).length === rules.length) return failed('no-such-rule', { rule: id });
    const saved = await saveRules((all) => others(all, id), id);
    return saved.ok ? ok({}) : saved;
  };

  /** Of a silence; empty where it holds for every rule. */
  const ruleOf = ({
    rule,
    alert,
  }: {
    readonly rule?: string | undefined;
    readonly alert?: string | undefined;
  }): string => rule ?? alerts.active.find(({ id }) => id === alert)?.rule ?? '';

  return os.router({
    alerts: {
      active: os.alerts.active.handler(() => alerts.active),
      acknowledge: os.alerts.acknowledge.handler(({ input, errors }) =>
        valueOrThrow(alerts.acknowledge(input.id, input.by), errors),
      ),
      unacknowledge: os.alerts.unacknowledge.handler(({ input, errors }) =>
        valueOrThrow(alerts.unacknowledge(input.id, input.by), errors),
      ),
      silences: os.alerts.silences.handler(() => alerts.silences),
      silence: os.alerts.silence.handler(({ input }) => {
        const silence = alerts.silence(input);
        annotate('silenced', ruleOf(input));
        return silence;
      }),
      removeSilence: os.alerts.removeSilence.handler(({ input }) => {
        const silence = alerts.silences.find(({ id }) => id === input.id);
        if (silence !== undefined) annotate('silence-ended', ruleOf(silence));
        alerts.removeSilence(input.id);
        return {};
      }),
      history: os.alerts.history.handler(({ input }) => records.history(input)),
      figures: os.alerts.figures.handler(({ input }) => records.figures(input)),
      rules: os.alerts.rules.handler(() => ({
        rules: alerts.rules.rules.map((one) => ({ ...one, seriesCount: alerts.seriesCount(one.rule.id) })),
        refused: alerts.rules.refused,
      })),
      saveRule: os.alerts.saveRule.handler(async ({ input, errors }) => valueOrThrow(await saveRule(input), errors)),
      removeRule: os.alerts.removeRule.handler(async ({ input, errors }) =>
        valueOrThrow(await removeRule(input.id), errors),
      ),
      preview: os.alerts.preview.handler(({ input, errors }) => {
        const unusable = refusedPattern(input.rule);
        if (unusable !== undefined) valueOrThrow({ ok: false, failure: unusable.failure }, errors);
        return previewRule(input.rule, input.days, clock.now(), store);
      }),
      exportRules: os.alerts.exportRules.handler(({ input }) => {
        const rules = alerts.rules.rules.map(({ rule }) => rule);
        return input.format === 'prometheus'
          ? { fileName: 'hakgal-rules.yml', text: exportRulesPrometheus(rules) }
          : { fileName: 'hakgal-rules.json', text: exportRulesJson(rules) };
      }),
    },
  });
}
