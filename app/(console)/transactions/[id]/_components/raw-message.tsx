'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Icon } from '@/components/glyphs/icon';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import type { RawText } from './raw-texts';

/** The messages behind the payment, as plain text that does nothing. */
export function RawMessage({ texts }: { readonly texts: readonly RawText[] }) {
  const t = useTranslations('transactions.detail');
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="btn" onClick={() => setOpen(true)}>
        <Icon name="file" small />
        {t('raw')}
      </button>
      <Dialog open={open} onOpenChange={setOpen} title={t('rawTitle')} closeLabel={t('close')} wide>
        <div className="raw">
          {texts.map(({ id, caption, note, body }) => (
            <section key={id}>
              <p className="row meta">
                <span>{caption}</span>
                <span className="push">
                  <CopyButton value={body} what={t('rawTitle')} />
                </span>
              </p>
              {note ? <p className="t2">{note}</p> : null}
              <pre tabIndex={0}>{body}</pre>
            </section>
          ))}
        </div>
      </Dialog>
    </>
  );
}
