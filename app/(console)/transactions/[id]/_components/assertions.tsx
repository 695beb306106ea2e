import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { amountUnitLabel, exactDigits } from '@/domain/format/amount';
import { formatCount } from '@/domain/format/count';
import { businessDay, toBusinessText } from '@/domain/time-range';
import { breakSeverity, type ChainBreak } from '@/domain/tracing/payment-chain-breaks';
import type { ChainLeg, ChainParty } from '@/domain/tracing/payment-chain-records';
import { type Payment, shortName } from '../payment';
import { signedAmount } from './break-words';

type Cell = {
  readonly key: string;
  readonly words: ReactNode;
  readonly wrong?: ChainBreak | undefined;
  readonly note?: string | undefined;
};

/** One payment as each party records it: parties are columns, fields are rows, and only what disagrees takes colour. */
export function Assertions({ found, locale }: { readonly found: Payment; readonly locale: string }) {
  const t = useTranslations('transactions');
  const { chain, institutions, transaction } = found;
  const { currency } = transaction;
  const unit = locale !== 'en' && currency === 'CNY' ? amountUnitLabel({ exponent: 0, currency }, 'zh-CN') : currency;
  const breakOf = (leg: ChainLeg, ...kinds: ChainBreak['kind'][]) =>
    chain.breaks.find((one) => one.kind !== 'missing' && kinds.includes(one.kind) && one.party === leg.party && one.serial === leg.serial);
  const name = (id: number | null) => (id === null ? '—' : shortName(institutions.get(id), locale));
  const reported = chain.parties.some(({ legs }) => legs.some((leg) => leg.reporterId !== leg.institutionId));

  const rows: readonly {
    readonly id: string;
    readonly label: string;
    readonly numeric?: boolean;
    readonly cell: (leg: ChainLeg) => Omit<Cell, 'key'>;
  }[] = [
    {
      id: 'serial',
      label: t('detail.row.serial'),
      cell: (leg) => {
        const twice = breakOf(leg, 'duplicate');
        return {
          words: <Serial serial={leg.serial} />,
          wrong: twice,
          note: twice?.kind === 'duplicate' ? t('detail.times', { times: twice.times }) : undefined,
        };
      },
    },
    {
      id: 'amount',
      label: t('detail.row.amount', { currency: unit }),
      numeric: true,
      cell: (leg) => {
        const wrong = breakOf(leg, 'amount', 'currency');
        const words =
          leg.currency === currency
            ? exactDigits(leg.amountMinor, currency)
            : `${leg.currency} ${exactDigits(leg.amountMinor, leg.currency)}`;
        return { words, wrong, note: wrong?.kind === 'amount' ? `(${signedAmount(wrong.differenceMinor, currency)})` : undefined };
      },
    },
    {
      id: 'posted',
      label: t('detail.row.posted'),
      numeric: true,
      cell: (leg) => {
        const wrong = breakOf(leg, 'order');
        return {
          words: leg.postedAtMs === null ? <span className="t3">—</span> : <Posted at={leg.postedAtMs} day={transaction.acceptedAt} />,
          wrong,
          note: wrong?.kind === 'order' ? `(${t('detail.early', { ms: formatCount(Math.round(wrong.earlyMs)) })})` : undefined,
        };
      },
    },
    {
      id: 'status',
      label: t('detail.row.status'),
      cell: (leg) => {
        const wrong = breakOf(leg, 'status');
        const expected = wrong?.kind === 'status' ? t('detail.should', { expected: t(`status.${wrong.expected}`) }) : undefined;
        return { words: t(`legStatus.${leg.status}`), wrong, note: expected && `(${expected})` };
      },
    },
    {
      id: 'valueDate',
      label: t('detail.row.valueDate'),
      numeric: true,
      cell: (leg) => {
        const wrong = breakOf(leg, 'date-cut');
        const expected = wrong?.kind === 'date-cut' ? t('detail.should', { expected: wrong.expected.slice(5) }) : undefined;
        return { words: leg.valueDate ?? <span className="t3">—</span>, wrong, note: expected && `(${expected})` };
      },
    },
  ];
  // Where nobody has recorded anything one line says so; the others would be rows of dashes.
  const recorded = chain.parties.some(({ legs }) => legs.length > 0);
  const reporter = {
    id: 'reporter',
    label: t('detail.row.reporter'),
    cell: (leg: ChainLeg) => ({ words: leg.reporterId === leg.institutionId ? t('detail.own') : name(leg.reporterId) }),
  };

  return (
    <section className="tx-as">
      <div className="cap">
        <h2>{t('detail.assertions')}</h2>
        <span className="meta">{t('detail.assertionsMeta')}</span>
      </div>
      <div className="tx-as-scroll">
        <table className="tbl as">
          <thead>
            <tr>
              <th>
                <span className="visually-hidden">{t('detail.assertions')}</span>
              </th>
              {chain.parties.map(({ party, institutionId }) => (
                <th key={party} scope="col">
                  {institutionId === null ? t(`party.${party}`) : name(institutionId)}{' '}
                  {institutionId === null ? null : <span className="t3">{t(`party.${party}`)}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(recorded ? [...rows, ...(reported ? [reporter] : [])] : rows.slice(0, 1)).map((row) => (
              <tr key={row.id}>
                <th scope="row">{row.label}</th>
                {chain.parties.map((party) => (
                  <PartyCell
                    key={party.party}
                    party={party}
                    numeric={'numeric' in row && row.numeric === true}
                    absent={row.id === 'serial' ? t(`detail.absent.${party.record === 'recorded' ? 'silent' : party.record}`) : '—'}
                    cells={party.legs.map((leg) => ({ key: `${leg.serial} ${leg.reporterId} ${leg.startedAtMs}`, ...row.cell(leg) }))}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

type PartyCellProps = { readonly party: ChainParty; readonly numeric: boolean; readonly absent: string; readonly cells: readonly Cell[] };

function PartyCell({ party, numeric, absent, cells }: PartyCellProps) {
  if (cells.length === 0) return <td className={party.record === 'missing' && absent !== '—' ? 'x critical' : 't3'}>{absent}</td>;
  // One record fills the cell; several share it line by line, and only the wrong line takes colour.
  const only = cells.length === 1 ? cells[0] : undefined;
  const tone = (wrong: ChainBreak | undefined) => (wrong ? `x ${breakSeverity(wrong)}` : '');
  return (
    <td className={`${numeric ? 'num ' : ''}${tone(only?.wrong)}`} data-break={cells.find(({ wrong }) => wrong)?.wrong?.kind}>
      {cells.map(({ key, words, wrong, note }) => (
        <div key={key} className={only ? undefined : `line ${tone(wrong)}`}>
          {words}
          {note ? <span className="note"> {note}</span> : null}
        </div>
      ))}
    </td>
  );
}

function Serial({ serial }: { readonly serial: string }) {
  const t = useTranslations('transactions.detail');
  return (
    <span className="row mono">
      <span className="cut" title={serial}>
        {serial}
      </span>
      <span className="push">
        <CopyButton value={serial} what={t('copy.serial')} />
      </span>
    </span>
  );
}

// A booking on another day than the acceptance says its day too.
function Posted({ at, day }: { readonly at: number; readonly day: Date }) {
  const moment = new Date(at);
  const text = `${toBusinessText(moment)}.${String(Math.floor(at) % 1000).padStart(3, '0')}`;
  return (
    <time dateTime={moment.toISOString()} title={text}>
      {businessDay(moment) === businessDay(day) ? text.slice(11) : text.slice(5)}
    </time>
  );
}
