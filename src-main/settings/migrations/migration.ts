/**
 * One step from a version of the settings file to the next, on the file as it was read: nothing in it is known to be
 * true. Pure.
 */

export type Fields = Readonly<Record<string, unknown>>;

export interface SettingsMigration {
  /** What it makes. */
  readonly to: number;
  /** Leaves alone whatever is not as it expects: the schema judges afterwards. */
  readonly migrate: (settings: Fields) => Fields;
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Under another name, unless that is taken already. */
export function renamed(fields: Fields, names: Readonly<Record<string, string>>): Fields {
  const entries = Object.entries(fields).flatMap(([name, value]): [string, unknown][] => {
    const next = Object.hasOwn(names, name) ? names[name] : undefined;
    if (next === undefined) return [[name, value]];
    return Object.hasOwn(fields, next) ? [] : [[next, value]];
  });
  return Object.fromEntries(entries);
}

/**
 * With what lies at a path changed, where it is there; `*` stands for every entry of a list, and every value of an
 * object.
 */
export function changedAt(value: unknown, path: readonly string[], change: (fields: Fields) => Fields): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return isFields(value) ? change(value) : value;
  if (name === '*' && Array.isArray(value)) return value.map((one) => changedAt(one, rest, change));
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, name === '*' || name === key ? changedAt(one, rest, change) : one]),
  );
}
