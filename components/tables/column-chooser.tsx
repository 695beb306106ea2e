'use client';

import { useTranslations } from 'next-intl';
import { Icon } from '../glyphs/icon';
import { Popover } from '../ui/popover';
import { Segmented } from '../ui/segmented';
import type { TablePreferences } from './table-preferences';

type ColumnChooserProps = {
  readonly columns: readonly { readonly id: string; readonly label: string }[];
  readonly preferences: TablePreferences;
  readonly onChange: (changes: Partial<TablePreferences>) => void;
};

/** Which columns are shown and how high rows are; the last column that is left cannot be hidden. */
export function ColumnChooser({ columns, preferences, onChange }: ColumnChooserProps) {
  const t = useTranslations('transactions.table');
  const { hidden, density } = preferences;
  const shown = columns.filter(({ id }) => !hidden.includes(id));
  const toggle = (id: string) => onChange({ hidden: hidden.includes(id) ? hidden.filter((one) => one !== id) : [...hidden, id] });
  return (
    <span className="row">
      <Segmented
        label={t('density')}
        value={density}
        segments={[
          { value: 'dense', label: t('dense') },
          { value: 'roomy', label: t('roomy') },
        ]}
        onChange={(next) => onChange({ density: next })}
      />
      <Popover
        align="end"
        label={t('columns')}
        trigger={
          <button type="button" className="btn">
            <Icon name="columns" small />
            {t('columns')}
          </button>
        }
      >
        <fieldset className="txs-checks">
          <legend className="visually-hidden">{t('columns')}</legend>
          {columns.map(({ id, label }) => (
            <label key={id} className="menu-item">
              <input
                type="checkbox"
                checked={!hidden.includes(id)}
                disabled={shown.length === 1 && shown[0]?.id === id}
                onChange={() => toggle(id)}
              />
              {label}
            </label>
          ))}
        </fieldset>
      </Popover>
    </span>
  );
}
