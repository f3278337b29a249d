/**
 * The fields of an object in the order of its schema: simple ones side by side, groups and lists on lines of their own.
 */
import {
  type Draft,
  draftIn,
  draftOf,
  type Field,
  isEmpty,
  listIn,
  variantOf,
  withValue,
} from '@contract/forms/form.ts';
import { Button, Fieldset, Group, Select, SimpleGrid, Stack } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Fragment, type ReactNode } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { useFormContext } from './form-context.tsx';
import { SimpleField } from './simple-field.tsx';

export interface FieldsProps {
  readonly fields: readonly Field[];
  readonly value: Draft;
  readonly onChange: (value: Draft) => void;
  readonly columns: 1 | 2;
  /** A dialog begins here. */
  readonly isFirst?: boolean;
  /** As long as none of them is filled in, none has to be. */
  readonly mayBeLeftOut?: boolean;
}

export function Fields({
  fields,
  value,
  onChange,
  columns,
  isFirst = false,
  mayBeLeftOut = false,
}: FieldsProps): ReactNode {
  const { showsMore } = useFormContext();
  const runs = runsOf(fields.filter(({ isAdvanced }) => showsMore || !isAdvanced));
  const shownValue = ({ name, default: preset }: Field): unknown => (name in value ? value[name] : preset);
  const draw = (field: Field): ReactNode => {
    const common = { value: shownValue(field), onChange: (next: unknown) => onChange(withValue(value, field, next)) };
    switch (field.type) {
      case 'group':
        return <GroupField key={field.name} field={field} {...common} columns={columns} />;
      case 'list':
        return <ListField key={field.name} field={field} {...common} columns={columns} />;
      case 'variants':
        return <VariantsField key={field.name} field={field} {...common} />;
      default:
        return (
          <SimpleField
            key={field.name}
            field={field}
            {...common}
            isFirst={isFirst && field === fields[0]}
            isRequired={field.isRequired && !(mayBeLeftOut && isEmpty(value))}
          />
        );
    }
  };
  return (
    <Stack gap={14}>
      {runs.map((run) => {
        const [first] = run;
        if (first === undefined) return null;
        if (isBlock(first)) return draw(first);
        // Three of a kind leave no hole in one row.
        const perRow =
          columns > 1 && run.length > 1 ? (run.length === 3 && !run.some(({ type }) => type === 'switch') ? 3 : 2) : 1;
        return (
          <SimpleGrid key={first.code} cols={{ base: 1, xs: perRow }} spacing={16} verticalSpacing={14}>
            {run.map(draw)}
          </SimpleGrid>
        );
      })}
    </Stack>
  );
}

/** Fields that share a grid; what switches the rest on, and what needs the width, has a line of its own. */
function runsOf(fields: readonly Field[]): readonly (readonly Field[])[] {
  const runs: Field[][] = [];
  let isOpen = false;
  for (const field of fields) {
    const isAlone = isBlock(field) || isWide(field) || (field.name === 'isEnabled' && field === fields[0]);
    if (isOpen && !isAlone) runs.at(-1)?.push(field);
    else runs.push([field]);
    isOpen = !isAlone;
  }
  // Switches are lower than fields: among themselves they leave no holes.
  return runs.map((run) => run.toSorted((a, b) => Number(a.type === 'switch') - Number(b.type === 'switch')));
}

const isBlock = ({ type }: Field): boolean => type === 'group' || type === 'list';
const isWide = (field: Field): boolean =>
  field.name === 'title' ||
  (field.type === 'text' && field.isMultiline) ||
  (field.type === 'pick' && field.from === 'metrics');

interface BlockProps<T extends Field['type']> {
  readonly field: Extract<Field, { readonly type: T }>;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

function GroupField({
  field,
  value,
  onChange,
  columns,
}: BlockProps<'group'> & Pick<FieldsProps, 'columns'>): ReactNode {
  const { say } = useText();
  const fields = (
    <Fields
      fields={field.fields}
      value={draftIn(value)}
      onChange={onChange}
      columns={columns}
      mayBeLeftOut={!field.isRequired}
    />
  );
  if (field.isInline) return fields;
  return (
    <Fieldset legend={say(field.code, field.label)} radius="md">
      {fields}
    </Fieldset>
  );
}

function ListField({ field, value, onChange, columns }: BlockProps<'list'> & Pick<FieldsProps, 'columns'>): ReactNode {
  const { t, say } = useText();
  const entries = listIn(value);
  const label = say(field.code, field.label);
  return (
    <Fieldset legend={label} radius="md">
      <Stack gap={12}>
        {entries.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no other identity, and none is kept between them
          <Group key={index} align="end" wrap="nowrap">
            <div style={{ flex: 1 }}>
              <Fields
                fields={field.fields}
                value={draftIn(entry)}
                onChange={(next) => onChange(entries.with(index, next))}
                columns={columns}
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
            onClick={() => onChange([...entries, draftOf(field.fields)])}
          >
            {t('form.addEntry')}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}

/** Which one, and beside it what that one asks for. */
function VariantsField({ field, value, onChange }: BlockProps<'variants'>): ReactNode {
  const { say } = useText();
  const draft = draftIn(value);
  const chosen = field.variants.find((one) => one.value === draft[field.key]);
  return (
    <Fragment>
      <Select
        label={say(field.code, field.label)}
        data={field.variants.map((one) => ({ value: one.value, label: say(`${field.code}.${one.value}`, one.label) }))}
        value={chosen?.value ?? null}
        allowDeselect={false}
        onChange={(next) => next !== null && onChange(variantOf(field, next, draft))}
      />
      {chosen?.fields.map((one) => (
        <SimpleField
          key={one.name}
          field={one}
          isRequired={one.isRequired}
          value={one.name in draft ? draft[one.name] : one.default}
          onChange={(next) => onChange(withValue(draft, one, next))}
        />
      ))}
    </Fragment>
  );
}
