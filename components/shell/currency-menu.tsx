'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Icon } from '../glyphs/icon';
import { Menu, MenuChoices } from '../ui/menu';
import { useSetAddress } from './use-address';

/** The one currency of the page's amounts; only where there is more than one to choose from. */
export function CurrencyMenu({ currencies }: { readonly currencies: readonly string[] }) {
  const t = useTranslations('shell.currency');
  const wished = useSearchParams().get('currency');
  const setAddress = useSetAddress();
  const first = currencies[0];
  if (first === undefined || currencies.length < 2) return null;
  const currency = wished && currencies.includes(wished) ? wished : first;
  return (
    <Menu
      trigger={
        <button type="button" className="btn" aria-label={`${t('label')}: ${currency}`}>
          <span>{currency}</span>
          <Icon name="chevron-down" small />
        </button>
      }
    >
      <MenuChoices
        label={t('label')}
        value={currency}
        choices={currencies.map((value) => ({ value, label: value }))}
        onChange={(value) => setAddress({ currency: value === first ? null : value })}
      />
    </Menu>
  );
}
