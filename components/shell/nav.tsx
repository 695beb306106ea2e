'use client';

import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Fragment } from 'react';
import { carryShared } from '@/domain/links';
import { Icon } from '../glyphs/icon';
import { Brand } from './brand';
import { MoreTab } from './more-tab';
import { phoneTabs, type Screen } from './screens';

/** Navigation: a column of sections, under 720 px tabs at the bottom, the last of which opens the rest. Range, comparison and currency travel along. */
export function Nav({ screens }: { readonly screens: readonly Screen[] }) {
  const t = useTranslations('shell');
  const path = usePathname();
  const search = new URLSearchParams(useSearchParams());
  const tabs = phoneTabs(screens);
  const isHere = ({ path: own }: Screen) => path === own || path.startsWith(`${own}/`);
  return (
    <nav className="nav" aria-label={t('nav.label')}>
      <Link className="brand" href={carryShared(screens[0]?.path ?? '/', search)} prefetch={false}>
        <Brand />
        <span>{t('name')}</span>
      </Link>
      {screens.map((screen, i) => {
        const heads = screen.section !== 'watch' && screen.section !== screens[i - 1]?.section;
        return (
          <Fragment key={screen.id}>
            {heads ? <h2 className="nav-head">{t(`nav.${screen.section}`)}</h2> : null}
            <Link
              className={tabs.includes(screen) ? 'tab' : undefined}
              href={carryShared(screen.path, search)}
              aria-current={isHere(screen) ? 'page' : undefined}
              prefetch={false}
            >
              <Icon name={screen.icon} />
              <span>{t(`screens.${screen.id}`)}</span>
            </Link>
          </Fragment>
        );
      })}
      <MoreTab screens={screens.filter((screen) => !tabs.includes(screen))} here={screens.find(isHere)?.id} search={search} />
      <footer>
        {t('nav.zone')}
        <br />
        {t('nav.keys')}
      </footer>
    </nav>
  );
}
