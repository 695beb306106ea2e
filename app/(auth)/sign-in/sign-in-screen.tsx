import { getTranslations } from 'next-intl/server';
import { Brand } from '@/components/shell/brand';
import { LanguageSwitch } from '@/components/shell/language-switch';
import { ScreenMessages } from '@/components/shell/screen-messages';
import { localAddress } from '@/domain/local-address';
import { DEMO_PASSWORD, DEMO_USERS } from '@/server/commands/session/seed-demo-users';
import { environment } from '@/server/environment';
import { SignInForm } from './_components/sign-in-form';
import { Streams } from './_components/streams';
import './sign-in.css';

type SignInScreenProps = { readonly returnTo: string /** There was a session and it is over. */; readonly ended?: boolean };

export async function SignInScreen({ returnTo, ended = false }: SignInScreenProps) {
  const t = await getTranslations('auth');
  const demo = environment().HEADWATER_MODE === 'demo';
  const people = demo ? DEMO_USERS.map(({ login }) => ({ login, about: t(`demo.about.${login}`) })) : [];
  return (
    <ScreenMessages of="door">
      <div className="door">
        <Streams />
        <header className="door-head">
          <span className="brand">
            <Brand />
            <span>{t('name')}</span>
          </span>
          <LanguageSwitch />
        </header>
        <main className="door-sheet" id="sheet">
          <h1>{t('title')}</h1>
          <p className="t2 door-about">{ended ? t('ended') : t('about')}</p>
          <SignInForm returnTo={localAddress(returnTo)} people={people} demoPassword={demo ? DEMO_PASSWORD : undefined} />
        </main>
        <footer className="door-foot">{t('foot')}</footer>
      </div>
    </ScreenMessages>
  );
}
