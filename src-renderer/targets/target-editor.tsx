/** Adds or changes a target: one form for every kind, with a try before it is saved. */
import type { TargetKind, TargetSettings } from '@contract/settings/targets.ts';
import type { TargetFinding } from '@contract/targets.ts';
import { Alert, Button, Modal, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useCallback, useState } from 'react';
import { useAction } from '../api/use-api.ts';
import { useClient } from '../api/use-client.tsx';
import { DialogFooter } from '../forms/dialog-footer.tsx';
import { useText } from '../i18n/use-text.tsx';
import { useFocusReturn } from '../ui/use-focus-return.ts';
import { type FieldName, fieldsOf, type Given, settingsOf, valuesOf } from './target-fields.ts';
import { TargetStateBadge } from './target-state.tsx';

export interface TargetEditorProps {
  /** The target to change; absent for a new one. */
  readonly settings?: TargetSettings;
  /** Kinds to choose from for a new one. */
  readonly kinds?: readonly TargetKind[];
  readonly onClose: () => void;
}

const numbers: readonly FieldName[] = ['port', 'atLeast'];

export function TargetEditor({ settings, kinds = ['sqlite'], onClose }: TargetEditorProps): ReactNode {
  useFocusReturn();
  const texts = useText();
  const { t } = texts;
  const client = useClient();
  const [kind, setKind] = useState<TargetKind>(settings?.kind ?? (kinds[0] as TargetKind));
  const [values, setValues] = useState<Given>(settings === undefined ? { title: '' } : valuesOf(settings));
  const [finding, setFinding] = useState<TargetFinding>();
  const wanted = settingsOf(kind, values, settings);
  const isComplete = ['title' as const, ...fieldsOf[kind]].every(
    (field) => field === 'profile' || String(values[field] ?? '') !== '',
  );
  const test = useAction(useCallback((one: TargetSettings) => client.targets.test(one), [client]));
  const save = useAction(useCallback((one: TargetSettings) => client.targets.save(one), [client]));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if ((await save.run(wanted)) !== undefined) onClose();
  };
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
              data={kinds.map((value) => ({ value, label: t(`target.kind.${value}`) }))}
              value={kind}
              allowDeselect={false}
              onChange={(next) => next !== null && setKind(next as TargetKind)}
            />
          )}
          <TextInput
            label={t('target.field.title')}
            value={String(values.title ?? '')}
            onChange={(event) => setValues({ ...values, title: event.currentTarget.value })}
            maxLength={100}
            required
            data-autofocus
          />
          {fieldsOf[kind].map((field) => {
            const set = (value: string | number): void => {
              setValues({ ...values, [field]: value });
              setFinding(undefined);
            };
            if (field === 'profile')
              return (
                <Select
                  key={field}
                  label={t('target.field.profile')}
                  description={t('target.field.profile.help')}
                  data={[
                    { value: '', label: t('target.profile.none') },
                    { value: 'hakgal', label: t('target.profile.hakgal') },
                  ]}
                  value={String(values.profile ?? '')}
                  allowDeselect={false}
                  onChange={(value) => set(value ?? '')}
                />
              );
            if (numbers.includes(field))
              return (
                <NumberInput
                  key={field}
                  label={t(`target.field.${field}`)}
                  value={values[field] ?? ''}
                  onChange={set}
                  min={1}
                  required
                />
              );
            return (
              <TextInput
                key={field}
                label={t(`target.field.${field}`)}
                placeholder={t(`target.placeholder.${field as 'path' | 'url' | 'host' | 'name' | 'pattern'}`)}
                value={String(values[field] ?? '')}
                onChange={(event) => set(event.currentTarget.value)}
                required
              />
            );
          })}
          {finding !== undefined && (
            <Alert color={finding.state === 'up' ? 'teal' : 'orange'} p={10}>
              <TargetStateBadge status={finding} />
              {texts.say(`target.${finding.code ?? finding.kind}`, finding.message, finding.values)}
            </Alert>
          )}
          <DialogFooter canSave={isComplete} isSaving={save.isBusy} onCancel={onClose}>
            <Button
              variant="default"
              disabled={!isComplete}
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
