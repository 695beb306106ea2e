'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Icon } from '../glyphs/icon';
import { Popover } from '../ui/popover';

type UserMenuProps = { readonly name: string; readonly login: string; readonly role: string; readonly signOut: () => Promise<void> };

/** Who is signed in, their sessions, and the way out. */
export function UserMenu({ name, login, role, signOut }: UserMenuProps) {
  const t = useTranslations('shell.user');
  return (
    <Popover
      align="end"
      label={t('label')}
      trigger={
        <button type="button" className="who" aria-label={`${t('label')}: ${name}`} title={name}>
          {initials(name)}
        </button>
      }
    >
      <div className="user-float">
        <p className="strong">{name}</p>
        <p className="t3">
          {login} · {role}
        </p>
        <div className="menu-rule" />
        <Link className="menu-item" href="/account" prefetch={false}>
          <Icon name="user" small />
          {t('account')}
        </Link>
        <form action={signOut}>
          <button type="submit" className="menu-item">
            <Icon name="signout" small />
            {t('signOut')}
          </button>
        </form>
      </div>
    </Popover>
  );
}

// A family name for Chinese, two initials for Latin.
function initials(name: string): string {
  if (/^\p{Script=Han}/u.test(name)) return name.slice(0, 1);
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.slice(0, 1).toUpperCase())
    .join('');
}
