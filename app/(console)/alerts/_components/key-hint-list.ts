'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { KeyHint } from '@/components/shell/key-hints';

/** The inbox's keys, as the list of keys shows them. */
export function useInboxHints(): readonly KeyHint[] {
  const t = useTranslations('alerts.key');
  return useMemo(
    () => [
      { keys: ['J', 'K', '↓', '↑'], act: t('move') },
      { keys: ['1'], act: t('accept') },
      { keys: ['2'], act: t('duplicate') },
      { keys: ['3'], act: t('dismiss') },
      { keys: ['H'], act: t('snooze') },
      { keys: ['A'], act: t('assign') },
      { keys: ['E'], act: t('escalate') },
      { keys: ['X'], act: t('select') },
      { keys: ['⇧', 'X'], act: t('range') },
      { keys: ['U'], act: t('undo') },
      { keys: ['⇧', 'U'], act: t('redo') },
      { keys: ['N'], act: t('next') },
    ],
    [t],
  );
}
