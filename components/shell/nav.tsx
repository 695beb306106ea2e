'use client';

import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Fragment } from 'react';
import { carryShared } from '@/domain/links';
import { Icon } from '../glyphs/icon';
import { Brand } from './brand';
import type { Screen } from './screens';

/** Navigation: a column of sections, under 720 px the tabs at the bottom. Range, comparison and currency travel along. */
export function Nav({ screens }: { readonly screens: readonly Screen[] }) {
  const t = useTranslations('shell');
  const path = usePathname();
  const search = new URLSearchParams(useSearchParams());
  return (
    <nav className="nav" aria-label={t('nav.label')}>
      <Link className="brand" href={carryShared(screens[0]?.path ?? '/', search)} prefetch={false}>
        <Brand />
        <span>{t('name')}</span>
      </Link>
      {screens.map((screen, i) => {
        const heads = screen.section !== 'watch' && screen.section !== screens[i - 1]?.section;
        const here = path === screen.path || path.startsWith(`${screen.path}/`);
        return (
          <Fragment key={screen.id}>
            {heads ? <h2 className="nav-head">{t(`nav.${screen.section}`)}</h2> : null}
            <Link
              className={screen.wideOnly ? undefined : 'tab'}
              href={carryShared(screen.path, search)}
              aria-current={here ? 'page' : undefined}
              prefetch={false}
            >
              <Icon name={screen.icon} />
              <span>{t(`screens.${screen.id}`)}</span>
            </Link>
          </Fragment>
        );
      })}
      <footer>
        {t('nav.zone')}
        <br />
        {t('nav.keys')}
      </footer>
    </nav>
  );
}
