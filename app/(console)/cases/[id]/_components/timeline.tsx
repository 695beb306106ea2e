import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { BusinessTime } from '@/components/figures/business-time';
import { formatCount } from '@/domain/format/count';
import type { CaseTimeline } from '@/server/queries/cases/case-timeline';
import { eventText } from './event-text';
import { Part } from './part';

/** Everything that happened, newest first; says how much of it is shown. */
export function Timeline({ no, timeline: { events, total } }: { readonly no: string; readonly timeline: CaseTimeline }) {
  const t = useTranslations('cases');
  const shown = t('detail.nOfN', { shown: formatCount(events.length), total: formatCount(total) });
  return (
    <Part
      id="timeline"
      title={t('detail.timeline')}
      meta={
        events.length < total ? (
          <Link className="lnk" href={`/cases/${no}?events=all#timeline`} prefetch={false}>
            {shown}
          </Link>
        ) : (
          shown
        )
      }
    >
      <ol className="cs-timeline">
        {events.map((event) => (
          <li key={event.id} data-event={event.kind}>
            <span className="t3">
              <BusinessTime at={event.at} />
            </span>
            <span className="strong nowrap">{event.by}</span>
            <span className="t2">{eventText(t, event)}</span>
          </li>
        ))}
      </ol>
    </Part>
  );
}
