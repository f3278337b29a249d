import { z } from 'zod';
import { type AnyLanguage, languageNames } from '../text/text.ts';

/** How the app itself behaves. */
export const generalSettingsSchema = z.object({
  /** `system` follows the desktop. */
  language: z.enum(['system', ...(Object.keys(languageNames) as AnyLanguage[])]).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  startAtLogin: z.boolean().default(false),
  /** The first-run steps were finished or skipped; never asked again. */
  isFirstRunDone: z.boolean().default(false),
  /** Minutes that a hidden window lives on before its renderer is ended. */
  keepHiddenWindowMinutes: z.number().int().min(0).max(120).default(5),
  /** The figure beside the icon in the menu bar of macOS. */
  menuBarFigure: z.enum(['none', 'cpu', 'memory']).default('none'),
  logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});
