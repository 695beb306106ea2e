import { useTranslations } from 'next-intl';
import type { Role } from '@/domain/permissions';
import { LiveControl } from '../live/live-control';
import { CompareMenu } from './compare-menu';
import { CurrencyMenu } from './currency-menu';
import { HelpDialog } from './help-dialog';
import { LanguageSwitch } from './language-switch';
import { PaletteButton } from './palette-button';
import type { FindAnything } from './palette-results';
import type { Theme } from './preferences';
import { RangePicker } from './range-picker';
import type { Screen } from './screens';
import { ThemeMenu } from './theme-menu';
import { UserMenu } from './user-menu';
import { ViewSheet } from './view-sheet';

type BarProps = {
  readonly person: { readonly name: string; readonly login: string; readonly role: Role };
  readonly screens: readonly Screen[];
  readonly currencies: readonly string[];
  readonly dataFrom: string | null;
  readonly dataAt: string | null;
  readonly theme: Theme;
  readonly find: FindAnything;
  readonly signOut: () => Promise<void>;
};

/** Search, range, comparison and currency on the left; the live contract, language, theme, keys and person on the right. */
export function Bar({ person, screens, currencies, dataFrom, dataAt, theme, find, signOut }: BarProps) {
  const t = useTranslations();
  return (
    <header className="bar">
      <span className="only-s bar-name">{t('shell.name')}</span>
      <PaletteButton screens={screens} find={find} />
      <span className="only-l bar-part">
        <RangePicker dataFrom={dataFrom} dataAt={dataAt} />
        <CompareMenu />
        <CurrencyMenu currencies={currencies} />
      </span>
      <span className="sp" />
      <LiveControl />
      <span className="only-s">
        <ViewSheet currencies={currencies} dataFrom={dataFrom} dataAt={dataAt} />
      </span>
      <span className="only-l bar-part tight">
        <LanguageSwitch />
        <ThemeMenu theme={theme} />
        <HelpDialog screens={screens} />
      </span>
      <UserMenu name={person.name} login={person.login} role={t(`states.role.${person.role}`)} signOut={signOut} />
    </header>
  );
}
