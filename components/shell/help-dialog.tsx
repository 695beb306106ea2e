'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { carryShared } from '@/domain/links';
import { Icon } from '../glyphs/icon';
import { Dialog } from '../ui/dialog';
import { useCommandKey } from './command-key';
import { usePageKeys } from './key-hints';
import type { Screen } from './screens';
import { useShortcut, useShortcuts } from './shortcuts';

/** `?`: every key there is, and the switch that turns single keys off. */
export function HelpDialog({ screens }: { readonly screens: readonly Screen[] }) {
  const t = useTranslations('shell');
  const { on, setOn } = useShortcuts();
  const command = useCommandKey();
  const [open, setOpen] = useState(false);
  useShortcut('?', () => setOpen(true));
  useGoTo(screens);
  const pageKeys = usePageKeys();
  const keys = [
    ...pageKeys,
    { keys: [command === 'meta' ? '⌘' : 'Ctrl', 'K'], act: t('help.palette') },
    { keys: ['/'], act: t('help.palette') },
    { keys: ['P'], act: t('help.pause') },
    { keys: ['?'], act: t('help.open') },
    ...screens.map((screen) => ({ keys: ['G', screen.key.toUpperCase()], act: t(`screens.${screen.id}`) })),
  ];
  return (
    <>
      <button type="button" className="btn quiet icon" aria-label={t('help.open')} aria-keyshortcuts="?" onClick={() => setOpen(true)}>
        <Icon name="help" />
      </button>
      <Dialog open={open} onOpenChange={setOpen} title={t('help.open')} closeLabel={t('close')}>
        <dl className="keylist">
          {keys.map((entry) => (
            <div key={`${entry.keys.join('+')} ${entry.act}`}>
              <dt>{entry.act}</dt>
              <dd>
                {entry.keys.map((key) => (
                  <kbd key={key} className="kbd">
                    {key}
                  </kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
        <label className="check">
          <input type="checkbox" checked={on} onChange={(event) => setOn(event.target.checked)} />
          <span>{t('help.singleKeys')}</span>
        </label>
      </Dialog>
    </>
  );
}

const SEQUENCE_MS = 1200;

// `g` and then a screen's key, as in a mailbox.
function useGoTo(screens: readonly Screen[]) {
  const router = useRouter();
  const [armed, setArmed] = useState(false);
  useShortcut('g', () => setArmed(true), !armed);
  const { on } = useShortcuts();
  useEffect(() => {
    if (!armed || !on) return;
    const disarm = setTimeout(() => setArmed(false), SEQUENCE_MS);
    const press = (event: KeyboardEvent) => {
      setArmed(false);
      const screen = screens.find((known) => known.key === event.key.toLowerCase());
      if (!screen || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      router.push(carryShared(screen.path, new URLSearchParams(location.search)));
    };
    addEventListener('keydown', press, { capture: true });
    return () => {
      clearTimeout(disarm);
      removeEventListener('keydown', press, { capture: true });
    };
  }, [armed, on, router, screens]);
}
