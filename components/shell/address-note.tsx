'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { isCurrency } from '@/domain/currency';
import { COMPARES, readRange } from '@/domain/time-range';
import { Icon } from '../glyphs/icon';
import { useSetAddress } from './use-address';

// These read the whole address themselves, and list nothing where they cannot.
const SELF_READING = ['/transactions', '/quarantine'];
const READABLE = {
  range: (text: string) => readRange(text) !== null,
  compare: (text: string) => (COMPARES as readonly string[]).includes(text),
  currency: isCurrency,
} as const;

/** Says so where the bar's part of the address cannot be read: what is shown instead is not what was asked for. */
export function AddressNote() {
  const t = useTranslations('shell.misread');
  const search = useSearchParams();
  const path = usePathname();
  const set = useSetAddress();
  if (SELF_READING.includes(path)) return null;
  const keys = Object.keys(READABLE) as (keyof typeof READABLE)[];
  const misread = keys.filter((key) => {
    const text = search.get(key);
    return text !== null && text !== '' && !READABLE[key](text);
  });
  if (misread.length === 0) return null;
  return (
    <div className="address-note" role="status">
      <span>{misread.map((key) => t(key, { text: (search.get(key) ?? '').slice(0, 60) })).join(' ')}</span>
      <button type="button" className="btn" onClick={() => set(Object.fromEntries(misread.map((key) => [key, null])))}>
        <Icon name="close" small />
        {t('remove')}
      </button>
    </div>
  );
}
