import { describe, expect, it } from 'vitest';
import { plainFormats } from '../../src-main/contract/explanation/sentence.ts';
import { explain, explainInWords } from '../../src-main/explain/explain.ts';
import { recordingOf, situations } from './situations.ts';

describe('why the machine is slow', () => {
  it('has situations enough', () => expect(situations.length).toBeGreaterThanOrEqual(60));

  for (const situation of situations.filter(({ cause }) => cause !== undefined))
    it(`names the cause first: ${situation.title}`, () => {
      const explanation = explain(recordingOf(situation));
      const [first] = explanation.causes;
      expect(first, explainInWords(explanation, plainFormats('en', 'en'))).toMatchObject(situation.cause as object);
    });

  for (const situation of situations.filter(({ cause }) => cause === undefined))
    it(`claims nothing: ${situation.title}`, () => {
      const explanation = explain(recordingOf(situation));
      expect(explanation.causes, explainInWords(explanation, plainFormats('en', 'en'))).toEqual([]);
    });
});
