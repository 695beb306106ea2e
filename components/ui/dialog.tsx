'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { Icon } from '../glyphs/icon';

type DialogProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly closeLabel: string;
  /** Keeps the title for screen readers only. */
  readonly bare?: boolean;
  readonly wide?: boolean;
  readonly children: ReactNode;
};

/** A modal float with a title; focus stays inside and returns to where it came from. */
export function Dialog({ open, onOpenChange, title, closeLabel, bare = false, wide = false, children }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="veil" />
        <Base.Popup className={wide ? 'dialog wide' : 'dialog'}>
          <div className={bare ? 'visually-hidden' : 'dialog-head'}>
            <Base.Title className="dialog-title">{title}</Base.Title>
            {bare ? null : (
              <Base.Close className="btn quiet icon" aria-label={closeLabel}>
                <Icon name="close" small />
              </Base.Close>
            )}
          </div>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
