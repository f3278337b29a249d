/** A form drawn from a JSON Schema: a new setting appears here by itself. */
import {
  Button,
  Fieldset,
  Group,
  MultiSelect,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { emptyValue, type JsonSchema, shapeOf, wordsOf } from './json-schema.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface SchemaFormProps {
  /** Dotted, for names and help in the catalogue: `setting.<path>`. */
  readonly path: string;
  readonly schema: JsonSchema;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  /** Settings that have a better place than a form. */
  readonly hidden?: readonly string[];
  /** Values to choose from where the schema can't know them. */
  readonly choicesFor?: (path: string) => readonly Choice[] | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields of an object, simple ones first and side by side, then switches, then groups. */
export function SchemaForm({ schema, value, onChange, ...rest }: SchemaFormProps): ReactNode {
  const fields = (value ?? {}) as Fields;
  const shown = Object.entries(schema.properties ?? {}).filter(
    ([name, property]) => !(rest.hidden ?? []).includes(`${rest.path}.${name}`) && shapeOf(property) !== 'unknown',
  );
  const isBlock = ([, property]: readonly [string, JsonSchema]): boolean =>
    ['group', 'list'].includes(shapeOf(property));
  const field = ([name, property]: readonly [string, JsonSchema]): ReactNode => (
    <Field
      key={name}
      {...rest}
      path={`${rest.path}.${name}`}
      schema={property}
      value={fields[name]}
      onChange={(next) => onChange({ ...fields, [name]: next })}
    />
  );
  // What switches the rest on stands before it.
  const isMain = ([name]: readonly [string, JsonSchema]): boolean => name === 'isEnabled';
  // Switches are lower than fields: among themselves they leave no holes.
  const isSwitch = ([, property]: readonly [string, JsonSchema]): boolean => shapeOf(property) === 'switch';
  const simple = shown
    .filter((entry) => !isBlock(entry) && !isMain(entry))
    .toSorted((a, b) => Number(isSwitch(a)) - Number(isSwitch(b)));
  return (
    <Stack gap={16}>
      {shown.filter(isMain).map(field)}
      {simple.length > 0 && (
        // Three of a kind leave no hole in one row.
        <SimpleGrid cols={{ base: 1, sm: simple.length === 3 ? 3 : 2 }} spacing={16} verticalSpacing={14}>
          {simple.map(field)}
        </SimpleGrid>
      )}
      {shown.filter(isBlock).map(field)}
    </Stack>
  );
}

function Field(props: SchemaFormProps): ReactNode {
  const { t, say, format } = useText();
  const { path, schema, value, onChange, choicesFor } = props;
  const label = say(`setting.${path}`, wordsOf(path.split('.').at(-1) ?? ''));
  const help = say(`setting.${path}.help`, '');
  const common = { label, ...(help !== '' && { description: help }) };
  const choices = choicesFor?.(path) ?? schema.items?.enum?.map(choice) ?? schema.enum?.map(choice) ?? [];
  function choice(one: string | number): Choice {
    return { value: String(one), label: say(`choice.${one}`, wordsOf(String(one))) };
  }
  const isEmpty = Array.isArray(value) && value.length === 0;
  switch (shapeOf(schema)) {
    case 'switch':
      return (
        <Switch {...common} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
      );
    case 'choice':
      return <Select {...common} data={[...choices]} value={String(value)} allowDeselect={false} onChange={onChange} />;
    case 'number':
      return (
        <NumberInput
          {...common}
          value={value as number}
          onChange={(next) => next !== '' && onChange(Number(next))}
          {...(schema.minimum !== undefined && schema.minimum > -1e9 && { min: schema.minimum })}
          {...(schema.maximum !== undefined && schema.maximum < 1e9 && { max: schema.maximum })}
        />
      );
    case 'text':
      return (
        <TextInput {...common} value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} />
      );
    case 'choices':
      return (
        <MultiSelect
          {...common}
          data={[...choices]}
          value={(value as string[] | undefined) ?? []}
          onChange={onChange}
          {...(isEmpty && { placeholder: t('form.none') })}
        />
      );
    case 'texts':
      return choices.length > 0 ? (
        <MultiSelect
          {...common}
          data={[...choices]}
          value={(value as string[] | undefined) ?? []}
          onChange={onChange}
          {...(isEmpty && { placeholder: t('form.none') })}
        />
      ) : (
        <TagsInput {...common} value={(value as string[] | undefined) ?? []} onChange={onChange} />
      );
    case 'numbers':
      // The only numbers to choose several of are days of the week.
      return (
        <MultiSelect
          {...common}
          data={[1, 2, 3, 4, 5, 6, 0].map((day) => ({ value: String(day), label: format.weekday(day) }))}
          value={((value as number[] | undefined) ?? []).map(String)}
          onChange={(days) => onChange(days.map(Number))}
        />
      );
    case 'group':
      return (
        <Fieldset legend={label} radius="md">
          <SchemaForm {...props} />
        </Fieldset>
      );
    case 'list': {
      const entries = (value as readonly unknown[] | undefined) ?? [];
      const items = schema.items ?? {};
      return (
        <Fieldset legend={label} radius="md">
          <Stack gap={12}>
            {entries.map((entry, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: entries have no other identity, and none is kept between them
              <Group key={index} align="end" wrap="nowrap">
                <div style={{ flex: 1 }}>
                  <SchemaForm
                    {...props}
                    schema={items}
                    value={entry}
                    onChange={(next) => onChange(entries.with(index, next))}
                  />
                </div>
                <Button
                  variant="default"
                  size="sm"
                  px={10}
                  aria-label={t('form.removeEntry', { name: label, number: index + 1 })}
                  onClick={() => onChange(entries.toSpliced(index, 1))}
                >
                  <IconTrash size={16} />
                </Button>
              </Group>
            ))}
            <Group>
              <Button
                variant="default"
                size="xs"
                leftSection={<IconPlus size={14} />}
                onClick={() => onChange([...entries, emptyValue(items)])}
              >
                {t('form.addEntry')}
              </Button>
            </Group>
          </Stack>
        </Fieldset>
      );
    }
    case 'unknown':
      return null;
  }
}
