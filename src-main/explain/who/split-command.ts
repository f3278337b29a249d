/**
 * A command line as words: NUL-separated as Linux keeps it, else split at blanks outside of quotes; and a program by
 * its path.
 */

const maxWords = 64;

export function splitCommand(command: string): readonly string[] {
  if (command.includes('\0')) {
    const words = command
      .split('\0')
      .filter((word) => word !== '')
      .slice(0, maxWords);
    return words.length === 1 ? splitTitle(words[0] as string) : words;
  }
  const words: string[] = [];
  for (const match of withSpacedProgram(command).matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)) {
    words.push(match[1] ?? match[2] ?? (match[3] as string));
    if (words.length === maxWords) break;
  }
  return words;
}

/**
 * Programs that write a title over their arguments leave one word with blanks in it: Chromium's helpers, `npm install
 * …`. A path with blanks stays whole up to its first option.
 */
function splitTitle(title: string): readonly string[] {
  if (!title.startsWith('/')) return title.split(/\s+/).slice(0, maxWords);
  const [program = title, ...options] = title.split(/\s+(?=-)/);
  return [program, ...options].slice(0, maxWords);
}

/** `C:\Program Files\nodejs\node.exe vite build` comes without quotes from some systems. */
function withSpacedProgram(command: string): string {
  const program = /^([A-Za-z]:\\[^"]*?\.exe)(?=\s|$)/i.exec(command)?.[1];
  return program?.includes(' ') === true ? `"${program}"${command.slice(program.length)}` : command;
}

/** `/usr/lib/firefox/firefox` → `firefox`; `C:\Program Files\Git\bin\git.exe` → `git`. */
export function fileName(path: string): string {
  const last =
    path
      .replace(/[\\/]+$/, '')
      .split(/[\\/]/)
      .at(-1) ?? path;
  return last.replace(/\.(exe|com|cmd|bat)$/i, '') || path;
}
