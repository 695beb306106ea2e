import Link from 'next/link';
import { AlertLines } from '@/components/alerts/alert-lines';
import { serverAlertWords } from '@/components/alerts/server-alert-words';
import { formatCount } from '@/domain/format/count';
import { withSearch } from '@/domain/links';
import type { LatestAlerts } from '@/server/queries/alerts/latest-alerts';

/** Alerts about this institution or its accounts that wait for somebody, the newest first. */
export async function AlertsRegion({ code, alerts }: { code: string; alerts: LatestAlerts }) {
  const words = await serverAlertWords();
  const { alerts: t } = words;
  return (
    <section className="region r-t" id="alerts">
      <div className="cap">
        <h2>{t('title')}</h2>
        <span className="meta">{t('list.shown', { shown: alerts.rows.length, total: formatCount(alerts.open) })}</span>
        <Link className="lnk push meta" prefetch={false} href={withSearch('/alerts', { institution: code })}>
          {t('brief.all')}
        </Link>
      </div>
      {alerts.rows.length === 0 ? <p className="meta ip-note">{t('brief.none')}</p> : null}
      <ul className="ip-alerts">
        <AlertLines rows={alerts.rows} words={words} at={new Date()} />
      </ul>
    </section>
  );
}
