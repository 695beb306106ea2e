'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { formatCount } from '@/domain/format/count';
import { transactionLink } from '@/domain/links';
import type { PictureNode } from '@/domain/tracing/canvas/picture';
import { Amount } from '../figures/amount';
import { BusinessTime } from '../figures/business-time';
import type { AskedByPage, NodePayments, TraceActions } from './trace-types';

type Listed = { readonly kind: 'asking' } | { readonly kind: 'failed' } | { readonly kind: 'listed'; readonly payments: NodePayments };
const REST_MS = 250;

/** Payments of the trace in and out of an account, asked for once one stays on it; each leads to its page. */
export function NodePaymentsList({
  node,
  currency,
  asked,
  payments,
}: {
  readonly node: PictureNode;
  readonly currency: string;
  readonly asked: () => AskedByPage;
  readonly payments: TraceActions['payments'];
}) {
  const t = useTranslations('trace.panel');
  const type = useTranslations('trace.type');
  const [listed, setListed] = useState<Listed>({ kind: 'asking' });
  useEffect(() => {
    let wanted = true;
    const wait = setTimeout(() => {
      payments({ asked: asked(), of: node.id }).then(
        (found) => wanted && setListed(found ? { kind: 'listed', payments: found } : { kind: 'failed' }),
        () => wanted && setListed({ kind: 'failed' }),
      );
    }, REST_MS);
    return () => {
      wanted = false;
      clearTimeout(wait);
    };
  }, [node.id, asked, payments]);
  return (
    <section>
      <h2>
        {t('payments')}
        {listed.kind === 'listed' ? (
          <span className="unit">
            {t('paymentsOf', { shown: formatCount(listed.payments.rows.length), count: formatCount(listed.payments.total) })}
          </span>
        ) : null}
      </h2>
      {listed.kind === 'asking' ? <p className="meta">{t('asking')}</p> : null}
      {listed.kind === 'failed' ? <p className="wrong">{t('paymentsFailed')}</p> : null}
      {listed.kind === 'listed' ? (
        <ul className="tr-payments">
          {listed.payments.rows.map((row) => (
            <li key={row.transaction}>
              <Link href={transactionLink(row.transaction)} prefetch={false} title={type(row.businessType)}>
                <BusinessTime at={new Date(row.atMs)} form="short" />
                <span className={row.inward ? 'in cut' : 'out cut'}>
                  {row.inward ? '↘' : '↗'} {row.otherName}
                </span>
                <Amount minor={row.amountMinor} currency={currency} />
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
