'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Icon } from '../glyphs/icon';
import { Menu, MenuChoices } from '../ui/menu';
import { chooseTheme, type Theme } from './preferences';

const ICON = { light: 'sun', dark: 'moon', system: 'monitor' } as const;

/** Light, dark, or whatever the system says. */
export function ThemeMenu({ theme: first }: { readonly theme: Theme }) {
  const t = useTranslations('shell.theme');
  const [theme, setTheme] = useState(first);
  useEffect(() => {
    if (theme !== 'system') return;
    const wish = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => chooseTheme('system');
    wish.addEventListener('change', follow);
    return () => wish.removeEventListener('change', follow);
  }, [theme]);
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className="btn quiet icon" aria-label={`${t('label')}: ${t(theme)}`}>
          <Icon name={ICON[theme]} />
        </button>
      }
    >
      <MenuChoices
        label={t('label')}
        value={theme}
        choices={(['light', 'dark', 'system'] as const).map((value) => ({ value, label: t(value) }))}
        onChange={(value) => {
          setTheme(value);
          chooseTheme(value);
        }}
      />
    </Menu>
  );
}
