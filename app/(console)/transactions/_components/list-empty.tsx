import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Empty } from '@/components/states/empty';
import { withSearch } from '@/domain/links';
import { FILTER_KEYS, type FilterKey, type Misread } from '@/domain/transactions/transaction-filter';
import type { SearchMatch } from '../list-question';

type ListEmptyProps = {
  readonly filtered: boolean;
  readonly hasData: boolean;
  readonly match: SearchMatch | null;
  readonly misread: readonly Misread[];
  /** The list that the readable part of the address asks for. */
  readonly understood: string;
  readonly currency: string;
  readonly q: string;
  readonly range: string | null;
};

/** Why the list is empty, what to do, and the one button that does it. */
export function ListEmpty({ filtered, match, misread, understood, currency, q, range }: ListEmptyProps) {
  const t = useTranslations('transactions');
  if (misread.length > 0)
    return (
      <Empty
        why={t('misread.why')}
        todo={
          <span className="txs-misread">
            {misread.map(({ key, text }) => (
              <span key={key}>
                <span className="mono">{key}</span>{' '}
                {t(`misread.part.${isPart(key) ? key : 'strange'}`, { text: text.slice(0, 120), currency })}
              </span>
            ))}
          </span>
        }
        action={<Clear href={understood}>{t('misread.without')}</Clear>}
      />
    );
  if (match?.kind === 'nothing') {
    const clear = withSearch('/transactions', { range: range ?? undefined });
    return (
      <Empty why={t('search.none', { text: q })} todo={t('search.noneTodo')} action={<Clear href={clear}>{t('filter.clear')}</Clear>} />
    );
  }
  if (filtered) {
    const clear = withSearch('/transactions', { range: range ?? undefined });
    return <Empty why={t('empty.why')} todo={t('empty.todo')} action={<Clear href={clear}>{t('filter.clear')}</Clear>} />;
  }
  return (
    <Empty why={t('empty.whyRange')} todo={t('empty.todo')} action={<Clear href="/transactions?range=30d">{t('empty.wider')}</Clear>} />
  );
}

function isPart(key: string): key is FilterKey | 'range' {
  return key === 'range' || (FILTER_KEYS as readonly string[]).includes(key);
}

function Clear({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <Link className="btn" href={href} prefetch={false}>
      {children}
    </Link>
  );
}
