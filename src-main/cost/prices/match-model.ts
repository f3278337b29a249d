/**
 * Whether a name is that of a model: its own name, or that with a date or version behind. A neighbour's price is worse
 * than none. Pure.
 */

/** -20250929, @2024-08-06, -0613, -001, -v1:0, -latest; a date may be followed by a version. */
const suffix =
  /^(?:[-@_](?:20\d{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|00\d|latest))?(?:[-@:_]v\d{1,2}(?::\d{1,2})?)?$/;

export const isSameModel = (asked: string, name: string): boolean =>
  asked.startsWith(name) && suffix.test(asked.slice(name.length));

/** The one whose name is the longest that fits: a model's own dated price goes before that of its family. */
export function findModel<T extends { readonly names: readonly string[] }>(
  models: readonly T[],
  asked: string,
): T | undefined {
  const wanted = asked.trim().toLowerCase();
  let best: T | undefined;
  let length = 0;
  for (const model of models)
    for (const name of model.names)
      if (name.length > length && isSameModel(wanted, name)) {
        best = model;
        length = name.length;
      }
  return best;
}

/** What OpenTelemetry, SDKs and people call the providers of the list. */
const otherNames: Readonly<Record<string, string>> = {
  'aws.bedrock': 'aws',
  bedrock: 'aws',
  'amazon-bedrock': 'aws',
  'azure.ai.openai': 'azure',
  'az.ai.openai': 'azure',
  'azure.ai.inference': 'azure',
  'az.ai.inference': 'azure',
  'azure-openai': 'azure',
  'gcp.gemini': 'google',
  'gcp.gen-ai': 'google',
  'gcp.vertex-ai': 'google',
  'vertex-ai': 'google',
  gemini: 'google',
  'google-genai': 'google',
  'mistral-ai': 'mistral',
  mistralai: 'mistral',
  xai: 'x-ai',
  'together-ai': 'together',
  togetherai: 'together',
  moonshot: 'moonshotai',
  'fireworks-ai': 'fireworks',
};

export function providerId(name: string): string {
  const plain = name.trim().toLowerCase().replaceAll('_', '-').replaceAll(' ', '-');
  return otherNames[plain] ?? plain;
}
