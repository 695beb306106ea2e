'use client';

import { useTranslations } from 'next-intl';
import { Icon } from '@/components/glyphs/icon';
import { useSetAddress } from '@/components/shell/use-address';
import { Popover } from '@/components/ui/popover';
import { BUSINESS_TYPES, type BusinessType } from '@/domain/clearing/transaction';

/** Business types to look at, several at once; each press is a step in the address that Back undoes. */
export function TypesFilter({ chosen }: { chosen: readonly BusinessType[] }) {
  const t = useTranslations('flows.types');
  const set = useSetAddress();
  const show = (types: readonly BusinessType[]) =>
    set({ type: types.length === 0 || types.length === BUSINESS_TYPES.length ? null : types.join(','), sel: null });
  const words = chosen.length === 0 ? t('all') : chosen.length === 1 ? t(chosen[0] as BusinessType) : t('some', { count: chosen.length });
  return (
    <Popover
      align="end"
      label={t('legend')}
      trigger={
        <button type="button" className="btn">
          <Icon name="filter" small />
          {t('button', { chosen: words })}
        </button>
      }
    >
      <fieldset className="types-filter">
        <legend className="meta">{t('legend')}</legend>
        {BUSINESS_TYPES.map((type) => (
          <label key={type}>
            <input
              type="checkbox"
              checked={chosen.includes(type)}
              onChange={(event) =>
                show(
                  event.target.checked
                    ? BUSINESS_TYPES.filter((one) => one === type || chosen.includes(one))
                    : chosen.filter((one) => one !== type),
                )
              }
            />
            {t(type)}
          </label>
        ))}
        <button type="button" className="lnk types-clear" disabled={chosen.length === 0} onClick={() => show([])}>
          {t('clear')}
        </button>
      </fieldset>
    </Popover>
  );
}
