'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { Segmented } from '@/components/ui/segmented';
import type { HexLine } from '@/domain/quarantine/readable-bytes';

type LineBodyProps = { readonly title: string; readonly meta: string; readonly text: string; readonly hex: readonly HexLine[] };

/** The refused bytes as escaped text or as hexadecimal; either way nothing in them acts. */
export function LineBody({ title, meta, text, hex }: LineBodyProps) {
  const t = useTranslations('quarantine.detail');
  const [view, setView] = useState<'text' | 'hex'>('text');
  return (
    <>
      <div className="cap">
        <h2>{title}</h2>
        <span className="meta">{meta}</span>
        <span className="row push">
          <CopyButton value={text} what={title} />
          <Segmented
            label={t('view')}
            value={view}
            segments={[
              { value: 'text', label: t('text') },
              { value: 'hex', label: t('hex') },
            ]}
            onChange={setView}
          />
        </span>
      </div>
      <pre className="qt-pre" tabIndex={0} data-view={view}>
        {view === 'text' ? text : hex.map((line) => `${line.offset}  ${line.hex.padEnd(47)}  ${line.text}`).join('\n')}
      </pre>
    </>
  );
}
