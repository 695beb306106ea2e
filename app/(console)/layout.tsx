import { cookies } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { AddressNote } from '@/components/shell/address-note';
import { Bar } from '@/components/shell/bar';
import { ConsoleProviders } from '@/components/shell/console-providers';
import { ExactCopy } from '@/components/shell/exact-copy';
import { Frame } from '@/components/shell/frame';
import { InputMark } from '@/components/shell/input-mark';
import { Nav } from '@/components/shell/nav';
import { SimulatedNotice } from '@/components/shell/notice';
import { ScreenMessages } from '@/components/shell/screen-messages';
import { SCREENS } from '@/components/shell/screens';
import { Watermark } from '@/components/shell/watermark';
import { allows } from '@/domain/permissions';
import { shellFacts } from '@/server/queries/session/shell-facts';
import { requireActor } from '@/server/session';
import { findAnything, leave } from './actions';

export default async function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  const actor = await requireActor('console:enter');
  const [facts, t, jar] = await Promise.all([shellFacts(actor), getTranslations('shell'), cookies()]);
  const screens = SCREENS.filter((screen) => allows(actor.role, screen.permission));
  const chosen = jar.get('headwater-theme')?.value;
  const theme = chosen === 'light' || chosen === 'dark' ? chosen : 'system';
  const dataAt = facts.dataAt?.toISOString() ?? null;
  return (
    <ScreenMessages of="console">
      <ConsoleProviders dataAt={dataAt} movedAt={facts.movedAt?.toISOString() ?? null}>
        <a className="skip" href="#sheet">
          {t('skip')}
        </a>
        <Frame noticed={facts.simulated}>
          {facts.simulated ? <SimulatedNotice /> : null}
          <Nav screens={screens} />
          <Bar
            person={{ name: actor.displayName, login: actor.login, role: actor.role }}
            screens={screens}
            currencies={facts.currencies}
            dataFrom={facts.dataFrom?.toISOString() ?? null}
            dataAt={dataAt}
            theme={theme}
            find={findAnything}
            signOut={leave}
          />
          <main className="sheet" id="sheet" tabIndex={-1}>
            <AddressNote />
            {children}
          </main>
        </Frame>
        <Watermark name={actor.displayName} login={actor.login} at={new Date()} />
        <InputMark />
        <ExactCopy />
      </ConsoleProviders>
    </ScreenMessages>
  );
}
