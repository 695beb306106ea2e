'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Icon } from '../glyphs/icon';
import { useCommandKey } from './command-key';
import type { FindAnything } from './palette-results';
import type { Screen } from './screens';
import { useShortcut } from './shortcuts';

const Palette = dynamic(() => import('./palette').then((module) => module.Palette), { ssr: false });

/** The search field of the bar: opens the palette, whose code is fetched at the first use. */
export function PaletteButton({ screens, find }: { readonly screens: readonly Screen[]; readonly find: FindAnything }) {
  const t = useTranslations('shell.palette');
  const command = useCommandKey();
  const [open, setOpen] = useState(false);
  const [used, setUsed] = useState(false);
  const show = () => {
    setUsed(true);
    setOpen(true);
  };
  useShortcut('/', show);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      setUsed(true);
      setOpen((was) => !was);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  return (
    <>
      <button type="button" className="find" onClick={show} aria-label={t('open')} aria-keyshortcuts="Control+K Meta+K">
        <Icon name="search" small />
        <span className="cut only-l">{t('hint')}</span>
        <span className="sp only-l" />
        <span className="kbd only-l" aria-hidden="true">
          {command === 'meta' ? '⌘K' : 'Ctrl K'}
        </span>
      </button>
      {used ? <Palette open={open} onOpenChange={setOpen} screens={screens} find={find} /> : null}
    </>
  );
}
