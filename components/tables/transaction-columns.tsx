import Link from 'next/link';
import type { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { formatCount } from '@/domain/format/count';
import { toBusinessText } from '@/domain/time-range';
import { transactionPath } from '@/domain/transactions/transaction-path';
import type { NamedInstitution, TransactionRow } from '@/domain/transactions/transaction-row';
import { Amount } from '../figures/amount';
import { MiddleCut } from '../figures/middle-cut';

export type CellContext = {
  readonly t: ReturnType<typeof useTranslations>;
  /** Address of the list, for the way back. */
  readonly address: string;
  /** The currency of every row, or null where they differ and each amount names its own. */
  readonly oneCurrency: string | null;
  readonly roomy: boolean;
};
export type TransactionColumn = {
  /** Key under `column` in the messages. */
  readonly id: string;
  readonly width: number;
  readonly numeric?: boolean;
  /** Repeats on its second line what a column of its own says in dense rows. */
  readonly foldedIn?: 'roomy';
  readonly cell: (row: TransactionRow, context: CellContext) => ReactNode;
};

/** Columns of the transactions table from left to right; widths in px are the least that holds their figures. */
export const TRANSACTION_COLUMNS: readonly TransactionColumn[] = [
  { id: 'acceptedAt', width: 168, cell: (row) => toBusinessText(new Date(row.acceptedAt)) },
  {
    id: 'id',
    width: 190,
    cell: (row, { address, roomy }) => (
      <TwoLines second={roomy ? row.endToEndId : null}>
        <Link className="mono fig" href={transactionPath(row, address)} prefetch={false} title={row.id}>
          <MiddleCut text={row.id} />
        </Link>
      </TwoLines>
    ),
  },
  { id: 'payer', width: 126, cell: (row, { roomy }) => <Party institution={row.payer} second={roomy ? row.payerAccount : null} /> },
  { id: 'payerAccount', width: 134, foldedIn: 'roomy', cell: (row) => <span className="t2">{row.payerAccount ?? '—'}</span> },
  {
    id: 'intermediary',
    width: 130,
    cell: (row) => (row.intermediary ? <Party institution={row.intermediary} second={null} /> : <span className="t3">—</span>),
  },
  { id: 'payee', width: 126, cell: (row, { roomy }) => <Party institution={row.payee} second={roomy ? row.payeeAccount : null} /> },
  { id: 'payeeAccount', width: 134, foldedIn: 'roomy', cell: (row) => <span className="t2">{row.payeeAccount ?? '—'}</span> },
  { id: 'type', width: 100, cell: (row, { t }) => t(`type.${row.businessType}`) },
  {
    id: 'route',
    width: 72,
    cell: (row, { t }) => <span className={row.route === 'direct' ? 'out' : 't2'}>{t(`route.${row.route}`)}</span>,
  },
  { id: 'status', width: 92, cell: (row, { t }) => <span className={`st-${row.status}`}>{t(`status.${row.status}`)}</span> },
  {
    id: 'amount',
    width: 122,
    numeric: true,
    cell: (row, { oneCurrency }) => (
      <>
        <Amount minor={row.amountMinor} currency={row.currency} />
        {oneCurrency === null ? <span className="unit">{row.currency}</span> : null}
      </>
    ),
  },
  {
    id: 'answer',
    width: 96,
    numeric: true,
    cell: (row) => (row.answerMs === null ? <span className="t3">—</span> : formatCount(row.answerMs)),
  },
  { id: 'session', width: 116, cell: (row) => row.sessionNo ?? <span className="t3">—</span> },
  {
    id: 'endToEnd',
    width: 190,
    foldedIn: 'roomy',
    cell: (row) => <span className="mono">{row.endToEndId ? <MiddleCut text={row.endToEndId} /> : '—'}</span>,
  },
  { id: 'codes', width: 116, cell: (row) => `${row.systemCode ?? '—'} · ${row.businessCode ?? '—'}` },
];

/** Hidden until somebody asks for them. */
export const HIDDEN_AT_FIRST: readonly string[] = ['intermediary', 'route', 'answer', 'session', 'endToEnd', 'codes'];

function Party({ institution, second }: { readonly institution: NamedInstitution; readonly second: string | null }) {
  return (
    <TwoLines second={second}>
      <span title={`${institution.name} · ${institution.code}`}>
        {institution.name} <span className="code">{institution.code}</span>
      </span>
    </TwoLines>
  );
}

function TwoLines({ children, second }: { readonly children: ReactNode; readonly second: string | null }) {
  if (second === null) return children;
  return (
    <span className="two">
      <span className="cut">{children}</span>
      <span className="cut t3">{second}</span>
    </span>
  );
}
