import { getTranslations } from 'next-intl/server';
import { ChartFrame } from '@/components/charts/chart-frame';
import { ChartTable } from '@/components/charts/chart-table';
import { Sankey, type SankeyBand, type SankeyEnd } from '@/components/charts/sankey';
import { Empty } from '@/components/states/empty';
import { pairLink } from '@/domain/flows/flow-links';
import { amountUnit, amountUnitLabel, exactAmount, formatAmount } from '@/domain/format/amount';
import { institutionLink } from '@/domain/links';
import { ratioPpm } from '@/domain/money';
import { formatRange } from '@/domain/time-range';
import type { FlowInstitution } from '@/server/queries/flows/flow-institutions';
import type { CounterpartyFlow } from '@/server/queries/institutions/counterparties';
import type { Shared } from './shared';

const TOP = 15;

/** Who pays it on the left, whom it pays on the right, on one scale; every band opens its pair. */
export async function CounterpartiesRegion({
  identity,
  context,
  window,
  flows,
  names,
}: Shared & { flows: readonly CounterpartyFlow[]; names: ReadonlyMap<number, FlowInstitution> }) {
  const t = await getTranslations('institutions');
  const { currency, locale } = context;
  const keep = { range: formatRange(window.rows), currency };
  const shared = { shared: keep };
  const sides = { in: totals(flows, 'in'), out: totals(flows, 'out') };
  const whole = larger(sides.in.total, sides.out.total);
  const unit = amountUnit(whole, currency, locale);
  const label = amountUnitLabel(unit, locale);
  const money = (minor: bigint) => formatAmount(minor, unit, locale);
  const caption = t('page.counterpartiesCaption', { unit: label, top: TOP, out: sides.out.parties.length, in: sides.in.parties.length });
  if (whole === 0n)
    return (
      <section className="region ip-counterparties">
        <div className="cap">
          <h2>{t('page.counterparties')}</h2>
        </div>
        <Empty why={t('page.noFlows', { currency })} todo={t('page.noFlowsDo')} />
      </section>
    );

  const weight = (minor: bigint) => (ratioPpm(minor, whole) ?? 0) / 1_000_000;
  const nameOf = (id: number) =>
    id === identity.id ? t('page.itself', { name: identity.short || identity.name }) : (names.get(id)?.short ?? String(id));
  const picture = (direction: 'in' | 'out') => {
    const { parties, total } = sides[direction];
    const top = parties.slice(0, TOP);
    const rest = parties.slice(TOP).reduce((sum, party) => sum + party.amountMinor, 0n);
    const ends: SankeyEnd[] = top.map((party) => ({
      id: String(party.id),
      label: nameOf(party.id),
      amount: money(party.amountMinor),
      weight: weight(party.amountMinor),
      href: institutionLink(names.get(party.id)?.code ?? '', keep),
    }));
    if (rest > 0n)
      ends.push({
        id: 'others',
        label: t('page.others', { count: parties.length - top.length }),
        amount: money(rest),
        weight: weight(rest),
        rest: true,
      });
    const bands: SankeyBand[] = ends.map((end) => {
      const other = names.get(Number(end.id))?.code;
      const [payer, payee] = direction === 'in' ? [end.label, identity.name] : [identity.name, end.label];
      return {
        from: direction === 'in' ? end.id : 'hub',
        to: direction === 'in' ? 'hub' : end.id,
        weight: end.weight,
        title: `${payer} → ${payee} ${end.amount} ${label}`,
        ...(end.rest || !other
          ? { rest: true }
          : { href: direction === 'in' ? pairLink(shared, other, identity.code) : pairLink(shared, identity.code, other) }),
      };
    });
    const hub: SankeyEnd = { id: 'hub', label: identity.name, amount: money(total), weight: weight(total) };
    return { ends, bands, hub };
  };
  const [left, right] = [picture('in'), picture('out')];
  const summary = t('page.counterpartiesSummary', {
    name: identity.name,
    out: exactAmount(sides.out.total, currency, locale),
    payees: sides.out.parties.length,
    in: exactAmount(sides.in.total, currency, locale),
    payers: sides.in.parties.length,
  });
  return (
    <ChartFrame
      className="ip-counterparties"
      title={t('page.counterparties')}
      unit={caption}
      summary={summary}
      table={
        <ChartTable
          head={[t('page.table.counterparty'), t('page.table.direction'), `${t('page.table.amount')} (${label})`]}
          rows={(['in', 'out'] as const).flatMap((direction) =>
            sides[direction].parties.map((party) => [nameOf(party.id), t(`page.${direction}`), money(party.amountMinor)]),
          )}
        />
      }
    >
      <div className="ip-hub">
        <div>
          <Sankey left={left.ends} right={[left.hub]} bands={left.bands} bare="right" absolute summary={summary} />
        </div>
        <p>
          <b>{identity.short || identity.name}</b>
          <span className="in">↘ {money(sides.in.total)}</span>
          <span className="out">↗ {money(sides.out.total)}</span>
        </p>
        <div>
          <Sankey left={[right.hub]} right={right.ends} bands={right.bands} bare="left" absolute summary={summary} />
        </div>
      </div>
    </ChartFrame>
  );
}

function totals(flows: readonly CounterpartyFlow[], direction: 'in' | 'out') {
  const byId = new Map<number, bigint>();
  for (const flow of flows)
    if (flow.direction === direction && flow.amountMinor > 0n)
      byId.set(flow.counterpartyId, (byId.get(flow.counterpartyId) ?? 0n) + flow.amountMinor);
  const parties = [...byId].map(([id, amountMinor]) => ({ id, amountMinor }));
  parties.sort((a, b) => (a.amountMinor === b.amountMinor ? a.id - b.id : a.amountMinor > b.amountMinor ? -1 : 1));
  return { parties, total: parties.reduce((sum, party) => sum + party.amountMinor, 0n) };
}

function larger(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}
