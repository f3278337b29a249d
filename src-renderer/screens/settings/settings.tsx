/** Everything that can be set: an area each, its form drawn from the schema. */
import { isComplete } from '@contract/forms/draft-problems.ts';
import { type Draft, draftIn, type Form as FormDescription } from '@contract/forms/form.ts';
import type { SettingsAnswer } from '@contract/system.ts';
import { Button, FileButton, Group, NavLink, Stack, Text } from '@mantine/core';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useState } from 'react';
import { useParams } from 'wouter';
import { saveAs } from '../../api/save-as.ts';
import { useAction, useApi } from '../../api/use-api.ts';
import { useClient } from '../../api/use-client.tsx';
import { Form } from '../../forms/form.tsx';
import { useForms } from '../../forms/use-forms.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Card } from '../../ui/card.tsx';
import { ScreenHeader } from '../../ui/screen-header.tsx';
import { Answer } from '../../ui/states.tsx';
import { Channels } from './channels.tsx';
import { Heartbeat } from './heartbeat.tsx';
import { PassphraseDialog } from './passphrase-dialog.tsx';

const codePrefix = 'setting.';

export function Settings(): ReactNode {
  const { t, say } = useText();
  const api = useApi();
  const client = useClient();
  const { area: asked } = useParams<{ area?: string }>();
  const settings = useQuery(api.settings.get.queryOptions());
  const forms = useForms();
  const [isExporting, setExporting] = useState(false);
  /** The text of a sealed file that waits for its passphrase. */
  const [sealed, setSealed] = useState<string>();
  const load = useAction(
    useCallback(
      async (json: string, passphrase?: string) => {
        await client.settings.import({ json, ...(passphrase !== undefined && { passphrase }) });
        setSealed(undefined);
      },
      [client],
    ),
    { done: t('settings.imported') },
  );
  const choose = async (file: File | null): Promise<void> => {
    const json = await file?.text();
    if (json === undefined) return;
    if (/"sealed"\s*:/.test(json.slice(0, 500))) setSealed(json);
    else void load.run(json);
  };
  const save = useAction(
    useCallback(
      async (passphrase: string) => {
        const { json } = await client.settings.export(passphrase === '' ? {} : { passphrase });
        saveAs('hakgal-monitor-settings.json', json, 'application/json');
        setExporting(false);
      },
      [client],
    ),
  );
  return (
    <>
      <ScreenHeader title={t('screen.settings')}>
        <FileButton accept="application/json" onChange={(file) => void choose(file)}>
          {(props) => (
            <Button {...props} variant="default" size="xs" leftSection={<IconUpload size={14} />}>
              {t('settings.import')}
            </Button>
          )}
        </FileButton>
        <Button variant="default" size="xs" leftSection={<IconDownload size={14} />} onClick={() => setExporting(true)}>
          {t('settings.export')}
        </Button>
      </ScreenHeader>
      {isExporting && (
        <PassphraseDialog
          title={t('settings.export')}
          help={t('settings.export.help')}
          isOptional
          isBusy={save.isBusy}
          onClose={() => setExporting(false)}
          onTyped={(passphrase) => void save.run(passphrase)}
        />
      )}
      {sealed !== undefined && (
        <PassphraseDialog
          title={t('settings.import')}
          help={t('settings.import.help')}
          isOptional={false}
          isBusy={load.isBusy}
          onClose={() => setSealed(undefined)}
          onTyped={(passphrase) => void load.run(sealed, passphrase)}
        />
      )}
      <Answer query={settings} rows={8}>
        {(answer) => {
          // An area of which a form shows nothing has a screen of its own.
          const areas = Object.values(forms ?? {})
            .filter(({ id, fields }) => id.startsWith(codePrefix) && fields.length > 0)
            .map((form) => ({ name: form.id.slice(codePrefix.length), form }));
          const area = areas.find(({ name }) => name === asked) ?? areas[0];
          return (
            <div className="grid">
              <nav className="span-3 settings-areas" aria-label={t('settings.areas')}>
                {areas.map(({ name, form }) => (
                  <NavLink
                    key={name}
                    href={`#/settings/${name}`}
                    label={say(form.id, form.title)}
                    active={name === area?.name}
                    aria-current={name === area?.name ? 'true' : undefined}
                    style={{ borderRadius: 8 }}
                  />
                ))}
              </nav>
              <Stack className="span-9" gap={16}>
                {area?.name === 'notify' && <Channels />}
                {area !== undefined && <AreaForm key={area.name} area={area.name} form={area.form} answer={answer} />}
                {area?.name === 'notify' && <Heartbeat />}
              </Stack>
            </div>
          );
        }}
      </Answer>
    </>
  );
}

interface AreaFormProps {
  readonly area: string;
  readonly form: FormDescription;
  readonly answer: SettingsAnswer;
}

function AreaForm({ area, form, answer }: AreaFormProps): ReactNode {
  const { t, say } = useText();
  const client = useClient();
  const saved = areaOf(answer.settings, area);
  const defaults = { ...saved, ...shownOf(form, areaOf(answer.defaults, area)) };
  const [draft, setDraft] = useState<Draft>();
  const value = draft ?? saved;
  const isChanged = JSON.stringify(value) !== JSON.stringify(saved);
  const save = useAction(
    useCallback((next: Draft) => client.settings.save({ [area]: next }), [client, area]),
    { done: t('settings.saved') },
  );
  const channels = answer.settings.notify.channels.map(({ id, title }) => ({ value: id, label: title }));
  return (
    <Card title={say(form.id, form.title)}>
      {form.help !== undefined && (
        <Text size="sm" className="quiet" mb={14}>
          {say(`${form.id}.help`, form.help)}
        </Text>
      )}
      <Form form={form} value={value} onChange={setDraft} columns={2} choices={{ channels }} />
      <Group justify="space-between" mt={18}>
        <Button
          variant="subtle"
          color="gray"
          onClick={() => setDraft(defaults)}
          disabled={JSON.stringify(value) === JSON.stringify(defaults)}
        >
          {t('settings.defaults')}
        </Button>
        <Group gap={8} ml="auto">
          <Button variant="default" disabled={!isChanged} onClick={() => setDraft(undefined)}>
            {t('settings.discard')}
          </Button>
          <Button
            disabled={!isChanged || !isComplete(form.fields, value)}
            loading={save.isBusy}
            onClick={() => void save.run(value).then((done) => done !== undefined && setDraft(undefined))}
          >
            {t('action.save')}
          </Button>
        </Group>
      </Group>
    </Card>
  );
}

const areaOf = (settings: Draft, area: string): Draft => draftIn(settings[area]);

/**
 * Of an area, what its form shows: nobody means to lose a channel or to be welcomed again by going back to the
 * defaults.
 */
const shownOf = ({ fields }: FormDescription, area: Draft): Draft =>
  Object.fromEntries(fields.map(({ name }) => [name, area[name]]));
