import { useTranslations } from 'next-intl';
import { formatCount } from '@/domain/format/count';
import type { ReconciliationRun } from '@/server/queries/reconciliation/reconciliation-runs';

type MismatchesProps = { readonly runs: readonly ReconciliationRun[]; readonly tierName: (tier: string) => string };

/** Each bucket and measure that differs, both figures side by side. */
export function Mismatches({ runs, tierName }: MismatchesProps) {
  const t = useTranslations('reconciliation');
  const unread = runs.reduce((sum, run) => sum + run.unread, 0);
  const rows = runs.flatMap((run) =>
    run.mismatches.flatMap((mismatch, n) =>
      Object.keys(mismatch.raw)
        .filter((measure) => mismatch.raw[measure] !== mismatch.rollup[measure])
        .map((measure) => ({ id: `${run.id} ${n} ${measure}`, run, mismatch, measure })),
    ),
  );
  return (
    <section id="mismatches" className="rc-part">
      <div className="cap">
        <h2>{t('mismatch.title')}</h2>
        <span className="meta">{t('mismatch.meta')}</span>
      </div>
      <section className="rc-scroll" tabIndex={0} aria-label={t('mismatch.title')}>
        <table className="tbl">
          <thead>
            <tr>
              <th>{t('column.tier')}</th>
              <th>{t('mismatch.key')}</th>
              <th>{t('mismatch.measure')}</th>
              <th className="num">{t('column.rollup')}</th>
              <th className="num">{t('column.raw')}</th>
              <th className="num">{t('column.difference')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, run, mismatch, measure }) => (
              <tr key={id}>
                <td>{tierName(run.tier)}</td>
                <td className="mono">{Object.values(mismatch.key).join(' · ')}</td>
                <td>{t.has(`measure.${measure}`) ? t(`measure.${measure}`) : measure}</td>
                <td className="num">{figure(mismatch.rollup[measure])}</td>
                <td className="num">{figure(mismatch.raw[measure])}</td>
                <td className="num rc-wrong">{difference(mismatch.raw[measure], mismatch.rollup[measure])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {unread > 0 ? <p className="meta rc-unread">{t('mismatch.unread', { count: unread })}</p> : null}
    </section>
  );
}

const WHOLE = /^-?\d+$/;

function figure(text: string | undefined): string {
  return text !== undefined && WHOLE.test(text) ? formatCount(BigInt(text)) : (text ?? '—');
}

function difference(raw: string | undefined, rollup: string | undefined): string {
  if (raw === undefined || rollup === undefined || !WHOLE.test(raw) || !WHOLE.test(rollup)) return '—';
  const by = BigInt(rollup) - BigInt(raw);
  return by > 0n ? `+${formatCount(by)}` : formatCount(by);
}
