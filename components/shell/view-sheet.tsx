'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { COMPARES, Compare } from '@/domain/time-range';
import { Icon } from '../glyphs/icon';
import { Dialog } from '../ui/dialog';
import { RangeChoices } from './range-choices';
import { useSetAddress } from './use-address';

type ViewSheetProps = { readonly currencies: readonly string[]; readonly dataFrom: string | null; readonly dataAt: string | null };

/** Range, comparison and currency behind one button, where the bar has no room for three. */
export function ViewSheet({ currencies, dataFrom, dataAt }: ViewSheetProps) {
  const t = useTranslations('shell');
  const search = useSearchParams();
  const setAddress = useSetAddress();
  const [open, setOpen] = useState(false);
  const compare = Compare.parse(search.get('compare') ?? undefined);
  const wished = search.get('currency');
  const currency = wished && currencies.includes(wished) ? wished : currencies[0];
  const choose = (changes: Readonly<Record<string, string | null>>) => {
    setOpen(false);
    setAddress(changes);
  };
  return (
    <>
      <button type="button" className="btn quiet icon view-open" aria-label={t('view.open')} onClick={() => setOpen(true)}>
        <Icon name="calendar" />
      </button>
      <Dialog open={open} onOpenChange={setOpen} title={t('view.title')} closeLabel={t('close')}>
        <div className="view-sheet">
          <h3>{t('view.range')}</h3>
          <RangeChoices dataFrom={dataFrom} dataAt={dataAt} onChoose={(range) => choose({ range })} />
          <Choices title={t('view.compare')}>
            {COMPARES.map((value) => (
              <Choice
                key={value}
                label={t(`compare.${value}`)}
                chosen={value === compare}
                onChoose={() => choose({ compare: value === 'weekday' ? null : value })}
              />
            ))}
          </Choices>
          {currencies.length > 1 ? (
            <Choices title={t('view.currency')}>
              {currencies.map((value) => (
                <Choice
                  key={value}
                  label={value}
                  chosen={value === currency}
                  onChoose={() => choose({ currency: value === currencies[0] ? null : value })}
                />
              ))}
            </Choices>
          ) : null}
        </div>
      </Dialog>
    </>
  );
}

function Choices({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <>
      <h3 id={id}>{title}</h3>
      <ul className="view-choices" aria-labelledby={id}>
        {children}
      </ul>
    </>
  );
}

function Choice({ label, chosen, onChoose }: { readonly label: string; readonly chosen: boolean; readonly onChoose: () => void }) {
  return (
    <li>
      <button type="button" className="menu-item" aria-pressed={chosen} onClick={onChoose}>
        <span className="menu-tick">{chosen ? <Icon name="check" small /> : null}</span>
        {label}
      </button>
    </li>
  );
}
