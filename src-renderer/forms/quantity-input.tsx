/**
 * A quantity as it is written, "5 min". What can't be read stays as it was typed, and is said when the field is left.
 */
import { TextInput, type TextInputProps } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { type QuantityUnit, readQuantity, writeQuantity } from './quantity.ts';

export interface QuantityInputProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  readonly value: unknown;
  readonly unit: QuantityUnit;
  /** What 0 is called. */
  readonly zero?: string;
  /** A number in the stored unit; undefined when emptied; the text itself where it is no quantity. */
  readonly onChange: (value: number | string | undefined) => void;
}

export function QuantityInput({ value, unit, zero, onChange, error, ...rest }: QuantityInputProps): ReactNode {
  const { format } = useText();
  const [typed, setTyped] = useState<string>();
  const written = (): string => {
    if (value === 0 && zero !== undefined) return zero;
    return typeof value === 'number' ? writeQuantity(value, unit, format.locale) : String(value ?? '');
  };
  const read = (text: string): number | string | undefined => {
    if (text.trim() === '') return undefined;
    if (zero !== undefined && text.trim().toLowerCase() === zero.toLowerCase()) return 0;
    return readQuantity(text, unit, format.locale) ?? text;
  };
  return (
    <TextInput
      {...rest}
      autoComplete="off"
      maxLength={60}
      value={typed ?? written()}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(read(event.currentTarget.value));
      }}
      onBlur={() => setTyped(undefined)}
      // Half of a quantity is no mistake while it is typed.
      error={typed === undefined && error}
    />
  );
}
