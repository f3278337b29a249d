/**
 * Gives back the previous object while the next one says the same by `textOf`, so that a change can be told by
 * identity.
 */
export function createIdentityKeeper<T>(textOf: (value: T) => string = JSON.stringify): (next: T) => T {
  let text: string | undefined;
  let kept: T | undefined;
  return (next) => {
    const nextText = textOf(next);
    if (nextText !== text) {
      text = nextText;
      kept = next;
    }
    return kept as T;
  };
}
