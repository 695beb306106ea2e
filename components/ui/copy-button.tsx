'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Icon } from '../glyphs/icon';

/** Copies exactly `value`; says so to eyes and to screen readers. `what` names it: "transaction id". */
export function CopyButton({ value, what }: { readonly value: string; readonly what: string }) {
  const t = useTranslations('common');
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null);
  const copy = async () => {
    // Outside a secure context browsers have no clipboard; the value stays selectable by hand.
    const done = await (navigator.clipboard?.writeText(value).then(
      () => true,
      () => false,
    ) ?? false);
    setOutcome(done ? 'copied' : 'refused');
    setTimeout(() => setOutcome(null), 1600);
  };
  return (
    <button
      type="button"
      className="copy"
      onClick={copy}
      aria-label={t('copy', { what })}
      title={outcome ? t(outcome) : t('copy', { what })}
    >
      <Icon name={outcome === 'copied' ? 'check' : outcome === 'refused' ? 'close' : 'copy'} small />
      <span className="visually-hidden" role="status">
        {outcome ? t(outcome) : ''}
      </span>
    </button>
  );
}
