/** What the tray says of a live state. Pure. */
import type { ActiveAlert } from '../../contract/alerts/alert.ts';
import { plainFormats, sentenceOfNow } from '../../contract/explanation/sentence.ts';
import type { LiveState } from '../../contract/live.ts';
import { formatQuantity } from '../../contract/text/format-quantity.ts';
import { languages } from '../../contract/text/text.ts';
import type { Speaker } from '../../messages/catalogue.ts';
import { stateWords, desktopWords as words } from '../desktop-words.ts';

export const trayStates = ['fine', 'warning', 'critical', 'paused', 'no-data'] as const;
export type TrayState = (typeof trayStates)[number];

/** Series of the tooltip; names that users rely on, percent. */
const cpuKey = 'system_cpu_percent';
const memoryKey = 'system_memory_percent';

/** Firing and not muted by another alert; what the menu lists. */
export const firingAlerts = (state: LiveState | undefined): readonly ActiveAlert[] =>
  (state?.alerts ?? []).filter((alert) => alert.state === 'firing' && alert.inhibitedBy === undefined);

/**
 * The icon asks for attention only for what nobody has answered yet: acknowledged and snoozed alerts stay in the menu.
 */
export function trayStateOf(state: LiveState | undefined): TrayState {
  if (state === undefined || state.values.size === 0) return state?.pausedUntil ? 'paused' : 'no-data';
  if (state.pausedUntil !== null) return 'paused';
  const open = firingAlerts(state).filter((alert) => !alert.acknowledged && alert.silencedUntil === undefined);
  if (open.some(({ severity }) => severity === 'critical')) return 'critical';
  const isStoreFailing = state.health.reasons.some(({ kind }) => kind === 'store-failing');
  return isStoreFailing || open.some(({ severity }) => severity === 'warning') ? 'warning' : 'fine';
}

const percent = (state: LiveState, key: string, locale: string): string => {
  const value = state.values.get(key)?.value ?? Number.NaN;
  return Number.isFinite(value) ? formatQuantity(Math.round(value), 'percent', locale) : '–';
};

/** Windows cuts a tooltip there. */
const maxTooltip = 127;

/** Two lines: the figures, and what is the matter. */
export function tooltipOf(state: LiveState | undefined, speaker: Speaker): string {
  const trayState = trayStateOf(state);
  if (state === undefined || trayState === 'no-data') return `HAKGAL Monitor\n${speaker.say(stateWords['no-data'])}`;
  if (state.pausedUntil !== null)
    return `HAKGAL Monitor\n${speaker.say(words['paused-until'], { time: timeOfDay(state.pausedUntil, speaker.locale) })}`;
  const count = firingAlerts(state).length;
  const figures = `${speaker.say(words.cpu)} ${percent(state, cpuKey, speaker.locale)} · ${speaker.say(words.memory)} ${percent(state, memoryKey, speaker.locale)}`;
  const how =
    count > 0
      ? speaker.say(words.alerts, { count })
      : trayState === 'fine' && state.explanation.state !== 'unknown'
        ? undefined
        : speaker.say(stateWords[trayState]);
  const why = state.explanation.state === 'unknown' ? undefined : explanationOf(state, speaker);
  const text = `${figures}\n${[how, why].filter((part) => part !== undefined).join(' · ')}`;
  return text.length > maxTooltip ? `${text.slice(0, maxTooltip - 1).trimEnd()}…` : text;
}

function explanationOf({ explanation }: LiveState, { language, locale }: Speaker): string {
  const known = languages.find((one) => one === language) ?? 'en';
  return sentenceOfNow(explanation, plainFormats(known, locale));
}

/** The figure beside the icon in macOS's menu bar. */
export function figureOf(state: LiveState | undefined, which: 'none' | 'cpu' | 'memory', locale: string): string {
  if (which === 'none' || state === undefined || state.pausedUntil !== null) return '';
  return ` ${percent(state, which === 'cpu' ? cpuKey : memoryKey, locale)}`;
}

export const timeOfDay = (at: number, locale: string): string =>
  new Date(at).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
