'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { BusinessTime } from '@/components/figures/business-time';
import { Chip } from '@/components/ui/chip';
import type { VersionAct, VersionState } from '@/domain/rules/version-step';
import { moveVersion } from '../../actions';

type Version = {
  readonly version: number;
  readonly state: VersionState;
  readonly payloadHash: string;
  readonly shipped: boolean;
  readonly createdAt: string;
  readonly createdBy: string | null;
  readonly requestedBy: { readonly id: string; readonly name: string } | null;
  readonly approvedBy: string | null;
  readonly switchedOff: string | null;
};
type Shadow = {
  readonly version: number;
  readonly since: string | null;
  readonly both: number;
  readonly onlyShadow: number;
  readonly onlyLive: number;
};
type VersionListProps = {
  readonly ruleId: string;
  readonly versions: readonly Version[];
  readonly shadows: readonly Shadow[];
  readonly me: string;
  readonly mayGovern: boolean;
};

/** A rule's versions, what each may become, and what a shadow says beside the live one. */
export function VersionList({ ruleId, versions, shadows, me, mayGovern }: VersionListProps) {
  const t = useTranslations('rules');
  const [said, setSaid] = useState<string | null>(null);
  const move = async ({ version, payloadHash }: Version, act: VersionAct) => {
    const answer = await moveVersion({ ruleId, version, act, seenHash: payloadHash }).catch(() => ({ kind: 'failed' as const }));
    setSaid(answer.kind === 'done' ? t('said.done') : answer.kind === 'refused' ? t(`said.${answer.reason}`) : t('said.failed'));
  };
  return (
    <section className="region">
      <div className="cap">
        <h2>{t('page.versions')}</h2>
        <span className="meta" role="status" data-testid="said">
          {said}
        </span>
      </div>
      {versions.length === 0 ? <p className="ru-none t3">{t('page.noVersions')}</p> : null}
      <ul className="ru-versions">
        {versions.map((one) => {
          const shadow = shadows.find(({ version }) => version === one.version);
          return (
            <li key={one.version} data-version={one.version} data-state={one.state}>
              <div className="row">
                <span className="strong">v{one.version}</span>
                <Chip tone={one.state === 'active' ? 'accent' : one.state === 'requested' ? 'major' : 'plain'}>
                  {t(`versionState.${one.state}`)}
                </Chip>
                {one.switchedOff === null ? null : (
                  <Chip tone="critical" title={one.switchedOff}>
                    {t('state.off')}
                  </Chip>
                )}
                <span className="meta">
                  <BusinessTime at={one.createdAt} form="short" />
                </span>
                <span className="meta mono" title={one.payloadHash}>
                  {one.payloadHash.slice(0, 12)}
                </span>
              </div>
              <p className="meta">
                {[
                  one.shipped ? t('page.shipped') : one.createdBy === null ? null : t('page.madeBy', { name: one.createdBy }),
                  one.requestedBy === null ? null : t('page.askedBy', { name: one.requestedBy.name }),
                  one.approvedBy === null ? null : t('page.approvedBy', { name: one.approvedBy }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              {shadow ? (
                <p className="meta ru-shadow">
                  {t('shadow.title')}
                  {shadow.since === null
                    ? ` · ${t('shadow.none')}`
                    : ` · ${t('shadow.both')} ${shadow.both} · ${t('shadow.onlyShadow')} ${shadow.onlyShadow} · ${t('shadow.onlyLive')} ${shadow.onlyLive}`}
                </p>
              ) : null}
              {mayGovern ? (
                <div className="row ru-acts">
                  {actsOf(one, me).map((act) => (
                    <button key={act} type="button" className={act === 'approve' ? 'btn main' : 'btn'} onClick={() => void move(one, act)}>
                      {t(`act.${act}`)}
                    </button>
                  ))}
                  {one.state === 'requested' && one.requestedBy?.id === me ? <span className="meta">{t('act.own')}</span> : null}
                </div>
              ) : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function actsOf({ state, requestedBy }: Version, me: string): readonly VersionAct[] {
  if (state === 'draft') return ['shadow', 'request'];
  if (state === 'shadow') return ['request', 'withdraw'];
  if (state === 'requested') return requestedBy?.id === me ? ['withdraw'] : ['approve', 'reject'];
  return [];
}
