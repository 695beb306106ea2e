import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { BusinessTime } from '@/components/figures/business-time';
import { formatLocale } from '@/components/figures/format-locale';
import { formatCount } from '@/domain/format/count';
import { formatDuration } from '@/domain/format/duration';
import type { CaseRow } from '@/server/queries/cases/case-rows';
import { CaseStatusChips } from './case-status';
import { Due } from './due';

/** The cases of a list; on a phone each is two lines. */
export function CaseTable({ rows, me, at }: { readonly rows: readonly CaseRow[]; readonly me: string; readonly at: Date }) {
  const t = useTranslations('cases');
  const locale = formatLocale(useLocale());
  const lead = (row: CaseRow) => row.leadName ?? t('nobody');
  return (
    <>
      <table className="tbl only-l cs-table" aria-label={t('title')}>
        <thead>
          <tr>
            <th>{t('column.no')}</th>
            <th>{t('column.title')}</th>
            <th>{t('column.status')}</th>
            <th>{t('column.lead')}</th>
            <th>{t('column.due')}</th>
            <th className="num">{t('column.age')}</th>
            <th className="num">{t('column.checks')}</th>
            <th className="num">{t('column.payments')}</th>
            <th className="num">{t('column.alerts')}</th>
            <th className="num">{t('column.files')}</th>
            <th className="num">{t('column.changed')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.no} data-case={row.no}>
              <td>
                <Link className="mono fig lnk" href={`/cases/${row.no}`} prefetch={false}>
                  {row.no}
                </Link>
              </td>
              <td className="cs-wide" title={row.title}>
                {row.title}
              </td>
              <td>
                <span className="row">
                  <CaseStatusChips status={row.status} held={row.held} />
                </span>
              </td>
              <td className={row.leadId === me ? 'strong' : undefined}>{lead(row)}</td>
              <td>
                <Due dueAt={row.dueAt} at={at} closed={row.status === 'closed'} />
              </td>
              <td className="num">{formatDuration((row.closedAt ?? at).getTime() - row.openedAt.getTime(), locale)}</td>
              <td className="num">{t('detail.doneOf', { done: row.checksDone, of: row.checks })}</td>
              <td className="num">{formatCount(row.transactions)}</td>
              <td className="num">{formatCount(row.alerts)}</td>
              <td className="num">{formatCount(row.files)}</td>
              <td className="num t2">
                <BusinessTime at={row.updatedAt} form="short" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="cs-narrow only-s">
        {rows.map((row) => (
          <li key={row.no}>
            <Link href={`/cases/${row.no}`} prefetch={false}>
              <span className="row">
                <span className="cut strong">{row.title}</span>
                <span className="push row">
                  <CaseStatusChips status={row.status} held={row.held} />
                </span>
              </span>
              <span className="row meta">
                <span className="mono nowrap">{row.no}</span>
                <span className="cut">{lead(row)}</span>
                <span className="push">
                  <Due dueAt={row.dueAt} at={at} closed={row.status === 'closed'} />
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
