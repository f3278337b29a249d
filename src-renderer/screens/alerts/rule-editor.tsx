/** One rule as a form, with what it would have done in the last days. */
import { type Severity, severities } from '@contract/alerts/alert.ts';
import type { RuleView } from '@contract/alerts/alert-procedures.ts';
import type { MetricInfo, Unit } from '@contract/metric.ts';
import type { AlertRuleInput } from '@contract/settings/alerts.ts';
import {
  Alert,
  Button,
  Drawer,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { type FormEvent, type ReactNode, useCallback, useState } from 'react';
import { ruleTitle } from '../../alert/describe-alert.ts';
import { useAction } from '../../api/use-api.ts';
import { useClient } from '../../api/use-client.tsx';
import { ownLast } from '../../api/use-metrics.ts';
import { DialogFooter } from '../../forms/dialog-footer.tsx';
import { type Texts, useText } from '../../i18n/use-text.tsx';
import { useFocusReturn } from '../../ui/use-focus-return.ts';
import { type RuleDraft, ruleIdOf } from './rule-draft.ts';
import { RulePreview } from './rule-preview.tsx';

export interface RuleEditorProps {
  readonly draft: RuleDraft;
  /** The rule that is edited; absent for a new one. */
  readonly view?: RuleView;
  readonly metrics: readonly MetricInfo[];
  readonly onClose: () => void;
}

const windows = ['last', 'average', 'min', 'max', 'rate'] as const;
type WindowKind = (typeof windows)[number];
const defaultWindowSeconds = 60;
/** Units in which levels are set, as the store has them; a ratio and a count have none. */
const suffixes: Partial<Record<Unit, string>> = {
  percent: ' %',
  bytes: ' B',
  bytes_per_second: ' B/s',
  seconds: ' s',
  per_second: ' /s',
  celsius: ' °C',
  hertz: ' Hz',
  watts: ' W',
  rpm: ' rpm',
};

export function RuleEditor({ draft, view, metrics, onClose }: RuleEditorProps): ReactNode {
  useFocusReturn();
  const texts = useText();
  const { t, say, language } = texts;
  const client = useClient();
  // The words of a shipped rule stand here in the chosen language; unless they are changed, those that it came with are saved.
  const [words] = useState(() => wordsOfRule(draft, view, texts));
  const [rule, setRule] = useState<AlertRuleInput>({ ...draft, ...words });
  const change = (part: Partial<AlertRuleInput>): void => setRule((before) => ({ ...before, ...part }));
  const isNew = view === undefined;
  const complete: AlertRuleInput = {
    ...rule,
    id: isNew ? ruleIdOf(rule.title) : rule.id,
    ...(rule.title === words.title && { title: draft.title }),
    ...(draft.advice !== undefined && rule.advice === words.advice && { advice: draft.advice }),
  };
  const isValid = complete.id !== '' && rule.title !== '' && severities.some((one) => rule.levels[one] !== undefined);
  const save = useAction(
    useCallback((one: AlertRuleInput) => client.alerts.saveRule(one), [client]),
    { done: t('rules.saved') },
  );
  const remove = useAction(useCallback((id: string) => client.alerts.removeRule({ id }), [client]));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isValid && (await save.run(complete)) !== undefined) onClose();
  };
  const windowKind = rule.window?.kind ?? 'last';
  const metric = metrics.find(({ name }) => name === rule.metric);
  const unit = metric?.unit;
  // What an application named itself, it has named in its own language.
  const help = say(`metric.${rule.metric}.help`, metric?.help ?? '');
  // What grows is compared by its growth a second.
  const suffix =
    unit === undefined || windowKind === 'rate'
      ? ''
      : (suffixes[unit] ?? '').replace(' %', language === 'de' ? ' %' : '%');
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={isNew ? t('rules.new') : t('rules.edit', { title: words.title })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap={14}>
          <TextInput
            label={t('rules.field.title')}
            value={rule.title}
            onChange={(event) => change({ title: event.currentTarget.value })}
            maxLength={100}
            required
            data-autofocus
          />
          <Select
            label={t('rules.field.metric')}
            data={ownLast(metrics).map((metric) => ({
              value: metric.name,
              label: `${say(`metric.${metric.name}`, metric.title)} · ${metric.name}`,
            }))}
            value={rule.metric}
            onChange={(metric) => metric !== null && change({ metric })}
            searchable
            allowDeselect={false}
            description={help}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <Select
              label={t('rules.field.window')}
              data={[...windows, ...(windows.includes(windowKind as WindowKind) ? [] : [windowKind])].map((kind) => ({
                value: kind,
                label: t(`rules.window.${kind}`),
              }))}
              value={windowKind}
              allowDeselect={false}
              onChange={(kind) =>
                kind !== null &&
                change({
                  window:
                    kind === 'last'
                      ? { kind }
                      : { kind: kind as Exclude<WindowKind, 'last'>, seconds: defaultWindowSeconds },
                })
              }
            />
            {rule.window !== undefined && 'seconds' in rule.window && (
              <NumberInput
                label={t('rules.field.windowSeconds')}
                value={rule.window.seconds}
                min={1}
                max={3600}
                onChange={(seconds) =>
                  rule.window !== undefined &&
                  change({ window: { ...rule.window, seconds: Number(seconds) } as AlertRuleInput['window'] })
                }
              />
            )}
            <Select
              label={t('rules.field.direction')}
              data={[
                { value: 'above', label: t('rules.above') },
                { value: 'below', label: t('rules.below') },
              ]}
              value={rule.direction ?? 'above'}
              allowDeselect={false}
              onChange={(direction) => change({ direction: direction as 'above' | 'below' })}
            />
          </SimpleGrid>
          {severities.map((severity) => (
            <Level key={severity} severity={severity} rule={rule} suffix={suffix} change={change} />
          ))}
          <SimpleGrid cols={{ base: 1, xs: 3 }}>
            <NumberInput
              label={t('rules.field.hold')}
              min={0}
              max={86_400}
              value={rule.holdSeconds ?? 30}
              onChange={(value) => change({ holdSeconds: Number(value) })}
            />
            <NumberInput
              label={t('rules.field.keep')}
              min={0}
              max={86_400}
              value={rule.keepFiringSeconds ?? 0}
              onChange={(value) => change({ keepFiringSeconds: Number(value) })}
            />
            <NumberInput
              label={t('rules.field.coolDown')}
              min={0}
              max={86_400}
              value={rule.coolDownSeconds ?? 60}
              onChange={(value) => change({ coolDownSeconds: Number(value) })}
            />
          </SimpleGrid>
          <Select
            label={t('rules.field.noData')}
            data={(['keep', 'resolve', 'fire'] as const).map((value) => ({ value, label: t(`rules.noData.${value}`) }))}
            value={rule.noData ?? 'keep'}
            allowDeselect={false}
            onChange={(noData) => change({ noData: noData as 'keep' | 'resolve' | 'fire' })}
          />
          <Textarea
            label={t('rules.field.advice')}
            value={rule.advice ?? ''}
            autosize
            maxLength={1000}
            onChange={(event) => change({ advice: event.currentTarget.value })}
          />
          <RulePreview rule={complete} isValid={isValid} />
          {!isNew && view.origin === 'changed' && (
            <Alert color="accent" p={10}>
              <Group justify="space-between">
                <Text size="sm">{t('rules.isChanged')}</Text>
                <Button size="xs" variant="default" onClick={() => void remove.run(rule.id).then(onClose)}>
                  {t('rules.reset')}
                </Button>
              </Group>
            </Alert>
          )}
          <DialogFooter canSave={isValid} isSaving={save.isBusy} onCancel={onClose}>
            {!isNew && view.origin === 'own' && (
              <Button variant="subtle" color="red" onClick={() => void remove.run(rule.id).then(onClose)}>
                {t('action.remove')}
              </Button>
            )}
          </DialogFooter>
        </Stack>
      </form>
    </Drawer>
  );
}

function wordsOfRule(
  { id, title, advice }: RuleDraft,
  view: RuleView | undefined,
  texts: Texts,
): { readonly title: string; readonly advice?: string } {
  if (view === undefined) return { title };
  return {
    title: ruleTitle(view, texts),
    ...(advice !== undefined && {
      advice: view.hasOwnAdvice ? advice : texts.say(`rule.${id}.advice`, advice),
    }),
  };
}

interface LevelProps {
  readonly severity: Severity;
  readonly rule: AlertRuleInput;
  /** The unit, behind the figure. */
  readonly suffix: string;
  readonly change: (part: Partial<AlertRuleInput>) => void;
}

function Level({ severity, rule, suffix, change }: LevelProps): ReactNode {
  const { t } = useText();
  const level = rule.levels[severity];
  const set = (enter: number | string, leave: number | string | undefined): void => {
    const { [severity]: _, ...others } = rule.levels;
    change({
      levels:
        enter === ''
          ? others
          : {
              ...rule.levels,
              [severity]: {
                ...level,
                enter: Number(enter),
                leave: leave === '' || leave === undefined ? undefined : Number(leave),
              },
            },
    });
  };
  return (
    <SimpleGrid cols={2}>
      <NumberInput
        label={t('rules.field.enter', { severity: t(`severity.${severity}`) })}
        placeholder={t('rules.field.unused')}
        value={level?.enter ?? ''}
        suffix={suffix}
        onChange={(enter) => set(enter, level?.leave)}
      />
      <NumberInput
        label={t('rules.field.leave')}
        placeholder={t('rules.field.same')}
        value={level?.leave ?? ''}
        suffix={suffix}
        disabled={level === undefined}
        onChange={(leave) => set(level?.enter ?? '', leave)}
      />
    </SimpleGrid>
  );
}
