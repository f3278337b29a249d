/** One channel: its kind's form, secrets apart, and a test before it is saved. */
import type { ChannelKind, ChannelTestAnswer, ChannelView } from '@contract/channels.ts';
import { isComplete } from '@contract/forms/draft-problems.ts';
import { type Draft, draftIn, draftOf, type Form as FormDescription, textIn } from '@contract/forms/form.ts';
import { Alert, Button, Modal, Stack } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useCallback, useState } from 'react';
import { useAction } from '../../api/use-api.ts';
import { useClient } from '../../api/use-client.tsx';
import { DialogFooter } from '../../forms/dialog-footer.tsx';
import { Form } from '../../forms/form.tsx';
import { useForm } from '../../forms/use-forms.ts';
import { useText } from '../../i18n/use-text.tsx';
import { useFocusReturn } from '../../ui/use-focus-return.ts';
import { describeTest } from './describe-test.ts';
import { secretsApart } from './secrets-apart.ts';

export interface ChannelEditorProps {
  readonly kind: ChannelKind;
  readonly view?: ChannelView;
  readonly onClose: () => void;
}

export function ChannelEditor(props: ChannelEditorProps): ReactNode {
  const { kind, onClose } = props;
  useFocusReturn();
  const { t, say } = useText();
  const form = useForm(`channel.${kind.kind}`);
  // A dialog takes the focus when it opens, so it opens with its fields.
  if (form === undefined) return null;
  return (
    <Modal
      opened
      onClose={onClose}
      title={say(`channel.${kind.kind}`, kind.title)}
      size="lg"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <ChannelForm {...props} form={form} />
    </Modal>
  );
}

interface ChannelFormProps extends ChannelEditorProps {
  readonly form: FormDescription;
}

function ChannelForm({ kind, view, form, onClose }: ChannelFormProps): ReactNode {
  const texts = useText();
  const { t, say } = texts;
  const client = useClient();
  const [draft, setDraft] = useState<Draft>(() => view?.channel ?? newChannel(kind, say, form));
  const [tested, setTested] = useState<ChannelTestAnswer>();
  const input = secretsApart(form, draft);
  const secretsSet = view?.secretsSet ?? [];
  const canSave = isComplete(form.fields, draft, secretsSet);
  const id = textIn(draft.id);
  const test = useAction(useCallback((one: typeof input) => client.channels.test(one), [client]));
  const save = useAction(
    useCallback((one: typeof input) => client.channels.save(one), [client]),
    { done: t('channels.saved') },
  );
  const remove = useAction(useCallback(() => client.channels.remove({ id }), [client, id]));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if ((await save.run(input)) !== undefined) onClose();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap={16}>
        <Form form={form} value={draft} onChange={setDraft} columns={2} choices={{}} secretsSet={secretsSet} />
        {tested !== undefined && (
          <Alert
            color={tested.ok ? 'teal' : 'red'}
            title={t(tested.ok ? 'channels.testOk' : 'channels.testFailed')}
            role="status"
          >
            {describeTest(tested, texts)}
          </Alert>
        )}
        <DialogFooter canSave={canSave} isSaving={save.isBusy} onCancel={onClose}>
          <Button
            variant="default"
            leftSection={<IconSend size={15} />}
            disabled={!canSave}
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
        </DialogFooter>
      </Stack>
    </form>
  );
}

/** What its form does not ask for is there as well: an id that no other has. */
const newChannel = (
  { kind, title }: ChannelKind,
  say: (code: string, fallback: string) => string,
  form: FormDescription,
): Draft => {
  const draft = draftOf(form.fields);
  return {
    ...draft,
    id: `${kind}-${Date.now().toString(36)}`,
    kind,
    title: say(`channel.${kind}`, title),
    options: draftIn(draft.options),
  };
};
