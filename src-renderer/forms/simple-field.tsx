/** One field that holds no others: the way it is entered follows from what its schema says. */
import { problemOf } from '@contract/forms/draft-problems.ts';
import { type Field, listIn, textIn } from '@contract/forms/form.ts';
import { MultiSelect, NumberInput, PasswordInput, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { useFormContext } from './form-context.tsx';
import { problemText } from './problem-text.ts';
import { hasUnit, type QuantityUnit, writeQuantity } from './quantity.ts';
import { QuantityInput } from './quantity-input.tsx';

export interface SimpleFieldProps {
  readonly field: Field;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  /** Marked so, and asked for by the browser. */
  readonly isRequired: boolean;
  readonly isFirst?: boolean;
}

const weekdays = [1, 2, 3, 4, 5, 6, 0];

export function SimpleField({ field, value, onChange, isRequired, isFirst = false }: SimpleFieldProps): ReactNode {
  const texts = useText();
  const { t, say, format } = texts;
  const { choices, metricUnit, secretsSet = [] } = useFormContext();
  const { code, name } = field;
  const help = field.help === undefined ? undefined : say(`${code}.help`, field.help);
  const placeholder = field.placeholder ?? (field.empty === undefined ? undefined : say(`${code}.empty`, field.empty));
  const isKept = field.type === 'text' && field.isSecret && secretsSet.includes(name);
  const common = {
    label: say(code, field.label),
    required: isRequired && !isKept,
    ...(help !== undefined && { description: help }),
    ...(placeholder !== undefined && { placeholder }),
    ...(isFirst && { 'data-autofocus': true }),
  };
  const several = listIn(value).map(String);
  const none = several.length === 0 ? (placeholder ?? t('form.none')) : '';
  switch (field.type) {
    case 'switch':
      return (
        <Switch
          label={common.label}
          description={help}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'choice': {
      const { unit } = field;
      const data = field.choices.map((one) => ({
        value: String(one.value),
        label:
          one.label !== undefined
            ? say(`${code}.${one.value}`, one.label)
            : typeof one.value === 'number' && unit !== undefined && unit !== 'metric'
              ? writeQuantity(one.value, unit, format.locale)
              : String(one.value),
      }));
      const isOptional = !field.isRequired && field.default === undefined;
      return (
        <Select
          {...common}
          data={data}
          value={value === undefined || value === null ? null : String(value)}
          allowDeselect={isOptional}
          clearable={isOptional}
          onChange={(next) => onChange(field.choices.find((one) => String(one.value) === next)?.value)}
        />
      );
    }
    case 'choices': {
      const data = field.choices.map((one) => ({
        value: String(one.value),
        label: say(`${code}.${one.value}`, one.label ?? String(one.value)),
      }));
      return <MultiSelect {...common} placeholder={none} data={data} value={several} onChange={onChange} />;
    }
    case 'pick': {
      const known = choices[field.from] ?? [];
      const isOptional = field.emptyValue !== undefined;
      const chosen = known.find((one) => one.value === value);
      const description = chosen?.help ?? help;
      // What is chosen and not known any more stays to be seen.
      const data =
        chosen === undefined && textIn(value) !== ''
          ? [...known, { value: textIn(value), label: textIn(value) }]
          : known;
      return (
        <Select
          {...common}
          description={description}
          data={data.map(({ value: one, label }) => ({ value: one, label }))}
          value={textIn(value) === '' ? null : textIn(value)}
          searchable={known.length > 10}
          allowDeselect={isOptional}
          clearable={isOptional}
          onChange={onChange}
        />
      );
    }
    case 'picks': {
      const known = choices[field.from] ?? [];
      const unknown = several.filter((one) => !known.some((choice) => choice.value === one));
      const data = [...known, ...unknown.map((one) => ({ value: one, label: one }))];
      return (
        <MultiSelect
          {...common}
          placeholder={none}
          data={data.map(({ value: one, label }) => ({ value: one, label }))}
          searchable={data.length > 10}
          value={several}
          onChange={onChange}
        />
      );
    }
    case 'weekdays':
      return (
        <MultiSelect
          {...common}
          data={weekdays.map((day) => ({ value: String(day), label: format.weekday(day) }))}
          value={several}
          onChange={(days) => onChange(days.map(Number))}
        />
      );
    case 'number': {
      const unit: QuantityUnit | undefined = field.unit === 'metric' ? metricUnit : field.unit;
      const problem = problemOf(field, value);
      if (unit !== undefined && hasUnit(unit))
        return (
          <QuantityInput
            {...common}
            value={value}
            unit={unit}
            {...(field.zero !== undefined && { zero: say(`${code}.zero`, field.zero) })}
            error={problemText(problem, unit, texts)}
            onChange={onChange}
          />
        );
      return (
        <NumberInput
          {...common}
          value={typeof value === 'number' || typeof value === 'string' ? value : ''}
          allowDecimal={!field.isWhole}
          {...(field.min !== undefined && { min: field.min })}
          {...(field.max !== undefined && { max: field.max })}
          onChange={(next) => onChange(next === '' ? undefined : next)}
        />
      );
    }
    case 'text': {
      const text = {
        ...common,
        value: textIn(value),
        ...(field.maxLength !== undefined && { maxLength: field.maxLength }),
        onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
          onChange(event.currentTarget.value),
      };
      // Several lines (a key) can't be typed into a password's field.
      const hidden = { ...(field.isSecret && { styles: { input: { WebkitTextSecurity: 'disc' } } }) };
      if (field.isSecret && !field.isMultiline)
        return <PasswordInput {...text} {...(isKept && { placeholder: t('channels.secretSet') })} autoComplete="off" />;
      return field.isMultiline ? (
        <Textarea
          {...text}
          {...hidden}
          {...(isKept && { placeholder: t('channels.secretSet') })}
          autosize
          minRows={2}
        />
      ) : (
        <TextInput {...text} />
      );
    }
    case 'texts':
      return (
        <TagsInput
          {...common}
          placeholder={several.length === 0 ? (placeholder ?? '') : ''}
          value={several}
          onChange={onChange}
        />
      );
    default:
      return null;
  }
}
