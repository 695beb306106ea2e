'use client';

import { useTranslations } from 'next-intl';
import { Icon } from '@/components/glyphs/icon';
import { useSetAddress } from '@/components/shell/use-address';
import { Menu, MenuChoices } from '@/components/ui/menu';
import { Segmented } from '@/components/ui/segmented';
import { FEEDS } from '@/domain/quarantine/feeds';
import { QUARANTINE_STATES, type QuarantineFilter } from '@/domain/quarantine/quarantine-filter';

/** How the refused lines are narrowed; every choice lives in the address and begins at the newest line again. */
export function QuarantineFilters({ filter, ranged }: { readonly filter: QuarantineFilter; readonly ranged: boolean }) {
  const t = useTranslations('quarantine');
  const set = useSetAddress();
  const change = (changes: Readonly<Record<string, string | null>>) => set({ ...changes, before: null });
  const feed = filter.feed ?? 'all';
  return (
    <div className="sub">
      <Segmented
        label={t('state.label')}
        value={filter.state}
        segments={QUARANTINE_STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        onChange={(state) => change({ state: state === 'open' ? null : state })}
      />
      <Menu
        trigger={
          <button type="button" className="btn">
            <span className="t3">{t('feed.label')}</span>
            {t(`feed.${feed}`)}
            <Icon name="chevron-down" small />
          </button>
        }
      >
        <MenuChoices
          label={t('feed.label')}
          value={feed}
          choices={(['all', ...FEEDS] as const).map((value) => ({ value, label: t(`feed.${value}`) }))}
          onChange={(value) => change({ feed: value === 'all' ? null : value })}
        />
      </Menu>
      {filter.institution ? (
        <button
          type="button"
          className="btn"
          onClick={() => change({ institution: null })}
          aria-label={t('remove', { what: filter.institution })}
        >
          {t('institutionFilter', { code: filter.institution })}
          <Icon name="close" small />
        </button>
      ) : null}
      {ranged ? (
        <button type="button" className="btn quiet" onClick={() => change({ range: null })}>
          {t('allTime')}
        </button>
      ) : null}
    </div>
  );
}
