import { getTranslations } from 'next-intl/server';
import { BusinessTime } from '@/components/figures/business-time';
import { formatCount } from '@/domain/format/count';
import type { AuditStanding } from '@/server/queries/audit/audit-standing';

/** How far the log is sealed, and the newest signed roots behind one fold. */
export async function Checkpoints({ standing }: { readonly standing: AuditStanding }) {
  const t = await getTranslations('audit');
  const [newest] = standing.checkpoints;
  return (
    <details className="au-points">
      <summary>
        {newest
          ? t.rich('sealed', {
              rows: formatCount(BigInt(standing.rows)),
              pending: formatCount(BigInt(standing.pending)),
              at: () => <BusinessTime at={newest.at} />,
            })
          : t('unsealed', { pending: formatCount(BigInt(standing.pending)) })}
      </summary>
      <div>
        <table className="tbl">
          <thead>
            <tr>
              <th className="num">{t('checkpoint.size')}</th>
              <th>{t('checkpoint.at')}</th>
              <th>{t('checkpoint.root')}</th>
            </tr>
          </thead>
          <tbody>
            {standing.checkpoints.map((one) => (
              <tr key={one.size}>
                <td className="num">{formatCount(BigInt(one.size))}</td>
                <td>
                  <BusinessTime at={one.at} />
                </td>
                <td className="mono">{one.root}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="meta">
        {t('verify')} <code className="mono">npx headwater audit verify</code>
      </p>
    </details>
  );
}
