import type { AlertWords } from '@/components/alerts/alert-words';
import { BusinessTime } from '@/components/figures/business-time';
import type { AlertActivity, AlertView } from '@/domain/alerts/alert-view';
import { toBusinessText } from '@/domain/time-range';

/** Everything that happened to the alert, whoever did it, the newest first. */
export function DetailActivity({ view, words }: { readonly view: AlertView; readonly words: AlertWords }) {
  const { alerts: t } = words;
  return (
    <section className="region al-activity">
      <div className="cap">
        <h2>{t('detail.activity')}</h2>
        <span className="meta">{view.activity.length}</span>
      </div>
      <ul>
        {view.activity.toReversed().map((event) => (
          <li key={event.id}>
            <BusinessTime at={event.at} form="short" />
            <i aria-hidden="true" />
            <span>{eventText(words, event)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function eventText({ alerts: t }: AlertWords, event: AlertActivity): string {
  const name = event.actor ?? t(event.isWithheld ? 'event.overseer' : 'event.system');
  const reason = event.reason === null ? null : t(`reason.${event.reason}`);
  const said = event.kind === 'dismissed' ? [reason, event.note].filter(Boolean).join(t('join')) : event.note;
  if (event.kind === 'assigned' && !event.isWithheld)
    return event.person === null ? t('event.unassigned', { name }) : t('event.assigned', { name, detail: event.person });
  if (event.kind === 'snoozed')
    return t('event.snoozed', { name, detail: event.until === null ? '' : toBusinessText(new Date(event.until)) });
  return t.has(`event.${event.kind}`)
    ? t(`event.${event.kind}`, { name, detail: said ?? '' })
    : t('event.other', { name, detail: event.kind });
}
