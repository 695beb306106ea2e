import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Empty } from '@/components/states/empty';
import { withSearch } from '@/domain/links';
import type { SearchMatch } from '../list-question';

type ListEmptyProps = {
  readonly filtered: boolean;
  readonly hasData: boolean;
  readonly match: SearchMatch | null;
  readonly q: string;
  readonly range: string | null;
};

/** Why the list is empty, what to do, and the one button that does it. */
export function ListEmpty({ filtered, match, q, range }: ListEmptyProps) {
  const t = useTranslations('transactions');
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

function Clear({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <Link className="btn" href={href} prefetch={false}>
      {children}
    </Link>
  );
}
