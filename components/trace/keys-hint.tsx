'use client';

import { useTranslations } from 'next-intl';
import { Icon } from '../glyphs/icon';
import { Popover } from '../ui/popover';

const KEYS = [
  { keys: ['←', '→', '↑', '↓'], act: 'walk' },
  { keys: ['Enter'], act: 'open' },
  { keys: ['E'], act: 'expand' },
  { keys: ['F'], act: 'fold' },
  { keys: ['⇧', 'F'], act: 'hide' },
  { keys: ['P'], act: 'pin' },
  { keys: ['N'], act: 'note' },
  { keys: ['U'], act: 'undo' },
  { keys: ['Ctrl', '⇧', 'Z'], act: 'redo' },
  { keys: ['Esc'], act: 'leave' },
] as const;

/** The keys of the picture: `?` opens them, and so does a button. */
export function KeysHint({ open, onOpenChange }: { readonly open: boolean; readonly onOpenChange: (open: boolean) => void }) {
  const t = useTranslations('trace.keys');
  return (
    <div className="tr-keys">
      <span id="trace-keys-hint" className="visually-hidden">
        {t('hint')}
      </span>
      <Popover
        open={open}
        onOpenChange={onOpenChange}
        label={t('title')}
        align="end"
        trigger={
          <button type="button" className="btn icon" aria-label={t('title')} title={t('title')}>
            <Icon name="keyboard" small />
          </button>
        }
      >
        <dl className="keylist">
          {KEYS.map(({ keys, act }) => (
            <div key={act}>
              <dt>{t(act)}</dt>
              <dd>
                {keys.map((key) => (
                  <kbd key={key} className="kbd">
                    {key}
                  </kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </Popover>
    </div>
  );
}
