import type { SankeyBand, SankeyEnd } from '@/components/charts/sankey';
import { hoursSaid } from '@/domain/flows/aligned-range';
import { pairLink } from '@/domain/flows/flow-links';
import { amountUnit, amountUnitLabel, formatAmount } from '@/domain/format/amount';
import { spanText } from '@/domain/format/span';
import { institutionLink, withSearch } from '@/domain/links';
import { ratioPpm } from '@/domain/money';
import type { FlowEnd } from '@/domain/overview/bipartite-flows';
import { formatRange } from '@/domain/time-range';
import type { PageContext } from '@/server/page-context';
import { FLOWS_TOP, type OverviewQuestions } from './overview-questions';
import type { OverviewT } from './throughput-picture';

/** Everything that the largest flows say, on the page and on the wall: every band opens its pair, every end its institution. */
export async function flowsPicture(t: OverviewT, { questions, context }: { questions: OverviewQuestions; context: PageContext }) {
  const [flows, names] = await Promise.all([questions.flows, questions.names]);
  const { currency, locale } = context;
  // A live range stays live where it leads: only a list of payments needs the very rows.
  const range = context.choice.kind === 'live' ? context.choice.preset : formatRange(context.range);
  const unit = amountUnit(flows.payers[0]?.amountMinor ?? flows.totalMinor, currency, locale);
  const unitLabel = amountUnitLabel(unit, locale);
  const money = (minor: bigint) => formatAmount(minor, unit, locale);
  const share = (minor: bigint) => (ratioPpm(minor, flows.totalMinor) ?? 0) / 1_000_000;

  const ends = (side: readonly FlowEnd[], others: number) =>
    side.map((end) => {
      const institution = end.institutionId === null ? undefined : names.get(end.institutionId);
      return { ...end, code: institution?.code, label: institution?.short ?? t('flows.others', { count: others }) };
    });
  const payers = ends(flows.payers, flows.otherPayers);
  const payees = ends(flows.payees, flows.otherPayees);
  const byId = new Map([...payers, ...payees].map((end) => [end.id, end]));
  const drawn = (side: typeof payers): SankeyEnd[] =>
    side.map((end) => ({
      id: end.id,
      label: end.label,
      amount: money(end.amountMinor),
      weight: share(end.amountMinor),
      ...(end.code ? { href: institutionLink(end.code, { range, currency }) } : { rest: true }),
    }));
  const bands: SankeyBand[] = flows.bands.map((band) => {
    const [payer, payee] = [byId.get(band.from), byId.get(band.to)];
    return {
      from: band.from,
      to: band.to,
      weight: share(band.amountMinor),
      title: t('flows.band', { payer: payer?.label ?? '', payee: payee?.label ?? '', amount: `${money(band.amountMinor)} ${unitLabel}` }),
      ...(payer?.code && payee?.code ? { href: pairLink({ shared: { range, currency } }, payer.code, payee.code) } : { rest: true }),
    };
  });
  const largest = bands.filter((band) => !band.rest).sort((a, b) => b.weight - a.weight)[0];
  const total = money(flows.totalMinor);
  const hours = t('flows.hours', {
    span: spanText(questions.hours.rows),
    ...hoursSaid({ range: questions.hours.buckets, rows: questions.hours.rows }),
  });
  return {
    empty: flows.totalMinor === 0n,
    hours,
    unitLabel,
    caption: `${t('flows.caption', { unit: unitLabel, top: FLOWS_TOP, total })} · ${hours}`,
    summary: t('flows.summary', { total: `${total} ${unitLabel}`, largest: largest?.title ?? '—' }),
    left: drawn(payers),
    right: drawn(payees),
    bands,
    open: withSearch('/flows', { view: 'sankey', range, currency }),
    rows: flows.bands.map((band) => [
      byId.get(band.from)?.label ?? '',
      byId.get(band.to)?.label ?? '',
      money(band.amountMinor),
      `${(share(band.amountMinor) * 100).toFixed(2)}%`,
    ]),
  };
}
