import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { ScreenMessages } from '@/components/shell/screen-messages';
import { Empty } from '@/components/states/empty';
import { Toasts } from '@/components/ui/toasts';
import { formatCount } from '@/domain/format/count';
import { withSearch } from '@/domain/links';
import { allows } from '@/domain/permissions';
import { misreadParameters, parseQuarantineFilter } from '@/domain/quarantine/quarantine-filter';
import { parseRange } from '@/domain/time-range';
import { pageContext, type SearchParams } from '@/server/page-context';
import { quarantineReasons } from '@/server/queries/quarantine/quarantine-reasons';
import { quarantinedLines } from '@/server/queries/quarantine/quarantined-lines';
import { requireActor } from '@/server/session';
import { LineTable } from './_components/line-table';
import { QuarantineFilters } from './_components/quarantine-filters';
import { reasonWords } from './_components/reason-words';
import { Reasons } from './_components/reasons';
import { reopenQuarantined, resolveQuarantined } from './actions';
import './quarantine.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('quarantine');
  return { title: t('title') };
}

export default async function QuarantinePage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor('quarantine:view');
  const [t, context, params] = await Promise.all([getTranslations('quarantine'), pageContext(actor, searchParams), searchParams]);
  const misread = misreadParameters(params);
  const filter = parseQuarantineFilter(params);
  // Lines wait for an operator however old they are: only a range that stands in the address narrows them, and a live one reaches to now.
  const ranged = typeof params.range === 'string';
  const range = ranged
    ? parseRange(params.range as string).kind === 'live'
      ? { from: context.range.from, to: new Date(Date.now() + 1000) }
      : context.range
    : undefined;
  const scope = { ...filter, range };
  const before = typeof params.before === 'string' && /^\d{1,18}$/.test(params.before) ? params.before : null;
  const [reasons, page] =
    misread.length > 0
      ? [[], { lines: [], next: null }]
      : await Promise.all([quarantineReasons(actor, { scope }), quarantinedLines(actor, { scope, before, locale: context.locale })]);
  const address = {
    state: filter.state === 'open' ? undefined : filter.state,
    reason: filter.reason,
    feed: filter.feed,
    institution: filter.institution,
    range: ranged ? (params.range as string) : undefined,
  };
  const total = reasons
    .filter(({ reason }) => filter.reason === undefined || reason === filter.reason)
    .reduce((sum, { lines }) => sum + lines, 0);
  const narrowed = filter.reason !== undefined || filter.feed !== undefined || filter.institution !== undefined || ranged;
  return (
    <ScreenMessages of="quarantine">
      <div className="qt">
        <Toasts />
        <div className="head">
          <h1>{t('title')}</h1>
          <span className="meta cut only-l">{t('lead')}</span>
          <span className="sp" />
          <Link className="btn" href="/reconciliation" prefetch={false}>
            {t('reconciliation')}
          </Link>
        </div>
        <QuarantineFilters filter={filter} ranged={ranged} />
        <div className="qt-body">
          <Reasons
            chosen={filter.reason ?? null}
            all={withSearch('/quarantine', { ...address, reason: undefined })}
            reasons={reasons.map((one) => ({
              ...one,
              ...reasonWords(one.reason, t),
              href: withSearch('/quarantine', { ...address, reason: one.reason }),
            }))}
          />
          {misread.length > 0 ? (
            <Empty
              why={t('misread')}
              todo={misread.map(({ key, text }) => `${key}: ${text.slice(0, 120)}`).join(' · ')}
              action={
                <Link className="btn" href="/quarantine">
                  {t('clear')}
                </Link>
              }
            />
          ) : page.lines.length === 0 ? (
            <Empty
              why={narrowed || filter.state !== 'open' ? t('emptyFiltered') : t('empty')}
              todo={narrowed ? undefined : t('emptyTodo')}
              action={
                narrowed ? (
                  <Link className="btn" href="/quarantine">
                    {t('clear')}
                  </Link>
                ) : undefined
              }
            />
          ) : (
            <LineTable
              key={withSearch('/quarantine', address) + (before ?? '')}
              lines={page.lines.map((line) => ({
                ...line,
                receivedAt: line.receivedAt.toISOString(),
                resolvedAt: line.resolvedAt?.toISOString() ?? null,
                reasonName: reasonWords(line.reason, t).name,
                href: `/quarantine/${line.id}`,
              }))}
              mayResolve={allows(actor.role, 'quarantine:resolve')}
              resolve={resolveQuarantined}
              reopen={reopenQuarantined}
            />
          )}
        </div>
        <div className="foot">
          <span>{t('shown', { shown: formatCount(page.lines.length), total: formatCount(total) })}</span>
          <span className="only-l">{t('order')}</span>
          <span>{ranged ? t('inRange') : t('anytime')}</span>
          <span className="sp" />
          {before === null ? null : (
            <Link className="lnk" href={withSearch('/quarantine', address)} prefetch={false}>
              {t('newest')}
            </Link>
          )}
          {page.next === null ? null : (
            <Link className="lnk" href={withSearch('/quarantine', { ...address, before: page.next })} prefetch={false}>
              {t('more')}
            </Link>
          )}
        </div>
      </div>
    </ScreenMessages>
  );
}
