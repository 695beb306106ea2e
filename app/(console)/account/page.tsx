import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BusinessTime } from '@/components/figures/business-time';
import { ScreenMessages } from '@/components/shell/screen-messages';
import { Chip } from '@/components/ui/chip';
import { allows, PERMISSIONS } from '@/domain/permissions';
import { ownSessions } from '@/server/queries/session/own-sessions';
import { requireActor } from '@/server/session';
import { EndSession } from './_components/end-session';
import { agentName } from './agent-name';
import './account.css';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('title') };
}

/** Who one is here, what one may do, and where one is signed in. */
export default async function AccountPage() {
  const actor = await requireActor('console:enter');
  const [sessions, t, words] = await Promise.all([
    ownSessions(actor, { now: new Date() }),
    getTranslations('account'),
    getTranslations('states'),
  ]);
  const held = PERMISSIONS.filter((permission) => allows(actor.role, permission));
  return (
    <ScreenMessages of="account">
      <div className="head">
        <h1>{t('title')}</h1>
        <span className="t3">
          {actor.displayName} · {actor.login} · {words(`role.${actor.role}`)}
        </span>
      </div>
      <section className="account-held" aria-labelledby="held">
        <h2 id="held">{t('held')}</h2>
        <p className="row account-chips">
          {held.map((permission) => (
            <Chip key={permission}>{words(`permission.${permission.replace(':', '_')}`)}</Chip>
          ))}
        </p>
        <p className="meta">{words('forbidden.ask')}</p>
      </section>
      <section className="region" aria-labelledby="sessions">
        <div className="cap">
          <h2 id="sessions">{t('sessions')}</h2>
          <span className="meta">{t('count', { count: sessions.length })}</span>
        </div>
        <div className="account-scroll" tabIndex={0}>
          <table className="tbl">
            <thead>
              <tr>
                <th>{t('columns.agent')}</th>
                <th>{t('columns.opened')}</th>
                <th>{t('columns.seen')}</th>
                <th>{t('columns.expires')}</th>
                <th>
                  <span className="visually-hidden">{t('columns.act')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {sessions.map((session) => (
                <tr key={session.id}>
                  <td title={session.userAgent ?? undefined}>
                    {agentName(session.userAgent) ?? t('unknownAgent')} {session.present ? <Chip tone="accent">{t('present')}</Chip> : null}
                  </td>
                  <td>
                    <BusinessTime at={session.openedAt} />
                  </td>
                  <td>
                    <BusinessTime at={session.lastSeenAt} />
                  </td>
                  <td>
                    <BusinessTime at={session.expiresAt} />
                  </td>
                  <td className="num">{session.present ? null : <EndSession sessionId={session.id} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </ScreenMessages>
  );
}
