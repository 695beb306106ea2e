import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Icon } from '@/components/glyphs/icon';

export type Step = { readonly href: string; readonly words: ReactNode };

/** The way that leads here, from the widest screen to the one above this; the page's own title ends it. */
export function Trail({ steps }: { readonly steps: readonly Step[] }) {
  const t = useTranslations('shell');
  return (
    <nav className="crumb" aria-label={t('trail')}>
      {steps.map(({ href, words }) => (
        <span key={href} className="row">
          <Link href={href} prefetch={false}>
            {words}
          </Link>
          <Icon name="chevron-right" small />
        </span>
      ))}
    </nav>
  );
}
