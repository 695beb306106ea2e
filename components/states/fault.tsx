'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { SeverityGlyph } from '../glyphs/severity-glyph';
import { CopyButton } from '../ui/copy-button';

type FaultProps = {
  /** What failed, in one sentence; a general one without it. */
  readonly what?: ReactNode;
  readonly requestId?: string;
  readonly onRetry?: () => void;
};

/** A line over figures that could not be renewed: what failed, the request's id, try again. */
export function Fault({ what, requestId, onRetry }: FaultProps) {
  const t = useTranslations('states');
  return (
    <div className="fault" role="alert">
      <SeverityGlyph severity="major" />
      <span>{what ?? t('fault.general')}</span>
      {requestId ? (
        <span className="row">
          <span className="t3">{t('fault.request')}</span>
          <span className="mono">{requestId}</span>
          <CopyButton value={requestId} what={t('fault.request')} />
        </span>
      ) : null}
      {onRetry ? (
        <button type="button" className="btn" onClick={onRetry}>
          {t('fault.retry')}
        </button>
      ) : null}
    </div>
  );
}
