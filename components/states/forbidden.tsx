import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type Permission, type Role, rolesWith } from '@/domain/permissions';
import { Icon } from '../glyphs/icon';

/** What may not be seen, which roles may, and who can grant it. */
export function Forbidden({
  permission,
  role,
  action,
}: {
  readonly permission?: Permission;
  readonly role?: Role;
  /** One button: the way out. */
  readonly action?: ReactNode;
}) {
  const t = useTranslations('states');
  const key = permission?.replace(':', '_');
  return (
    <div className="state-note">
      <p className="row">
        <Icon name="lock" />
        {key ? t('forbidden.what', { what: t(`permission.${key}`) }) : t('forbidden.general')}
      </p>
      {role ? <p className="t2">{t('forbidden.you', { role: t(`role.${role}`) })}</p> : null}
      {permission ? (
        <p className="t2">
          {t('forbidden.held', {
            roles: rolesWith(permission)
              .map((holder) => t(`role.${holder}`))
              .join(t('join')),
          })}
        </p>
      ) : null}
      <p className="t2">{t('forbidden.ask')}</p>
      {action ? <div className="state-act">{action}</div> : null}
    </div>
  );
}
