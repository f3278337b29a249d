/** Whether an answer says what it should. Pure. */
import type { TargetFinding } from '../../contract/targets.ts';
import type { HttpAnswer } from '../../platform/web/http-request.ts';
import { finding, type SettingsOf } from '../target-type.ts';
import { valuesAt } from './json-path.ts';

type Answer = Extract<HttpAnswer, { readonly ok: true }>;

/** Undefined where nothing is wrong. */
export function judgeAnswer(
  settings: SettingsOf<'http'>,
  answer: Answer,
  facts: TargetFinding['facts'],
): TargetFinding | undefined {
  const { url, status, bodyContains, contains, mustNotContain, jsonPath } = settings;
  if (answer.status < status.from || answer.status > status.until)
    return finding('wrong', 'status', `${url} answers with status ${answer.status}`, facts, {
      status: String(answer.status),
    });
  const wanted = [...(bodyContains === undefined ? [] : [bodyContains]), ...contains];
  if (wanted.length === 0 && mustNotContain.length === 0 && jsonPath === '') return undefined;
  const body = answer.text();
  const missing = wanted.find((text) => !body.includes(text));
  if (missing !== undefined)
    return finding('wrong', 'body', `The answer of ${url} does not hold "${missing}"`, facts, { text: missing });
  const unwanted = mustNotContain.find((text) => body.includes(text));
  if (unwanted !== undefined)
    return finding('wrong', 'forbidden-text', `The answer of ${url} holds "${unwanted}"`, facts, { text: unwanted });
  return jsonPath === '' ? undefined : judgeJson(settings, body, facts);
}

function judgeJson(
  { url, jsonPath, jsonValue }: SettingsOf<'http'>,
  body: string,
  facts: TargetFinding['facts'],
): TargetFinding | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return finding('wrong', 'not-json', `The answer of ${url} is not JSON`, facts);
  }
  const values = valuesAt(parsed, jsonPath) ?? [];
  if (values.length === 0)
    return finding('wrong', 'json-missing', `The answer of ${url} has nothing at ${jsonPath}`, facts, {
      path: jsonPath,
    });
  // Several values, by a star: each of them.
  const other = jsonValue === '' ? undefined : values.find((value) => asText(value) !== jsonValue);
  if (jsonValue === '' || values.every((value) => asText(value) === jsonValue)) return undefined;
  const found = asText(other).slice(0, 100);
  return finding('wrong', 'json-value', `The answer of ${url} has ${found} at ${jsonPath}`, facts, {
    path: jsonPath,
    found,
    value: jsonValue,
  });
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
