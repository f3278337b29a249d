/** Every user's story on one stage: each scene is one start of the app, and each story stands for itself. */
import { afterAll, beforeAll, describe, it } from 'vitest';
import { importMonth } from '../../support/month-of-history.ts';
import { aiCosts } from './ai-costs.ts';
import { firstRun } from './first-run.ts';
import { german } from './german.ts';
import { insights } from './insights.ts';
import { keyboardOnly } from './keyboard-only.ts';
import { busyProgram, loadAndRelief } from './load-and-relief.ts';
import { makeNotes } from './notes-database.ts';
import { repairAndUndo } from './repair-and-undo.ts';
import { salvageInSteps } from './salvage-in-steps.ts';
import { slowAndEnded } from './slow-and-ended.ts';
import type { Scene, Stage, Story } from './stage.ts';
import { month, thirtyDays } from './thirty-days.ts';

export type Raised = Stage & { close(): Promise<unknown> };

interface Act {
  readonly title: string;
  readonly scene: Scene;
  readonly stories: readonly Story[];
}

const acts: readonly Act[] = [
  {
    title: 'on a new machine',
    scene: { prepare: async (dataDir) => makeNotes(dataDir) },
    stories: [firstRun],
  },
  { title: 'where the system speaks German', scene: { language: 'de' }, stories: [german] },
  {
    title: 'with a month behind it and the demo',
    scene: { isDemo: true, rules: [busyProgram], prepare: (dataDir) => importMonth(dataDir, month) },
    stories: [thirtyDays, insights, repairAndUndo, salvageInSteps, keyboardOnly, aiCosts, loadAndRelief, slowAndEnded],
  },
];

/** @param raise starts the app in a scene; or why it can't */
export function playStories(raise: ((scene: Scene) => Promise<Raised>) | { readonly missing: string }): void {
  describe.each(acts)('$title', ({ scene, stories }) => {
    let stage: Raised | undefined;
    beforeAll(async () => {
      if (!('missing' in raise)) stage = await raise(scene);
    });
    afterAll(() => stage?.close());

    for (const { title, timeoutMs = 120_000, missing, play } of stories)
      it(title, { timeout: timeoutMs }, async (context) => {
        if (stage === undefined || missing !== undefined) {
          context.skip('missing' in raise ? raise.missing : missing);
          return;
        }
        await play(stage);
      });
  });
}
