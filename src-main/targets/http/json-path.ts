/**
 * The part of JSONPath (RFC 9535) that checks of answers use: `$.status`, `$.items[0].name`, `$['a b']`,
 * `$.nodes[*].ok`. Pure.
 */

/** @returns every value at the path; undefined where the path can't be read */
export function valuesAt(value: unknown, path: string): readonly unknown[] | undefined {
  const steps = parsePath(path);
  if (steps === undefined) return undefined;
  let values = [value];
  for (const step of steps) values = values.flatMap((one) => childrenOf(one, step));
  return values;
}

const step = /^(?:\.?\[(?:(\*)|(-?\d+)|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\]|\.?(\*|[^.[\]'"\s]+))/;

type Step = string | number | null;

/** Null stands for every child. */
function parsePath(path: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  let rest = path.trim().replace(/^\$/, '');
  while (rest !== '') {
    const match = step.exec(rest);
    if (match === null) return undefined;
    const [all, star, index, single, double, name] = match;
    if (star !== undefined || name === '*') steps.push(null);
    else if (index !== undefined) steps.push(Number(index));
    else steps.push((single ?? double)?.replace(/\\(.)/g, '$1') ?? (name as string));
    rest = rest.slice(all.length);
  }
  return steps;
}

function childrenOf(value: unknown, wanted: Step): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if (wanted === null) return Object.values(value);
  if (Array.isArray(value)) {
    const index = Number(wanted);
    return Number.isInteger(index) && value.at(index) !== undefined ? [value.at(index)] : [];
  }
  return Object.hasOwn(value, wanted) ? [(value as Record<string, unknown>)[wanted]] : [];
}
