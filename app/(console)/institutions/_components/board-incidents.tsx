'use client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { StateGlyph } from '@/components/glyphs/state-glyph';
import { toBusinessText } from '@/domain/time-range';
import type { BoardWire } from './board-wire';

/** What goes on right now, worst first: one line, however many institutions one cause has taken with it. */
export function BoardIncidents({ incidents }: { incidents: BoardWire['incidents'] }) {
  const t = useTranslations('institutions');
  if (incidents.open === 0)
    return (
      <p className="ib-incidents t3" role="status">
        {t('incidents.noneOpen')}
        <Link className="lnk" href="/institutions/incidents">
          {t('incidents.past')}
        </Link>
      </p>
    );
  return (
    <div className="ib-incidents">
      <Link className="fig strong nowrap" href="/institutions/incidents">
        {t('incidents.open', { count: incidents.open })}
      </Link>
      <ul>
        {incidents.top.map((one) => (
          <li key={one.id} data-incident={one.id}>
            <Link
              className="fig"
              prefetch={false}
              href={one.code ? `/institutions/${one.code}#incidents` : `/institutions/incidents?id=${one.id}`}
            >
              <StateGlyph state={one.state} size={11} label={t(`states.${one.state}`)} />
              {one.subject}
              {one.members > 1 ? <span className="t2">{t('incidents.members', { count: one.members })}</span> : null}
              <span className="t3">{toBusinessText(new Date(one.openedAt)).slice(11, 16)}</span>
              {one.acknowledged ? <span className="t3">✓</span> : null}
            </Link>
          </li>
        ))}
      </ul>
      {incidents.unacknowledged > 0 ? (
        <span className="t2 nowrap push only-l">{t('incidents.waiting', { count: incidents.unacknowledged })}</span>
      ) : null}
      <Link className="lnk nowrap" href="/institutions/incidents">
        {t('incidents.all')}
      </Link>
    </div>
  );
}
