/** A form as its schema describes it, over a draft: the one form for settings, targets, channels and rules. */
import type { Draft, Field, Form as FormDescription } from '@contract/forms/form.ts';
import { Button, Stack } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { Fields } from './fields.tsx';
import { FormContext, type FormSurroundings } from './form-context.tsx';

export interface FormProps extends FormSurroundings {
  readonly form: FormDescription;
  readonly value: Draft;
  readonly onChange: (value: Draft) => void;
  /** Side by side where there is room. */
  readonly columns: 1 | 2;
}

export function Form({ form, value, onChange, columns, ...surroundings }: FormProps): ReactNode {
  const { t } = useText();
  const [showsMore, setShowsMore] = useState(false);
  const ordinary = form.fields.filter(({ isAdvanced }) => !isAdvanced);
  const advanced = form.fields.filter(({ isAdvanced }) => isAdvanced);
  const common = { value, onChange, columns };
  return (
    <FormContext value={{ ...surroundings, showsMore }}>
      <Stack gap={16}>
        <Fields {...common} fields={ordinary} isFirst />
        {form.fields.some(hasAdvanced) && (
          <Button
            variant="subtle"
            size="compact-sm"
            style={{ alignSelf: 'start' }}
            aria-expanded={showsMore}
            rightSection={showsMore ? <IconChevronUp size={15} /> : <IconChevronDown size={15} />}
            onClick={() => setShowsMore(!showsMore)}
          >
            {t(showsMore ? 'form.less' : 'form.more')}
          </Button>
        )}
        {showsMore && advanced.length > 0 && <Fields {...common} fields={advanced} />}
      </Stack>
    </FormContext>
  );
}

function hasAdvanced(field: Field): boolean {
  if (field.isAdvanced) return true;
  return (field.type === 'group' || field.type === 'list') && field.fields.some(hasAdvanced);
}
