import type { Finding } from '@contract/doctor/examination.ts';
import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Texts, useText } from '../../i18n/use-text.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';

export function Findings({ findings }: { readonly findings: readonly Finding[] }): ReactNode {
  const texts = useText();
  if (findings.length === 0)
    return (
      <Text size="sm" className="quiet">
        {texts.t('doctor.noFindings')}
      </Text>
    );
  return (
    <Stack gap={6} component="ul" className="findings" m={0} p={0} style={{ listStyle: 'none' }}>
      {findings.map((finding, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: findings never change places
        <li key={index} style={finding.isConsequence ? { marginInlineStart: 24 } : undefined}>
          <StateBadge state={finding.severity} label={describe(finding, texts)} size={16} />
        </li>
      ))}
    </Stack>
  );
}

/** The kind in words, and of its place what they do not name already. */
function describe(finding: Finding, { say, t }: Texts): string {
  const { detail, ...values } = finding.values ?? {};
  const { table, column, index, page } = finding.place;
  const named = { ...(table && { table }), ...(column && { column }), ...(index && { index }), ...values };
  const known = say(`finding.${finding.kind}`, '', named);
  const place = [table, column, index, page === undefined ? undefined : t('doctor.page', { page })]
    .filter((part) => part !== undefined && !known.includes(part))
    .join(' · ');
  const text =
    known === ''
      ? finding.message
      : `${known}${place === '' ? '' : `: ${place}`}${detail === undefined ? '' : ` (${detail})`}`;
  return finding.count !== undefined && finding.count > 1 ? `${text} (${finding.count}×)` : text;
}
