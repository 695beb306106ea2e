'use client';

import { useTranslations } from 'next-intl';
import { Icon } from '@/components/glyphs/icon';
import { useSetAddress } from '@/components/shell/use-address';
import { Menu, MenuChoices } from '@/components/ui/menu';
import { Segmented } from '@/components/ui/segmented';
import type { BusinessType } from '@/domain/clearing/transaction';
import { WINDOW_DEFAULT, WINDOWS } from '@/domain/cut-over/window';

type BoardBarProps = {
  readonly view: 'board' | 'matrix';
  readonly days: number;
  readonly type: BusinessType | null;
  readonly types: readonly BusinessType[];
};

/** How the board is looked at: view, window, business type; all of it in the address. */
export function BoardBar({ view, days, type, types }: BoardBarProps) {
  const t = useTranslations('cutover');
  const set = useSetAddress();
  return (
    <>
      <Segmented
        label={t('view.label')}
        value={view}
        segments={(['board', 'matrix'] as const).map((value) => ({ value, label: t(`view.${value}`) }))}
        onChange={(value) => set({ view: value === 'board' ? null : value })}
      />
      <WindowChoice days={days} />
      <Menu
        trigger={
          <button type="button" className="btn only-l">
            <span className="t3">{t('type.label')}</span>
            {t(`type.${type ?? 'all'}`)}
            <Icon name="chevron-down" small />
          </button>
        }
      >
        <MenuChoices
          label={t('type.label')}
          value={type ?? 'all'}
          choices={(['all', ...types] as const).map((value) => ({ value, label: t(`type.${value}`) }))}
          onChange={(value) => set({ type: value === 'all' ? null : value })}
        />
      </Menu>
    </>
  );
}

/** How many closed days are looked at. */
export function WindowChoice({ days }: { readonly days: number }) {
  const t = useTranslations('cutover');
  const set = useSetAddress();
  return (
    <Segmented
      label={t('window.label')}
      value={String(days)}
      segments={WINDOWS.map((value) => ({ value: String(value), label: t('window.days', { days: value }) }))}
      onChange={(value) => set({ days: value === String(WINDOW_DEFAULT) ? null : value })}
    />
  );
}
