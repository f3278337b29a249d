/** Why it is slow, and what the processes are. */
export const explain = {
  'explain.title': 'What is going on',
  'explain.evidence': 'Evidence',
  'explain.also': 'Also',
  'explain.ended': 'Before',
  'explain.show': 'Show',
  'alert.cause': 'Cause: {statement}',
  'explain.asOf': 'As of {time}',
  'processes.share': 'Share of the machine, {cores} cores',
  'processes.cores': '{cores} cores',
} as const;
