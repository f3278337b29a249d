/** One channel: fields as its kind describes them, secrets apart, and a test before it is saved. */
import type { ChannelField, ChannelKind, ChannelTestAnswer, ChannelView } from '@contract/channels.ts';
import type { ChannelSettings } from '@contract/settings/notify.ts';
import {
  Alert,
  Button,
  Group,
  Modal,
  NumberInput,
  PasswordInput,
  Select,
  Stack,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useCallback, useState } from 'react';
import { useAction } from '../../api/use-api.ts';
import { useClient } from '../../api/use-client.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { useFocusReturn } from '../../ui/use-focus-return.ts';
import { describeTest } from './describe-test.ts';

export interface ChannelEditorProps {
  readonly kind: ChannelKind;
  readonly view?: ChannelView;
  readonly onClose: () => void;
}

type Option = string | number | boolean;
type Secrets = Readonly<Record<string, string>>;

export function ChannelEditor({ kind, view, onClose }: ChannelEditorProps): ReactNode {
  useFocusReturn();
  const texts = useText();
  const { t, say } = texts;
  const client = useClient();
  const [channel, setChannel] = useState<ChannelSettings>(
    () => view?.channel ?? newChannel(kind, say(`channel.${kind.kind}`, kind.title)),
  );
  const [secrets, setSecrets] = useState<Secrets>({});
  const [tested, setTested] = useState<ChannelTestAnswer>();
  const input = { channel, secrets: { ...secrets } };
  const test = useAction(useCallback((one: typeof input) => client.channels.test(one), [client]));
  const save = useAction(
    useCallback((one: typeof input) => client.channels.save(one), [client]),
    { done: t('channels.saved') },
  );
  const remove = useAction(useCallback(() => client.channels.remove({ id: channel.id }), [client, channel.id]));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if ((await save.run(input)) !== undefined) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={say(`channel.${kind.kind}`, kind.title)}
      size="lg"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap={12}>
          <TextInput
            label={t('channels.field.title')}
            value={channel.title}
            onChange={(event) => setChannel({ ...channel, title: event.currentTarget.value })}
            required
            data-autofocus
          />
          {kind.fields.map((field) => (
            <Field
              key={field.name}
              kind={kind.kind}
              field={field}
              value={field.type === 'secret' ? (secrets[field.name] ?? '') : channel.options[field.name]}
              isSecretSet={view?.secretsSet.includes(field.name) === true}
              onChange={(value) =>
                field.type === 'secret'
                  ? setSecrets({ ...secrets, [field.name]: String(value) })
                  : setChannel({ ...channel, options: { ...channel.options, [field.name]: value } })
              }
            />
          ))}
          <Group gap={24}>
            <Switch
              label={t('channels.field.isEnabled')}
              checked={channel.isEnabled}
              onChange={(event) => setChannel({ ...channel, isEnabled: event.currentTarget.checked })}
            />
            <Switch
              label={t('channels.field.sendResolved')}
              checked={channel.sendResolved}
              onChange={(event) => setChannel({ ...channel, sendResolved: event.currentTarget.checked })}
            />
          </Group>
          <NumberInput
            label={t('channels.field.maxPerMinute')}
            min={1}
            max={600}
            value={channel.maxPerMinute}
            onChange={(value) => setChannel({ ...channel, maxPerMinute: Number(value) })}
          />
          {tested !== undefined && (
            <Alert
              color={tested.ok ? 'teal' : 'red'}
              title={t(tested.ok ? 'channels.testOk' : 'channels.testFailed')}
              role="status"
            >
              {describeTest(tested, texts)}
            </Alert>
          )}
          <Group justify="space-between">
            <Group gap={8}>
              <Button
                variant="default"
                leftSection={<IconSend size={15} />}
                loading={test.isBusy}
                onClick={() => void test.run(input).then(setTested)}
              >
                {t('channels.test')}
              </Button>
              {view !== undefined && (
                <Button
                  variant="subtle"
                  color="red"
                  onClick={() => void remove.run().then((done) => done !== undefined && onClose())}
                >
                  {t('action.remove')}
                </Button>
              )}
            </Group>
            <Button type="submit" loading={save.isBusy}>
              {t('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

const newChannel = (kind: ChannelKind, title: string): ChannelSettings => ({
  id: `${kind.kind}-${Date.now().toString(36)}`,
  kind: kind.kind,
  title,
  isEnabled: true,
  maxPerMinute: 10,
  sendResolved: true,
  options: Object.fromEntries(
    kind.fields.flatMap(({ name, default: preset }) => (preset === undefined ? [] : [[name, preset]])),
  ),
});

interface FieldProps {
  readonly kind: string;
  readonly field: ChannelField;
  readonly value: Option | undefined;
  readonly isSecretSet: boolean;
  readonly onChange: (value: Option) => void;
}

function Field({ kind, field, value, isSecretSet, onChange }: FieldProps): ReactNode {
  const { t, say } = useText();
  const help = field.help === undefined ? '' : say(`channel.${kind}.${field.name}.help`, field.help);
  const common = {
    label: say(`channel.${kind}.${field.name}`, field.title),
    ...(help !== '' && { description: help }),
    ...(field.placeholder !== undefined && { placeholder: field.placeholder }),
    required: field.isRequired === true && !isSecretSet,
  };
  const text = String(value ?? '');
  switch (field.type) {
    case 'number':
      return (
        <NumberInput
          {...common}
          value={(value as number | undefined) ?? ''}
          onChange={(next) => onChange(Number(next))}
        />
      );
    case 'boolean':
      return (
        <Switch
          label={common.label}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'select':
      return (
        <Select
          {...common}
          data={(field.choices ?? []).map((choice) => ({
            value: choice.value,
            label: say(`channel.${kind}.${field.name}.${choice.value}`, choice.title),
          }))}
          value={text}
          allowDeselect={false}
          onChange={(next) => next !== null && onChange(next)}
        />
      );
    case 'secret':
      return (
        <PasswordInput
          {...common}
          placeholder={isSecretSet ? t('channels.secretSet') : (field.placeholder ?? '')}
          value={text}
          autoComplete="off"
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'lines':
      return (
        <Textarea
          {...common}
          autosize
          minRows={2}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'text':
    case 'url':
      return <TextInput {...common} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
}
