import { useTranslations } from 'next-intl';
import { BusinessTime } from '@/components/figures/business-time';
import { StateGlyph } from '@/components/glyphs/state-glyph';
import { HEARTBEAT_LAYERS } from '@/domain/clearing/transaction';
import type { Cause } from '@/domain/connectivity/institution-verdict';
import { stateName } from '@/domain/overview/institution-state';
import { businessDay } from '@/domain/time-range';
import type { InstitutionIdentity } from '@/server/queries/institutions/institution-identity';

/** Its lines: the last word as a whole, then layer by layer from the wire upwards; a layer that is not well says so, and the one at fault that it is. */
export function LinesBar({ identity, cause, dataAt }: { identity: InstitutionIdentity; cause: Cause | null; dataAt: Date }) {
  const t = useTranslations('institutions');
  const layers = (identity.layers ?? {}) as Record<string, unknown>;
  const of = (layer: string) => {
    const said = layers[layer];
    return stateName(typeof said === 'string' ? said : ((said as { state?: string } | undefined)?.state ?? null));
  };
  const when = (at: Date | null) =>
    at ? <BusinessTime at={at} form={businessDay(at) === businessDay(dataAt) ? 'time' : 'short'} /> : t('page.never');
  return (
    <div className="sub ip-lines">
      <span className="row strong">
        <StateGlyph state={identity.state} size={14} />
        {t(`states.${identity.state}`)}
      </span>
      {identity.since ? (
        <span className="t3 nowrap">
          {t.rich('page.since', { since: () => <BusinessTime at={identity.since as Date} form="short" /> })}
        </span>
      ) : null}
      <ul className="row ip-layers">
        {HEARTBEAT_LAYERS.map((layer) => {
          const state = of(layer);
          return (
            <li key={layer} className="row" data-layer={layer} data-state={state}>
              <StateGlyph state={state} size={11} label={state === 'up' ? t(`states.${state}`) : undefined} />
              <span className="t2">{t(`layer.${layer}`)}</span>
              {state === 'up' ? null : <span className={state === 'down' ? 'bad' : 't3'}>{t(`states.${state}`)}</span>}
              {cause?.layer === layer ? <span className="chip">{t('lines.rootShort')}</span> : null}
            </li>
          );
        })}
      </ul>
      <span className="sp" />
      <span className="meta only-l">
        {t('page.lastHeartbeat')} {when(identity.lastHeartbeatAt)}
      </span>
      <span className="meta only-l">
        {t('page.lastTransaction')} {when(identity.lastTransactionAt)}
      </span>
    </div>
  );
}
