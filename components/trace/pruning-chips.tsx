'use client';

import { useLocale, useTranslations } from 'next-intl';
import { formatCount } from '@/domain/format/count';
import { formatDuration } from '@/domain/format/duration';
import type { TracePicture } from '@/domain/tracing/canvas/picture';
import { formatLocale } from '../figures/format-locale';
import { Icon } from '../glyphs/icon';
import { Chip } from '../ui/chip';
import type { TraceConditions } from './conditions';

/** What the trace did not follow, in a word each; each node says it of itself in full. */
export function PruningChips({ picture, conditions }: { readonly picture: TracePicture; readonly conditions: TraceConditions }) {
  const t = useTranslations('trace.chip');
  const locale = formatLocale(useLocale());
  const of = (reason: TracePicture['pruned'][number]['reason']) => picture.pruned.find((one) => one.reason === reason);
  const hub = of('hub');
  const pooled = of('pooled');
  const cap = of('cap');
  const hops = of('hops');
  const pinned = picture.pins.length;
  return (
    <div className="row tr-chips">
      {pinned > 0 ? (
        <Chip tone="accent">
          <Icon name="pin" small />
          {t('pinned', { count: pinned, hops: Math.max(...picture.pins.map(({ transactions }) => transactions.length)) })}
        </Chip>
      ) : null}
      {hub ? <Chip>{t('hub', { count: formatCount(hub.accounts), degree: formatCount(Number(hub.limit ?? 0)) })}</Chip> : null}
      {pooled ? <Chip>{t('pooled', { count: formatCount(pooled.accounts) })}</Chip> : null}
      {cap ? <Chip tone="major">{t('cap', { count: formatCount(cap.accounts) })}</Chip> : null}
      {hops ? <Chip>{t('hops', { count: formatCount(hops.accounts), hops: picture.hops })}</Chip> : null}
      {conditions.waitMinutes === null ? null : <Chip>{t('wait', { wait: formatDuration(conditions.waitMinutes * 60_000, locale) })}</Chip>}
    </div>
  );
}
