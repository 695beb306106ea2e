import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Amount } from '@/components/figures/amount';
import { BusinessTime } from '@/components/figures/business-time';
import { SeverityGlyph } from '@/components/glyphs/severity-glyph';
import { formatCount } from '@/domain/format/count';
import { withSearch } from '@/domain/links';
import type { ReconciledAmount } from '@/server/queries/reconciliation/reconciliation-runs';

export type Check = {
  readonly id: string;
  readonly tier: string;
  readonly at: Date;
  readonly from: Date;
  readonly to: Date;
  readonly buckets: bigint;
  readonly checkedToday?: bigint;
  readonly raw: bigint;
  readonly rollup: bigint;
  readonly wrong: number;
  readonly amounts: readonly ReconciledAmount[];
};

type CheckTableProps = {
  /** The newest check of each roll-up, or all checks of one. */
  readonly by: 'tier' | 'time';
  readonly checks: readonly Check[];
  readonly currency: string;
  readonly tierName: (tier: string) => string;
};

/** Roll-up beside the sum of its rows and the difference, in payments and in the exact amount of one currency. */
export function CheckTable({ by, checks, currency, tierName }: CheckTableProps) {
  const t = useTranslations('reconciliation');
  return (
    <section className="rc-scroll" tabIndex={0} aria-label={t(by === 'tier' ? 'tiers' : 'runs')}>
      <table className="tbl rc-checks">
        <thead>
          <tr className="rc-groups only-l">
            <th colSpan={by === 'tier' ? 3 : 2} />
            <th className="num only-l" />
            <th colSpan={3} className="rc-group">
              {t('group.payments')}
            </th>
            <th colSpan={3} className="rc-group">
              {t('group.amount', { currency })}
            </th>
          </tr>
          <tr>
            {by === 'tier' ? <th>{t('column.tier')}</th> : null}
            <th>{t('column.outcome')}</th>
            <th className="only-l">{t('column.span')}</th>
            <th className="num only-l">{t('column.buckets')}</th>
            {(['payments', 'amount'] as const).flatMap((group) => [
              <th key={`${group} rollup`} className="num rc-first only-l">
                {t('column.rollup')}
              </th>,
              <th key={`${group} raw`} className="num only-l">
                {t('column.raw')}
              </th>,
              <th key={`${group} difference`} className="num">
                <span className="only-s">{group === 'amount' ? currency : t('group.payments')} Δ</span>
                <span className="only-l">{t('column.difference')}</span>
              </th>,
            ])}
          </tr>
        </thead>
        <tbody>
          {checks.map((check) => (
            <Row key={check.id} {...{ check, by, currency, tierName }} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ check, by, currency, tierName }: Omit<CheckTableProps, 'checks'> & { readonly check: Check }) {
  const t = useTranslations('reconciliation');
  const amount = check.amounts.find((one) => one.currency === currency);
  const others = check.amounts.filter((one) => one.currency !== currency);
  const otherWrong = others.filter((one) => one.raw !== one.rollup).length;
  const counted = check.rollup - check.raw;
  return (
    <tr data-tier={check.tier} data-raw={amount?.raw.toString()} data-rollup={amount?.rollup.toString()}>
      {by === 'tier' ? (
        <th scope="row">
          <Link className="fig" href={withSearch('/reconciliation', { tier: check.tier, currency })} prefetch={false}>
            {tierName(check.tier)}
          </Link>
        </th>
      ) : null}
      <td>
        {check.wrong === 0 ? (
          <span className="t2">{t('equal')}</span>
        ) : (
          <Link className="rc-wrong row" href="#mismatches">
            <SeverityGlyph severity="critical" />
            {t('differs', { count: check.wrong })}
          </Link>
        )}{' '}
        <span className="t3 nowrap">
          <BusinessTime at={check.at} form={by === 'tier' ? 'time' : 'short'} />
        </span>
      </td>
      <td className="t2 nowrap only-l">
        <BusinessTime at={check.from} form="short" /> – <BusinessTime at={check.to} form="short" />
      </td>
      <td
        className="num t2 only-l"
        title={check.checkedToday === undefined ? undefined : t('today', { count: formatCount(check.checkedToday) })}
      >
        {formatCount(check.buckets)}
      </td>
      <td className="num rc-first only-l">{formatCount(check.rollup)}</td>
      <td className="num only-l">{formatCount(check.raw)}</td>
      <td className={counted === 0n ? 'num t3' : 'num rc-wrong'}>{signed(counted)}</td>
      {check.tier === 'leg_hour' ? (
        <td colSpan={3} className="num t3 rc-first">
          {t('noAmount')}
        </td>
      ) : amount === undefined ? (
        <td colSpan={3} className="num t3 rc-first">
          {check.amounts.length === 0 ? t('notKept') : t('noneOf', { currency })}
        </td>
      ) : (
        <>
          <td
            className="num rc-first only-l"
            title={others.length > 0 ? t('others', { count: others.length, wrong: otherWrong }) : undefined}
          >
            <Amount minor={amount.rollup} currency={currency} />
          </td>
          <td className="num only-l">
            <Amount minor={amount.raw} currency={currency} />
          </td>
          <td className={amount.raw === amount.rollup ? 'num t3' : 'num rc-wrong'}>
            <Amount minor={amount.rollup - amount.raw} currency={currency} />
          </td>
        </>
      )}
    </tr>
  );
}

function signed(by: bigint): string {
  return by > 0n ? `+${formatCount(by)}` : formatCount(by);
}
