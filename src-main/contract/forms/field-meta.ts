/**
 * What a schema says of a field beside its shape: `z.number().meta({ label: { en, de }, unit: 'seconds' })`. Forms and
 * texts come from it.
 */
import { z } from 'zod';
import type { Text } from '../text/text.ts';

/** In what a stored number counts. Forms show and take it as people write it: 300 seconds are "5 min". */
export type FieldUnit =
  | 'milliseconds'
  | 'seconds'
  | 'minutes'
  | 'hours'
  | 'days'
  | 'bytes'
  /** Of 1,048,576 bytes each. */
  | 'megabytes'
  | 'percent'
  /** 0.8 is 80 %. */
  | 'ratio'
  | 'per_second'
  | 'per_minute'
  /** The unit of the metric that the rule is about. */
  | 'metric';

/** Lists to choose from that only a running monitor knows. */
export type ChoiceSource = 'channels' | 'metrics' | 'profiles' | 'rules';

export interface FieldMeta {
  /** What the field is called: sentence case, no unit. */
  readonly label?: Text;
  readonly help?: Text;
  /** An example, alike in every language. */
  readonly placeholder?: string;
  /** What an empty field means: "same as the threshold". */
  readonly empty?: Text;
  /** What 0 means where it is no amount: "never". */
  readonly zero?: Text;
  /** Each value of an enum, in words. */
  readonly choices?: Readonly<Record<string, Text>>;
  /** Values to choose from in place of typing one. */
  readonly from?: ChoiceSource;
  readonly unit?: FieldUnit;
  /** Kept apart from the settings, sealed where the system can; never shown again. Channels only. */
  readonly secret?: true;
  readonly multiline?: true;
  /** Days of the week, 0 being Sunday. */
  readonly weekdays?: true;
  /** Needed seldom: under "More settings". */
  readonly advanced?: true;
  /** A group that stands among the fields around it, without a frame. */
  readonly inline?: true;
  /** Has a better place than a form, or none. */
  readonly hidden?: true;
}

declare module 'zod' {
  interface GlobalMeta extends FieldMeta {}
}

const metaKeys: Readonly<Record<keyof FieldMeta, true>> = {
  label: true,
  help: true,
  placeholder: true,
  empty: true,
  zero: true,
  choices: true,
  from: true,
  unit: true,
  secret: true,
  multiline: true,
  weekdays: true,
  advanced: true,
  inline: true,
  hidden: true,
};

/** @throws where a schema says what nobody knows: a slip of the pen must not make a secret public */
export function metaOf(schema: z.ZodType): FieldMeta {
  const meta = z.globalRegistry.get(schema) ?? {};
  const unknown = Object.keys(meta).filter((key) => !(key in metaKeys));
  if (unknown.length > 0) throw new Error(`A field's meta has no ${unknown.join(', ')}`);
  return meta;
}
