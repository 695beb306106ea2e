import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { formatCount } from '@/domain/format/count';

type Reason = {
  readonly reason: string;
  readonly name: string;
  readonly why: string;
  readonly lines: number;
  readonly institutions: number;
  readonly href: string;
};
type ReasonsProps = { readonly reasons: readonly Reason[]; readonly chosen: string | null; readonly all: string };

/** What was refused, by reason, most first; a bar shows the share. */
export function Reasons({ reasons, chosen, all }: ReasonsProps) {
  const t = useTranslations('quarantine');
  const lines = reasons.reduce((sum, one) => sum + one.lines, 0);
  const most = Math.max(1, ...reasons.map((one) => one.lines));
  return (
    <nav className="qt-reasons" aria-label={t('reasons')}>
      <div className="cap">
        <h2>{t('reasons')}</h2>
        <span className="meta">{t('reasonsMeta', { reasons: reasons.length, lines: formatCount(lines) })}</span>
      </div>
      <ul>
        <li>
          <Link href={all} aria-current={chosen === null ? 'true' : undefined} prefetch={false}>
            <span className="name">{t('allReasons')}</span>
            <span className="num">{formatCount(lines)}</span>
          </Link>
        </li>
        {reasons.map((one) => (
          <li key={one.reason}>
            <Link href={one.href} aria-current={chosen === one.reason ? 'true' : undefined} title={one.why} prefetch={false}>
              <span className="name">
                {one.name} <span className="code">{one.name === one.reason ? '' : one.reason}</span>
              </span>
              <span className="num">{formatCount(one.lines)}</span>
              <span className="share" aria-hidden="true">
                <span style={{ width: `${(one.lines / most) * 100}%` }} />
              </span>
              <span className="meta">{t('institutions', { count: one.institutions })}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
