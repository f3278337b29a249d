/** Node entry: the command line. `run` keeps the monitor going without a window; the dashboard opens in any browser. */
import { usage } from './command-line/run-options.ts';

/** Subcommands load their own code: `doctor` should not pay for the monitor, nor the other way round. */
const commands: Record<string, (args: readonly string[]) => Promise<number>> = {
  run: async (args) => (await import('./command-line/run.ts')).runMonitor(args),
  doctor: async (args) => (await import('./command-line/doctor.ts')).runDoctorCommand(args),
  explain: async (args) => (await import('./command-line/explain.ts')).runExplain(args),
  insights: async (args) => (await import('./command-line/insights.ts')).runInsights(args),
  export: async (args) => (await import('./command-line/export.ts')).runExport(args),
  open: async (args) => (await import('./command-line/open.ts')).runOpen(args),
  token: async (args) => (await import('./command-line/token.ts')).runToken(args),
  import: async (args) => (await import('./command-line/import.ts')).runImport(args),
};

/**
 * better-sqlite3 is written for this version of Node-API; under an older one it would take the process down without a
 * word.
 */
const nodeApi = 10;

const [first = 'run', ...rest] = process.argv.slice(2);
const name = first.startsWith('-') ? 'run' : first;
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (process.versions.electron === undefined && Number(process.versions.napi) < nodeApi) {
  process.stderr.write(
    `Node ${process.versions.node} is too old: it takes 22.14 or newer. In the project's folder, \`npm run headless -- …\` uses the one that comes along.\n`,
  );
  process.exitCode = 1;
} else if (command === undefined) {
  process.stderr.write(`There is no command "${name}".\n\n${usage}`);
  process.exitCode = 2;
} else {
  process.exitCode = await command(first.startsWith('-') ? [first, ...rest] : rest);
}
