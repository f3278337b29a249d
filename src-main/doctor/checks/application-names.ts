import type { Finding } from '../../contract/doctor/examination.ts';
import type { FindingKind } from '../../contract/words/findings.ts';
import { type ApplicationNameKind, namesOf } from '../application-defined/application-names.ts';
import type { SqlCheck } from './check.ts';

const found: Readonly<Record<ApplicationNameKind, readonly [kind: FindingKind, what: string]>> = {
  collation: ['application-collation', 'the collation'],
  function: ['application-function', 'the function'],
  module: ['application-module', 'the module'],
  tokenizer: ['application-tokenizer', 'the tokenizer'],
};

/** What the schema needs and only the application has. No fault: it says what could not be judged here, and is kept. */
export const applicationNames: SqlCheck = {
  id: 'application-names',
  title: 'Names of the application',
  needs: 'sql',
  *find({ checkable: { objects } }): Iterable<Finding> {
    for (const { kind, name } of namesOf(objects)) {
      const [finding, what] = found[kind];
      yield {
        kind: finding,
        check: 'application-names',
        severity: 'info',
        place: {},
        message: `The schema uses ${what} ${name}, which only its application has.`,
        values: { name },
      };
    }
  },
};
