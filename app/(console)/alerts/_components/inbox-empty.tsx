import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Empty } from '@/components/states/empty';
import type { Queue } from '@/domain/alerts/alert-filter';
import { withSearch } from '@/domain/links';

/** Nothing to read: why, and what to do about it. */
export function InboxEmpty({ queue, isNarrowed }: { readonly queue: Queue; readonly isNarrowed: boolean }) {
  const t = useTranslations('alerts');
  if (!isNarrowed) return <Empty why={t(`empty.${queue}`)} todo={t(`empty.${queue}Todo`)} />;
  return (
    <Empty
      why={t('empty.narrowed')}
      todo={t('empty.narrowedTodo')}
      action={
        <Link className="btn" prefetch={false} href={withSearch('/alerts', { queue: queue === 'open' ? undefined : queue })}>
          {t('filter.clear')}
        </Link>
      }
    />
  );
}
