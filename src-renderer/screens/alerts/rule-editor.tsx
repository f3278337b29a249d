/** One rule as a form, with what it would have done in the last days. */
import { severities } from '@contract/alerts/alert.ts';
import type { RuleView } from '@contract/alerts/alert-procedures.ts';
import { isComplete } from '@contract/forms/draft-problems.ts';
import { type Draft, draftIn, draftOf, type Form as FormDescription, textIn } from '@contract/forms/form.ts';
import type { MetricInfo, Unit } from '@contract/metric.ts';
import { Alert, Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useCallback, useState } from 'react';
import { ruleTitle } from '../../alert/describe-alert.ts';
import { useRuleTitles } from '../../alert/use-rule-titles.ts';
import { useAction, useApi } from '../../api/use-api.ts';
import { useClient } from '../../api/use-client.tsx';
import { ownLast } from '../../api/use-metrics.ts';
import { DialogFooter } from '../../forms/dialog-footer.tsx';
import { Form } from '../../forms/form.tsx';
import { useForm } from '../../forms/use-forms.ts';
import { type Texts, useText } from '../../i18n/use-text.tsx';
import { useFocusReturn } from '../../ui/use-focus-return.ts';
import { ruleIdOf } from './rule-draft.ts';
import { RulePreview } from './rule-preview.tsx';

export interface RuleEditorProps {
  readonly draft: Draft;
  /** The rule that is edited; absent for a new one. */
  readonly view?: RuleView;
  readonly metrics: readonly MetricInfo[];
  readonly onClose: () => void;
}

export function RuleEditor(props: RuleEditorProps): ReactNode {
  const { draft, view, onClose } = props;
  useFocusReturn();
  const texts = useText();
  const { t } = texts;
  const form = useForm('alert-rule');
  // The words of a shipped rule stand here in the chosen language; unless they are changed, those that it came with are
  // saved.
  const [words] = useState(() => wordsOfRule(draft, view, texts));
  // A dialog takes the focus when it opens, so it opens with its fields.
  if (form === undefined) return null;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={view === undefined ? t('rules.new') : t('rules.edit', { title: words.title })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <RuleForm {...props} form={form} words={words} />
    </Drawer>
  );
}

interface RuleFormProps extends RuleEditorProps {
  readonly form: FormDescription;
  readonly words: RuleWords;
}

function RuleForm({ draft, view, metrics, form, words, onClose }: RuleFormProps): ReactNode {
  const texts = useText();
  const { t, say } = texts;
  const client = useClient();
  const titleOf = useRuleTitles();
  const api = useApi();
  const rules = useQuery(api.alerts.rules.queryOptions()).data?.rules ?? [];
  const channels = useQuery(api.channels.list.queryOptions()).data ?? [];
  const [rule, setRule] = useState<Draft>({ ...draftOf(form.fields), ...draft, ...words });
  const isNew = view === undefined;
  const complete: Draft = {
    ...rule,
    id: isNew ? ruleIdOf(textIn(rule.title)) : rule.id,
    ...(rule.title === words.title && { title: draft.title }),
    ...(draft.advice !== undefined && rule.advice === words.advice && { advice: draft.advice }),
  };
  const hasLevel = severities.some((one) => draftIn(rule.levels)[one] !== undefined);
  const isValid = complete.id !== '' && hasLevel && isComplete(form.fields, rule);
  const save = useAction(
    useCallback((one: Draft) => client.alerts.saveRule(one), [client]),
    { done: t('rules.saved') },
  );
  const remove = useAction(useCallback((id: string) => client.alerts.removeRule({ id }), [client]));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isValid && (await save.run(complete)) !== undefined) onClose();
  };
  const unit = unitOf(metrics.find(({ name }) => name === rule.metric)?.unit, draftIn(rule.window).kind);
  const choices = {
    metrics: ownLast(metrics).map(({ name, title, help }) => ({
      value: name,
      label: `${say(`metric.${name}`, title)} · ${name}`,
      // What an application named itself, it has named in its own language.
      help: say(`metric.${name}.help`, help),
    })),
    channels: channels.map(({ channel }) => ({ value: channel.id, label: channel.title })),
    rules: [
      { value: '*', label: t('rules.all') },
      ...rules.map((one) => ({ value: one.rule.id, label: titleOf(one.rule.id) })),
    ],
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap={16}>
        <Form
          form={form}
          value={rule}
          onChange={setRule}
          columns={2}
          choices={choices}
          {...(unit !== undefined && { metricUnit: unit })}
        />
        <RulePreview rule={complete} isValid={isValid} />
        {!isNew && view.origin === 'changed' && (
          <Alert color="accent" p={10}>
            <Group justify="space-between">
              <Text size="sm">{t('rules.isChanged')}</Text>
              <Button size="xs" variant="default" onClick={() => void remove.run(view.rule.id).then(onClose)}>
                {t('rules.reset')}
              </Button>
            </Group>
          </Alert>
        )}
        <DialogFooter canSave={isValid} isSaving={save.isBusy} onCancel={onClose}>
          {!isNew && view.origin === 'own' && (
            <Button variant="subtle" color="red" onClick={() => void remove.run(view.rule.id).then(onClose)}>
              {t('action.remove')}
            </Button>
          )}
        </DialogFooter>
      </Stack>
    </form>
  );
}

/** What a rule's levels are compared with: what grows by its growth a second, what is missing by the time since. */
function unitOf(unit: Unit | undefined, window: unknown): Unit | undefined {
  if (window === 'absence') return 'seconds';
  if (window !== 'rate') return unit;
  return unit === 'bytes' ? 'bytes_per_second' : unit === 'count' ? 'per_second' : undefined;
}

interface RuleWords {
  readonly title: string;
  readonly advice?: string;
}

function wordsOfRule({ id, title, advice }: Draft, view: RuleView | undefined, texts: Texts): RuleWords {
  if (view === undefined) return { title: textIn(title) };
  const words = textIn(advice);
  return {
    title: ruleTitle(view, texts),
    ...(words !== '' && { advice: view.hasOwnAdvice ? words : texts.say(`rule.${textIn(id)}.advice`, words) }),
  };
}
