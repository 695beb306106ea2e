'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { carryShared } from '@/domain/links';
import { Icon } from '../glyphs/icon';
import { Popover } from '../ui/popover';
import type { Screen } from './screens';

/** The last tab of a phone: every screen that has no tab of its own. */
export function MoreTab({ screens, here, search }: { screens: readonly Screen[]; here: string | undefined; search: URLSearchParams }) {
  const t = useTranslations('shell');
  const [open, setOpen] = useState(false);
  return (
    <Popover
      align="end"
      label={t('nav.more')}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className="tab more-tab" aria-current={screens.some(({ id }) => id === here) ? 'true' : undefined}>
          <Icon name="more" />
          <span>{t('nav.more')}</span>
        </button>
      }
    >
      <ul className="menu more-menu">
        {screens.map((screen) => (
          <li key={screen.id}>
            <Link
              className="menu-item"
              href={carryShared(screen.path, search)}
              aria-current={screen.id === here ? 'page' : undefined}
              prefetch={false}
              onClick={() => setOpen(false)}
            >
              <Icon name={screen.icon} />
              {t(`screens.${screen.id}`)}
            </Link>
          </li>
        ))}
      </ul>
    </Popover>
  );
}
