/** The statements of the sample knowledge base: 4,242 different ones, the same each time. */

export interface SampleFact {
  readonly statement: string;
  readonly source: string;
  readonly tags: string;
  readonly confidence: number;
}

const sampleFactCount = 4_242;

const subjects: readonly (readonly [topic: string, names: readonly string[]])[] = [
  ['planets', ['Mercury', 'Venus', 'Earth', 'Mars', 'Jupiter', 'Saturn', 'Uranus', 'Neptune']],
  ['rivers', ['Rhine', 'Elbe', 'Danube', 'Loire', 'Ebro', 'Tagus', 'Vistula', 'Oder']],
  ['elements', ['Hydrogen', 'Helium', 'Carbon', 'Nitrogen', 'Oxygen', 'Iron', 'Copper', 'Gold']],
  ['logic', ['Socrates', 'Plato', 'Aristotle', 'Frege', 'Goedel', 'Tarski', 'Church', 'Turing']],
  ['databases', ['Table', 'Index', 'Page', 'Cell', 'Journal', 'Checkpoint', 'Trigger', 'View']],
];
const relations = [
  'IsA',
  'PartOf',
  'HasProperty',
  'RelatedTo',
  'Causes',
  'Requires',
  'Precedes',
  'SimilarTo',
  'LocatedIn',
  'Defines',
  'Implies',
  'Contradicts',
];
const objects = ['Concept', 'Object', 'Process', 'Quantity', 'Region', 'Theory', 'Structure', 'Event', 'Method'];

export function* sampleFacts(): Generator<SampleFact> {
  let made = 0;
  for (let variant = 1; ; variant += 1) {
    for (const [topic, names] of subjects) {
      for (const name of names) {
        for (const relation of relations) {
          const object = objects[made % objects.length];
          yield {
            statement: `${relation}(${name}${variant > 1 ? variant : ''}, ${object})`,
            source: `sample/${topic}`,
            tags: `${topic},${relation.toLowerCase()}`,
            confidence: 0.5 + ((made * 7) % 51) / 100,
          };
          made += 1;
          if (made === sampleFactCount) return;
        }
      }
    }
  }
}
