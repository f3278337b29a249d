/**
 * Two PNG pictures, compared by the browser that drew them: the share of pixels that differ, 0–1; 1 when their sizes
 * do.
 */
import type { Page } from 'playwright-core';

/** Differences of a channel below this are anti-aliasing. */
const tolerance = 24;

export function differingShare(page: Page, one: Buffer, other: Buffer): Promise<number> {
  const urls = [one, other].map((picture) => `data:image/png;base64,${picture.toString('base64')}`);
  return page.evaluate(
    async ([sources, limit]) => {
      const [a, b] = await Promise.all(
        (sources as string[]).map(async (source) => {
          const image = new Image();
          image.src = source;
          await image.decode();
          const canvas = new OffscreenCanvas(image.width, image.height);
          const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
          context.drawImage(image, 0, 0);
          return context.getImageData(0, 0, image.width, image.height);
        }),
      );
      if (a === undefined || b === undefined || a.width !== b.width || a.height !== b.height) return 1;
      let differing = 0;
      for (let index = 0; index < a.data.length; index += 4) {
        const isSame = [0, 1, 2].every(
          (channel) =>
            Math.abs((a.data[index + channel] as number) - (b.data[index + channel] as number)) <= (limit as number),
        );
        if (!isSame) differing += 1;
      }
      return differing / (a.width * a.height);
    },
    [urls, tolerance] as const,
  );
}
