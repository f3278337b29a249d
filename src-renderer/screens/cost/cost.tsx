/** What calls of language models cost: this month, by model and service, with budgets and the prices behind it. */
import type { CostAnalysis } from '@contract/cost/analysis.ts';
import { Alert, Anchor, Button, FileButton, Group, Progress, Stack, Text } from '@mantine/core';
import { IconCoins } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback } from 'react';
import { saveAs } from '../../api/save-as.ts';
import { useAction, useApi } from '../../api/use-api.ts';
import { useClient } from '../../api/use-client.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { Card } from '../../ui/card.tsx';
import { Figure } from '../../ui/figure.tsx';
import { ScreenHeader } from '../../ui/screen-header.tsx';
import { Answer, Empty } from '../../ui/states.tsx';
import { CostBars } from './cost-bars.tsx';
import { CostTable } from './cost-table.tsx';
import { moneyText } from './money.ts';

const askEveryMs = 15_000;
const monthsShown = 12;

export function Cost(): ReactNode {
  const { t } = useText();
  const api = useApi();
  const client = useClient();
  const analysis = useQuery({ ...api.cost.analysis.queryOptions(), refetchInterval: askEveryMs });
  const importPrices = useAction(
    useCallback(async (text: string) => await client.cost.importPrices({ text }), [client]),
    { done: t('cost.imported') },
  );
  const saveCsv = useAction(
    useCallback(async () => {
      const { text } = await client.cost.csv({ from: 0, until: Date.now() });
      saveAs('ai-costs.csv', text, 'text/csv');
    }, [client]),
  );
  const savePrices = useAction(
    useCallback(
      async () => saveAs('prices.json', (await client.cost.exportPrices()).text, 'application/json'),
      [client],
    ),
  );
  return (
    <>
      <ScreenHeader title={t('screen.cost')}>
        <Group gap={8}>
          <FileButton
            accept="application/json,.json"
            onChange={(file) => void file?.text().then((text) => importPrices.run(text))}
          >
            {(props) => (
              <Button {...props} variant="default" loading={importPrices.isBusy}>
                {t('cost.importPrices')}
              </Button>
            )}
          </FileButton>
          <Button variant="default" onClick={() => void savePrices.run()}>
            {t('cost.exportPrices')}
          </Button>
          <Button variant="default" onClick={() => void saveCsv.run()}>
            {t('cost.csv')}
          </Button>
        </Group>
      </ScreenHeader>
      <Answer query={analysis}>{(costs) => <Costs costs={costs} />}</Answer>
    </>
  );
}

function Costs({ costs }: { readonly costs: CostAnalysis }): ReactNode {
  const { t, format } = useText();
  const { currency } = costs;
  const money = (value: number | null, of = currency): string =>
    moneyText(format.locale, value, of) ?? t('cost.unknown');
  const isEmpty = costs.calls === 0 && costs.cache_hits === 0 && costs.by_model.length === 0;
  const problem = costs.prices.own_problem !== null && (
    <Alert className="span-12" color="yellow" title={t('cost.problem', { reason: costs.prices.own_problem })} />
  );
  // Zeros and a forecast from no day at all would say more than is known.
  if (isEmpty)
    return (
      <div className="grid">
        <Card className="span-12">
          <Empty icon={IconCoins} title={t('cost.none')} detail={t('cost.noneDetail')} />
        </Card>
        {problem}
        <Budgets budgets={costs.budgets} />
      </div>
    );
  return (
    <div className="grid">
      {problem}
      <div className="span-12 cost-figures">
        <Figure title={t('cost.today')} value={money(costs.today_cost)} />
        <Figure title={t('cost.month')} value={money(costs.month_cost)}>
          <Quiet is={costs.inexact_cost > 0}>{t('cost.upTo', { amount: money(costs.inexact_cost) })}</Quiet>
          {costs.by_currency
            .filter((one) => one.currency !== currency && one.month_cost > 0)
            .map((one) => (
              <Quiet key={one.currency}>+ {money(one.month_cost, one.currency)}</Quiet>
            ))}
        </Figure>
        <Figure title={t('cost.forecast')} value={money(costs.month_forecast)}>
          <Quiet>{t('cost.forecastFrom', { days: format.value(costs.forecast_days, 'count') })}</Quiet>
        </Figure>
        <Figure title={t('cost.saved')} value={money(costs.cache_savings)}>
          <Quiet is={costs.cache_savings_estimated > 0}>
            {t('cost.estimated', { amount: money(costs.cache_savings_estimated) })}
          </Quiet>
        </Figure>
        <Figure title={t('cost.calls')} value={format.value(costs.calls, 'count')} />
        <Figure title={t('cost.unpriced')} value={format.value(costs.unpriced_calls, 'count')}>
          <Quiet is={costs.unpriced_share !== null}>
            {t('cost.share', { share: format.value(costs.unpriced_share, 'ratio') })}
          </Quiet>
        </Figure>
        <Figure title={t('cost.perThousand')} value={money(costs.cost_per_1000_calls)} />
        <Figure title={t('cost.perInteraction')} value={money(costs.cost_per_interaction)}>
          <Quiet>
            {t('cost.target', {
              interactions: format.value(costs.target.interactions, 'count'),
              cost: money(costs.target.cost, costs.target.currency),
              target: money(costs.target.amount, costs.target.currency),
            })}
          </Quiet>
        </Figure>
      </div>
      <Budgets budgets={costs.budgets} />
      <CostBars
        title={t('cost.days')}
        spans={costs.by_day}
        currency={currency}
        nameOf={(from) => new Date(from).toLocaleDateString(format.locale, { day: 'numeric', month: 'short' })}
      />
      <Months />
      <CostTable
        className="span-12"
        title={t('cost.models')}
        rows={costs.by_model.map((row) => ({ ...row, name: row.model, detail: row.provider }))}
      />
      <CostTable className="span-12" title={t('cost.providers')} rows={costs.by_provider} />
      <CostTable className="span-12" title={t('cost.services')} rows={costs.by_service} />
      {costs.unpriced.length > 0 && (
        <Card className="span-12" title={t('cost.unpricedTitle')}>
          <Text size="sm">{costs.unpriced.map(({ provider, model }) => `${provider ?? '–'} ${model}`).join(', ')}</Text>
          <Quiet>{t('cost.unpricedDetail')}</Quiet>
        </Card>
      )}
      <Text size="xs" className="quiet span-12">
        {t('cost.note', { date: costs.prices.list_date })}
      </Text>
    </div>
  );
}

function Months(): ReactNode {
  const { t, format } = useText();
  const api = useApi();
  const months = useQuery({
    ...api.cost.months.queryOptions({ input: { count: monthsShown } }),
    refetchInterval: 4 * askEveryMs,
  });
  return (
    <Answer query={months}>
      {(answer) => (
        <CostBars
          title={t('cost.months')}
          spans={answer.months}
          currency={answer.currency}
          nameOf={(from) => new Date(from).toLocaleDateString(format.locale, { month: 'short', year: 'numeric' })}
        />
      )}
    </Answer>
  );
}

function Budgets({ budgets }: { readonly budgets: CostAnalysis['budgets'] }): ReactNode {
  const { t, format } = useText();
  const money = (value: number | null, currency: string): string =>
    moneyText(format.locale, value, currency) ?? t('cost.unknown');
  return (
    <Card
      className="span-12"
      title={t('cost.budgets')}
      aside={
        <Anchor href="#/settings/cost" size="sm">
          {t('cost.setBudgets')}
        </Anchor>
      }
    >
      <Stack gap={10}>
        {budgets.map(({ id, title, amount, currency, spent, ratio, forecast }) => (
          <div key={id}>
            <Group justify="space-between" gap={8}>
              <Text size="sm" fw={600}>
                {title}
              </Text>
              <Text size="sm" className="quiet">
                {t('cost.budgetLine', { spent: money(spent, currency), amount: money(amount, currency) })} ·{' '}
                {t('cost.budgetForecast', { forecast: money(forecast, currency) })}
              </Text>
            </Group>
            <Progress
              value={Math.min(100, (ratio ?? 0) * 100)}
              color={ratio !== null && ratio >= 1 ? 'red' : ratio !== null && ratio >= 0.8 ? 'yellow' : 'accent'}
              aria-label={title}
            />
          </div>
        ))}
      </Stack>
    </Card>
  );
}

function Quiet({ is = true, children }: { readonly is?: boolean; readonly children: ReactNode }): ReactNode {
  return is ? (
    <Text size="xs" className="quiet">
      {children}
    </Text>
  ) : null;
}
