/**
 * Attributes whose values have no end: ids of sessions and users, and what people wrote. They are dropped at the door.
 */
const unbounded =
  /^(?:session\.id|user\.|enduser\.|organization\.id|conversation\.id|prompt\.id|message\.id|request\.id|client\.request|thread\.id|run\.id|gen_ai\.(?:conversation|response)\.id|gen_ai\.(?:prompt|completion|input|output|system_instructions|tool\.call|agent\.id)|llm\.(?:prompts|completions|input|output)|input\.value|output\.value)/;

export const isUnbounded = (name: string): boolean => unbounded.test(name);

export const isAboutModels = (metric: string): boolean => /^(?:gen_ai|claude_code|llm)\./.test(metric);
