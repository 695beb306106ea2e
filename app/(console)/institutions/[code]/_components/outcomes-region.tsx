import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { FlowRole, TransactionStatus } from '@/domain/clearing/transaction';
import { formatCount } from '@/domain/format/count';
import { momentText } from '@/domain/format/moment';
import { formatPercent } from '@/domain/format/percent';
import { transactionsLink } from '@/domain/links';
import { businessSuccessPpm, sumOutcomes, systemSuccessPpm } from '@/domain/overview/platform-figures';
import type { LatencyQuantiles } from '@/server/queries/institutions/institution-latency';
import type { TrendRow } from '@/server/queries/institutions/institution-trend';
import type { Shared } from './shared';

const ROLES = ['payer', 'payee', 'intermediary'] as const;

/** What became of its payments, role by role: technical failures, business declines and unknown apart. Roles are columns. */
export async function OutcomesRegion({
  identity,
  window,
  trend,
  latency,
}: Shared & { trend: readonly TrendRow[]; latency: Readonly<Record<FlowRole, LatencyQuantiles | null>> }) {
  const t = await getTranslations('institutions');
  const roles = ROLES.map((role) => ({ role, counts: sumOutcomes(trend.filter((row) => row.role === role)) })).filter(
    ({ counts }) => counts.all > 0n,
  );
  const caption = t('page.outcomesCaption', { from: momentText(window.rows.from), to: momentText(window.rows.to) });
  const side = (role: FlowRole) =>
    role === 'payer' ? { payer: [identity.code] } : role === 'payee' ? { payee: [identity.code] } : { intermediary: [identity.code] };
  const linked = (role: FlowRole, statuses: readonly TransactionStatus[], text: string) => (
    <Link
      prefetch={false}
      className="fig"
      href={transactionsLink({ range: window.rows, ...side(role), ...(statuses.length > 0 ? { status: statuses } : {}) })}
    >
      {text}
    </Link>
  );
  const ms = (value: number | undefined) => (value === undefined ? '—' : formatCount(Math.round(value)));
  return (
    <section className="region r-t">
      <div className="cap">
        <h2>{t('page.outcomes')}</h2>
        <span className="meta">{caption}</span>
      </div>
      {roles.length === 0 ? (
        <p className="meta ip-note">{t('page.noOutcomes')}</p>
      ) : (
        <table className="tbl">
          <thead>
            <tr>
              <th scope="col">{t('page.roleHead')}</th>
              {roles.map(({ role }) => (
                <th key={role} scope="col" className="num">
                  {t(`role.${role}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Row name={t('page.payments')} cells={roles.map(({ role, counts }) => [role, linked(role, [], formatCount(counts.all))])} />
            {(['succeeded', 'declined', 'failed', 'unknown'] as const).map((status) => (
              <Row
                key={status}
                name={t(`page.${status}`)}
                cells={roles.map(({ role, counts }) => [
                  role,
                  linked(role, status === 'unknown' ? ['unknown', 'received'] : [status], formatCount(counts[status])),
                ])}
              />
            ))}
            <Row
              name={t('page.system')}
              cells={roles.map(({ role, counts }) => [role, linked(role, ['failed'], formatPercent(systemSuccessPpm(counts)))])}
            />
            <Row
              name={t('page.business')}
              cells={roles.map(({ role, counts }) => [role, linked(role, ['declined'], formatPercent(businessSuccessPpm(counts)))])}
            />
            {(['p50Ms', 'p95Ms', 'p99Ms'] as const).map((p) => (
              <Row key={p} name={`${p.slice(0, 3)} (${t('columns.ms')})`} cells={roles.map(({ role }) => [role, ms(latency[role]?.[p])])} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ name, cells }: { name: string; cells: readonly (readonly [string, React.ReactNode])[] }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {cells.map(([key, cell]) => (
        <td key={key} className="num">
          {cell}
        </td>
      ))}
    </tr>
  );
}
