/**
 * Draws every icon of the app from the shapes below: `node build/make-icons.ts`. Its outputs are committed; run it
 * again after changing a shape. Chromium draws, because a tray icon is small and its edges are what one sees.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { type TrayState, trayStates } from '../src-main/desktop/tray/tray-state.ts';
import { findChromium } from './find-chromium.ts';

const root = join(import.meta.dirname, '..');

/**
 * One colour for strokes and filled shapes, and what is cut out of them. All on a 32 grid; shape alone tells the state.
 */
type Shape = (colour: string, hole: string) => string;

const heartbeat = (colour: string, width: number): string =>
  `<path d="M2 18h6l4-10 6 17 4.5-12 2 5h5.5" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;
const exclamation = (colour: string, top: number): string =>
  `<path d="M16 ${top}v8" stroke="${colour}" stroke-width="3.6" stroke-linecap="round"/><circle cx="16" cy="${top + 13.4}" r="2.1" fill="${colour}"/>`;

const shapes: Readonly<Record<TrayState, Shape>> = {
  fine: (colour) => heartbeat(colour, 3.2),
  warning: (colour, hole) =>
    `<path d="M16 3.5 30 28H2z" fill="${colour}" stroke="${colour}" stroke-width="3" stroke-linejoin="round"/>${exclamation(hole, 12)}`,
  critical: (colour, hole) =>
    `<path d="M10.2 2h11.6L30 10.2v11.6L21.8 30H10.2L2 21.8V10.2z" fill="${colour}"/>${exclamation(hole, 8.3)}`,
  paused: (colour) =>
    `<rect x="7" y="5" width="6.4" height="22" rx="1.8" fill="${colour}"/><rect x="18.6" y="5" width="6.4" height="22" rx="1.8" fill="${colour}"/>`,
  'no-data': (colour) =>
    `<circle cx="16" cy="16" r="12.4" fill="none" stroke="${colour}" stroke-width="3" stroke-dasharray="4.6 3.2"/><path d="M11 16h10" stroke="${colour}" stroke-width="3.2" stroke-linecap="round"/>`,
};

/** 4.5:1 and more on their task bar. */
const onDark: Readonly<Record<TrayState, string>> = {
  fine: '#ffffff',
  warning: '#ffb020',
  critical: '#ff6b60',
  paused: '#9cc2ff',
  'no-data': '#b6bdc9',
};
const onLight: Readonly<Record<TrayState, string>> = {
  fine: '#1b1f27',
  warning: '#a65c00',
  critical: '#c4271b',
  paused: '#1d52b8',
  'no-data': '#5d6778',
};
/** Grounds of the pictures that have to do on any panel. */
const grounds: Readonly<Record<TrayState, string>> = {
  fine: '#2f6feb',
  warning: '#ffb020',
  critical: '#d92d20',
  paused: '#475467',
  'no-data': '#667085',
};

const svg = (content: string, viewBox = '0 0 32 32'): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}">${content}</svg>`;
/** A hole needs a mask, so that the bar shows through. */
const cutOut = (shape: Shape, colour: string): string =>
  svg(`<mask id="m">${shape('#fff', '#000')}</mask><rect width="32" height="32" fill="${colour}" mask="url(#m)"/>`);
const onGround = (state: TrayState): string => {
  const ink = state === 'warning' ? '#3b2300' : '#ffffff';
  const small = `<g transform="translate(16 16) scale(.72) translate(-16 -16)">`;
  if (state === 'warning' || state === 'critical') return svg(shapes[state](grounds[state], ink));
  return svg(
    `<rect width="32" height="32" rx="8" fill="${grounds[state]}"/>${small}${shapes[state](ink, grounds[state])}</g>`,
  );
};

const appIcon = svg(
  `<defs><linearGradient id="g" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#4f86f3"/><stop offset="1" stop-color="#1d52b8"/></linearGradient></defs>` +
    `<rect x="2" y="2" width="28" height="28" rx="7" fill="url(#g)"/><g transform="translate(16 16) scale(.74) translate(-16 -16)">${heartbeat('#ffffff', 2.9)}</g>`,
);

const found = findChromium();
if ('missing' in found) throw new Error(found.missing);
const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  const tray = join(root, 'resources', 'tray');
  const icons = join(root, 'resources', 'icons');
  for (const folder of [tray, icons]) mkdirSync(folder, { recursive: true });

  const windowsSizes = [16, 20, 24, 32, 40, 48, 64];
  for (const state of trayStates) {
    const template = cutOut(shapes[state], '#000000');
    writeFileSync(join(tray, `${state}Template.png`), await draw(page, template, 16));
    writeFileSync(join(tray, `${state}Template@2x.png`), await draw(page, template, 32));
    for (const [bar, colours] of [
      ['dark', onDark],
      ['light', onLight],
    ] as const)
      writeFileSync(
        join(tray, `${state}-on-${bar}.ico`),
        await ico(page, cutOut(shapes[state], colours[state]), windowsSizes),
      );
    writeFileSync(join(tray, `${state}.png`), await draw(page, onGround(state), 24));
    writeFileSync(join(tray, `${state}@2x.png`), await draw(page, onGround(state), 48));
  }
  writeFileSync(join(icons, 'icon.png'), await draw(page, appIcon, 1024));
  writeFileSync(join(icons, 'icon.ico'), await ico(page, appIcon, [16, 24, 32, 48, 64, 128, 256]));
} finally {
  await browser.close();
}

async function draw(page: Page, picture: string, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${picture}`);
  return page.screenshot({ omitBackground: true, clip: { x: 0, y: 0, width: size, height: size } });
}

/** An icon file: a header, an entry for each size, and the PNGs as they are (Windows Vista and later read those). */
async function ico(page: Page, picture: string, sizes: readonly number[]): Promise<Buffer> {
  const images: Buffer[] = [];
  for (const size of sizes) images.push(await draw(page, picture, size));
  const header = Buffer.alloc(6 + 16 * sizes.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(sizes.length, 4);
  let offset = header.length;
  for (const [index, size] of sizes.entries()) {
    const entry = 6 + 16 * index;
    // 0 stands for 256.
    header.writeUInt8(size % 256, entry);
    header.writeUInt8(size % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE((images[index] as Buffer).length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += (images[index] as Buffer).length;
  }
  return Buffer.concat([header, ...images]);
}
