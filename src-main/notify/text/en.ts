import type { NoticeText } from './text.ts';

export const en: NoticeText = {
  locale: 'en',
  severity: { info: 'Info', warning: 'Warning', critical: 'Critical' },
  state: {
    fired: 'Alert',
    resolved: 'Resolved',
    reminder: 'Still firing',
    flapping: 'Keeps coming and going',
    acknowledged: 'Acknowledged',
    unacknowledged: 'No longer acknowledged',
    silenced: 'Silenced',
  },
  // The rules' own words are English.
  rules: {},
  limitAbove: (value, limit) => `${value}, limit ${limit}`,
  limitBelow: (value, limit) => `${value}, should be at least ${limit}`,
  noValue: (limit) => `no data, limit ${limit}`,
  since: (when) => `since ${when}`,
  lasted: (duration) => `lasted ${duration}`,
  culprits: (list) => `Top processes: ${list}`,
  severalAlerts: (firing, resolved) =>
    [firing > 0 ? `${firing} ${firing === 1 ? 'alert' : 'alerts'}` : '', resolved > 0 ? `${resolved} resolved` : '']
      .filter((part) => part !== '')
      .join(', '),
  more: (count) => `and ${count} more`,
  on: 'on',
  advice: 'What to do',
  runbook: 'Runbook',
  openDashboard: 'Open the dashboard',
  acknowledge: 'Acknowledge',
  snoozeHour: 'Snooze 1 h',
  show: 'Show',
  footer: 'Sent by HAKGAL Monitor',
  test: { title: 'Test from HAKGAL Monitor', body: 'If you can read this, alerts will reach you here.' },
};
