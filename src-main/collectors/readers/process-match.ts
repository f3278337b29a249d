/** Whether a process is the one that people mean by a name. Pure. */

export interface NamedProcess {
  /** As the system calls it: cut at 15 bytes on Linux. */
  readonly name: string;
  /** What it is as a person calls it: its script, its package. */
  readonly label?: string;
  /** The words of its command line; one word where a program has written its own title. */
  readonly words: () => readonly string[];
}

/** Programs that run others' texts: with them, the script is what is meant. */
const interpreter =
  /^(python|pypy|node|nodejs|deno|bun|ruby|perl|php|java|lua|sh|bash|dash|zsh|pwsh|dotnet|Rscript|tclsh|wish|julia)w?[\d.]*$/i;

/**
 * By the name of the program (with its path or without), of its script or module, or by the title that it gave itself
 * (`postgres: checkpointer`).
 */
export function isCalled(wanted: string, { name, label, words }: NamedProcess): boolean {
  const plain = withoutExe(wanted);
  if (withoutExe(name) === plain || label === wanted) return true;
  const [first = '', ...rest] = words();
  // A title of its own, up to what it does at the moment: "postgres: writer", "nginx: worker process", "sshd: ann
  // [priv]".
  const title = [first, ...rest].join(' ').trim();
  if (title === wanted || (/[:\s]/.test(wanted) && title.startsWith(`${wanted} `))) return true;
  const program = fileOf(first.replace(/:$/, ''));
  if (wanted.includes('/') || wanted.includes('\\')) {
    if (first === wanted) return true;
  } else if (withoutExe(program) === plain) return true;
  if (!interpreter.test(withoutExe(program))) return false;
  const script = scriptOf(rest);
  return script !== undefined && (script === wanted || fileOf(script) === wanted);
}

/** The first word that is no option; behind `-m` and `-jar` it is their value. */
function scriptOf(words: readonly string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    if (word === '-m' || word === '-jar') return words[index + 1];
    if (word === '-c' || word === '-e' || word === '--eval') return undefined;
    if (!word.startsWith('-')) return word;
  }
  return undefined;
}

const fileOf = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
const withoutExe = (name: string): string => name.replace(/\.exe$/i, '');
