import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Sankey } from '@/components/charts/sankey';
import { flowFigures } from '@/domain/flows/flow-figures';
import { pairLink, paymentsLink } from '@/domain/flows/flow-links';
import { changedSearch } from '@/domain/flows/flow-search';
import { shareOf } from '@/domain/money';
import { bipartiteFlows, type FlowEnd, type SideTotal } from '@/domain/overview/bipartite-flows';
import { linkBase, rangeNotes } from './flow-address';
import { FlowEmpty } from './flow-empty';
import type { FlowScreen } from './flow-screen';
import { SankeyTable } from './sankey-table';

const TOP = 15;

/** The largest payers against the largest payees; bands open pairs, bars the payments that they add up. */
export async function SankeyScreen({ actor, picture, context, params, view }: FlowScreen) {
  const t = await getTranslations('flows');
  const { aligned, axes, institutions } = picture;
  const cells = picture.flows
    .filter((flow) => flow.amount > 0n)
    .map((flow) => ({ payerId: flow.payerId, payeeId: flow.payeeId, amountMinor: flow.amount }));
  const notes = rangeNotes(t, aligned).slice(0, 1);
  if (cells.length === 0) return <FlowEmpty actor={actor} context={context} range={aligned.range} params={params} />;
  const sides = { payer: sideTotals(cells, 'payerId'), payee: sideTotals(cells, 'payeeId') };
  const flow = bipartiteFlows({ payers: sides.payer, payees: sides.payee, cells, top: TOP });
  const figures = flowFigures(context);
  const unit = figures.unitOf([...flow.payers, ...flow.payees].map((end) => end.amountMinor));
  const base = linkBase(params, { range: aligned.rows, currency: context.currency, view });
  const codeOf = (id: number) => institutions.get(id)?.code ?? '';
  const everyone = (side: 'payer' | 'payee') => (axes === 'all' ? undefined : sides[side].map((one) => codeOf(one.institutionId)));
  const byId = new Map<string, FlowEnd & { label: string }>();
  const endsOf = (side: 'payer' | 'payee', ends: readonly FlowEnd[], others: number) =>
    ends.map((end) => {
      const label =
        end.institutionId === null ? t('sankey.others', { count: others }) : (institutions.get(end.institutionId)?.short ?? end.id);
      byId.set(end.id, { ...end, label });
      const drawn = new Set(ends.map((one) => one.institutionId));
      const members =
        end.institutionId === null ? sides[side].filter((one) => !drawn.has(one.institutionId)) : [{ institutionId: end.institutionId }];
      const codes = members.map((one) => codeOf(one.institutionId));
      const other = everyone(side === 'payer' ? 'payee' : 'payer');
      const filter =
        side === 'payer' ? { payers: codes, ...(other && { payees: other }) } : { payees: codes, ...(other && { payers: other }) };
      return {
        id: end.id,
        label,
        amount: figures.inUnit(end.amountMinor, unit),
        weight: shareOf(end.amountMinor, flow.totalMinor),
        rest: end.institutionId === null,
        href: paymentsLink(base, { ...filter, succeededOnly: true }),
      };
    });
  const left = endsOf('payer', flow.payers, flow.otherPayers);
  const right = endsOf('payee', flow.payees, flow.otherPayees);
  const bands = flow.bands.map((band) => {
    const [payer, payee] = [byId.get(band.from), byId.get(band.to)];
    const single = payer?.institutionId != null && payee?.institutionId != null;
    return {
      from: band.from,
      to: band.to,
      weight: shareOf(band.amountMinor, flow.totalMinor),
      rest: !single,
      title: `${payer?.label ?? ''} → ${payee?.label ?? ''} · ${figures.exact(band.amountMinor)}`,
      ...(single && { href: pairLink(base, codeOf(payer.institutionId as number), codeOf(payee.institutionId as number)) }),
    };
  });
  const share = (end: FlowEnd | undefined) => figures.percent(shareOf(end?.amountMinor ?? 0n, flow.totalMinor));
  const summary = t('sankey.summary', {
    top: TOP,
    amount: figures.short(flow.totalMinor),
    payer: left[0]?.label ?? '',
    payerShare: share(flow.payers[0]),
    payee: right[0]?.label ?? '',
    payeeShare: share(flow.payees[0]),
  });
  const asTable = params.as === 'table';
  return (
    <figure className="region flows-wide">
      <figcaption className="cap">
        <h2>{t('sankey.label')}</h2>
        <span className="meta">
          {t('sankey.caption', { unit: figures.labelOf(unit), top: TOP })}{' '}
          <Link
            className="fig"
            prefetch={false}
            data-testid="sankey-total"
            title={figures.exact(flow.totalMinor)}
            href={paymentsLink(base, {
              ...(!picture.implied.payers && { payers: everyone('payer') ?? [] }),
              ...(!picture.implied.payees && { payees: everyone('payee') ?? [] }),
              succeededOnly: true,
            })}
          >
            {figures.inUnit(flow.totalMinor, unit)}
          </Link>{' '}
          · {notes.join(' · ')}
        </span>
        <Link className="btn quiet push" prefetch={false} href={`/flows?${changedSearch(params, { as: asTable ? null : 'table' })}`}>
          {t(asTable ? 'asPicture' : 'asTable')}
        </Link>
        <span className="sr-only">{summary}</span>
      </figcaption>
      <div className="fill flows-drawing">
        {asTable ? (
          <SankeyTable
            label={summary}
            head={[t('table.payer'), t('table.payee'), `${t('metric.amount')} ${figures.labelOf(unit)}`, t('table.share')]}
            rows={[...flow.bands]
              .sort((a, b) => (a.amountMinor < b.amountMinor ? 1 : -1))
              .map((band) => ({
                key: `${band.from}>${band.to}`,
                cells: [
                  byId.get(band.from)?.label ?? '',
                  byId.get(band.to)?.label ?? '',
                  figures.inUnit(band.amountMinor, unit),
                  figures.percent(shareOf(band.amountMinor, flow.totalMinor), 2),
                ],
              }))}
          />
        ) : (
          <Sankey left={left} right={right} bands={bands} summary={summary} />
        )}
      </div>
    </figure>
  );
}

function sideTotals(
  cells: readonly { payerId: number; payeeId: number; amountMinor: bigint }[],
  side: 'payerId' | 'payeeId',
): readonly SideTotal[] {
  const totals = new Map<number, bigint>();
  for (const cell of cells) totals.set(cell[side], (totals.get(cell[side]) ?? 0n) + cell.amountMinor);
  return [...totals]
    .map(([institutionId, amountMinor]) => ({ institutionId, amountMinor }))
    .sort((a, b) => (a.amountMinor < b.amountMinor ? 1 : a.amountMinor > b.amountMinor ? -1 : a.institutionId - b.institutionId));
}
