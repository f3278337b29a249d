/** Adds or changes a target: one form for every kind, with a try before it is saved. */
import { isComplete } from '@contract/forms/draft-problems.ts';
import { type Draft, draftOf, textIn } from '@contract/forms/form.ts';
import type { TargetKind, TargetSettings } from '@contract/settings/targets.ts';
import type { TargetFinding } from '@contract/targets.ts';
import { Alert, Button, Modal, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useCallback, useState } from 'react';
import { useAction, useApi } from '../api/use-api.ts';
import { useClient } from '../api/use-client.tsx';
import { DialogFooter } from '../forms/dialog-footer.tsx';
import { Form } from '../forms/form.tsx';
import { useForms } from '../forms/use-forms.ts';
import { useText } from '../i18n/use-text.tsx';
import { useFocusReturn } from '../ui/use-focus-return.ts';
import { targetIdOf } from './target-id.ts';
import { TargetStateBadge } from './target-state.tsx';

export interface TargetEditorProps {
  /** The target to change; absent for a new one. */
  readonly settings?: TargetSettings;
  /** Names of its secrets that are kept. */
  readonly secretsSet?: readonly string[];
  /** Kinds to choose from for a new one. */
  readonly kinds?: readonly TargetKind[];
  readonly onClose: () => void;
}

export function TargetEditor({ settings, secretsSet = [], kinds = ['sqlite'], onClose }: TargetEditorProps): ReactNode {
  useFocusReturn();
  const texts = useText();
  const { t, say } = texts;
  const client = useClient();
  const forms = useForms();
  const profiles = useQuery(useApi().settings.get.queryOptions()).data?.settings.profiles.own ?? [];
  const [kind, setKind] = useState<string>(settings?.kind ?? kinds[0] ?? 'sqlite');
  const [draft, setDraft] = useState<Draft>(settings ?? {});
  const [finding, setFinding] = useState<TargetFinding>();
  const known = [
    { value: 'hakgal', label: t('target.profile.hakgal') },
    ...profiles.map(({ id, title }) => ({ value: id, label: title })),
  ];
  const form = forms?.[`target-kind.${kind}`];
  const wanted: Draft = {
    ...(form !== undefined && draftOf(form.fields)),
    ...draft,
    kind,
    id: settings?.id ?? targetIdOf(textIn(draft.title)),
  };
  const canSave = form !== undefined && isComplete(form.fields, wanted);
  const test = useAction(useCallback((one: Draft) => client.targets.test(one), [client]));
  const save = useAction(useCallback((one: Draft) => client.targets.save(one), [client]));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if ((await save.run(wanted)) !== undefined) onClose();
  };
  // A dialog takes the focus when it opens, so it opens with its fields.
  if (form === undefined) return null;
  return (
    <Modal
      opened
      onClose={onClose}
      title={settings === undefined ? t(kinds.length === 1 ? 'databases.add' : 'service.add') : t('target.edit')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap={12}>
          {settings === undefined && kinds.length > 1 && (
            <Select
              label={t('target.kind')}
              data={kinds.map((value) => ({
                value,
                label: say(`target-kind.${value}`, forms?.[`target-kind.${value}`]?.title ?? value),
              }))}
              value={kind}
              allowDeselect={false}
              onChange={(next) => {
                if (next === null) return;
                setKind(next);
                // What a target is called is the same for every kind; the rest may mean something else.
                setDraft({ title: textIn(draft.title) });
                setFinding(undefined);
              }}
            />
          )}
          <Form
            form={form}
            key={kind}
            value={wanted}
            columns={1}
            choices={{ profiles: known }}
            secretsSet={secretsSet}
            onChange={(next) => {
              setDraft(next);
              setFinding(undefined);
            }}
          />
          {finding !== undefined && (
            <Alert color={finding.state === 'up' ? 'teal' : 'orange'} p={10}>
              <TargetStateBadge status={finding} />
              {texts.say(`target.${finding.code ?? finding.kind}`, finding.message, finding.values)}
            </Alert>
          )}
          <DialogFooter canSave={canSave} isSaving={save.isBusy} onCancel={onClose}>
            <Button
              variant="default"
              disabled={!canSave}
              loading={test.isBusy}
              onClick={() => void test.run(wanted).then(setFinding)}
            >
              {t('target.test')}
            </Button>
          </DialogFooter>
        </Stack>
      </form>
    </Modal>
  );
}
