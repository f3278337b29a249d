/** The desktop app in Electron: what the tray alone costs, and how soon the window shows live values. */
import { readFileSync } from 'node:fs';
import { ask, type Desktop, findRuntime, processTree, startDesktop, tell } from '../support/electron.ts';
import { eventually } from '../support/headless.ts';
import type { BenchRow } from './bench-row.ts';

const openings = 7;
const idleSeconds = 20;

export async function bench(): Promise<readonly BenchRow[]> {
  const runtime = findRuntime();
  if ('missing' in runtime) return [{ what: 'desktop app', ours: 'not measured', note: runtime.missing }];
  const desktop = await startDesktop(runtime, {
    args: ['--hidden'],
    settings: { general: { keepHiddenWindowMinutes: 0 } },
  });
  try {
    await eventually(
      () => ask(desktop.app, () => (globalThis as unknown as { hakgalTest: { tooltip: string } }).hakgalTest.tooltip),
      (tooltip) => /\d %/.test(tooltip),
    );
    const cold = await open(desktop);
    const warm: number[] = [];
    for (let round = 0; round < openings; round += 1) {
      await close(desktop);
      warm.push(await open(desktop));
    }
    await close(desktop);
    const median = warm.sort((a, b) => a - b)[Math.floor(openings / 2)] as number;
    const idle = await idleCost(desktop.pid);
    const renderers = await renderersOf(desktop);
    return [
      { what: 'window from the tray to live values, first time', ours: `${cold} ms` },
      {
        what: 'window from the tray to live values, warm (median of 7, window made anew each time)',
        ours: `${median} ms`,
        target: '≤ 500 ms',
        isMet: median <= 500,
      },
      { what: 'tray only: renderer processes', ours: String(renderers), target: '0', isMet: renderers === 0 },
      {
        what: `tray only: CPU of all its processes, ${idleSeconds} s`,
        ours: `${idle.cpuPercent.toFixed(2)} % of a core`,
      },
      { what: 'tray only: memory of all its processes (PSS)', ours: `${Math.round(idle.pssBytes / 1e6)} MB` },
    ];
  } finally {
    await desktop.quit();
  }
}

const renderersOf = (desktop: Desktop): Promise<number> =>
  ask(desktop.app, ({ app }) => app.getAppMetrics().filter(({ type }) => type === 'Tab').length);

/** ms from the click to the first painted live figure, by the machine's one clock. */
async function open(desktop: Desktop): Promise<number> {
  const window = desktop.app.waitForEvent('window');
  const from = await desktop.app.evaluate(({ app }) => {
    const at = Date.now();
    app.emit('activate');
    return at;
  });
  const page = await window;
  const at = await page.waitForFunction(
    () => /\d\s?%/.test(document.querySelector('main')?.innerText ?? '') && Date.now(),
    undefined,
    { polling: 'raf', timeout: 20_000 },
  );
  return ((await at.jsonValue()) as number) - from;
}

async function close(desktop: Desktop): Promise<void> {
  await tell(desktop.app, ({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.close();
  });
  await eventually(
    () => renderersOf(desktop),
    (count) => count === 0,
  );
}

async function idleCost(pid: number): Promise<{ readonly cpuPercent: number; readonly pssBytes: number }> {
  const cpuSeconds = (): number =>
    processTree(pid).reduce((sum, one) => {
      const fields = read(`/proc/${one}/stat`).split(') ')[1]?.split(' ') ?? [];
      return sum + (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100;
    }, 0);
  const before = cpuSeconds();
  await new Promise((resolve) => setTimeout(resolve, idleSeconds * 1000));
  const cpuPercent = ((cpuSeconds() - before) / idleSeconds) * 100;
  const pssBytes = processTree(pid).reduce(
    (sum, one) => sum + Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${one}/smaps_rollup`))?.[1] ?? 0) * 1024,
    0,
  );
  return { cpuPercent, pssBytes };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
