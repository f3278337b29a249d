/**
 * What a form's fields need to know beside their schema: lists that only a running monitor has, and what is kept
 * already.
 */
import type { ChoiceSource } from '@contract/forms/field-meta.ts';
import type { Unit } from '@contract/metric.ts';
import { createContext, useContext } from 'react';

export interface FormSurroundings {
  readonly choices: Partial<Readonly<Record<ChoiceSource, readonly PickedChoice[]>>>;
  /** Of the metric that a rule is about; undefined where it has none. */
  readonly metricUnit?: Unit;
  /** Names of secrets that are kept and need not be typed again. */
  readonly secretsSet?: readonly string[];
}

interface PickedChoice {
  readonly value: string;
  readonly label: string;
  /** Shown once it is chosen. */
  readonly help?: string;
}

export interface FormState extends FormSurroundings {
  readonly showsMore: boolean;
}

export const FormContext = createContext<FormState>({ choices: {}, showsMore: false });
export const useFormContext = (): FormState => useContext(FormContext);
