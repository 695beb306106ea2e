import { useTranslations } from 'next-intl';
import { BusinessTime } from '@/components/figures/business-time';
import { StateGlyph } from '@/components/glyphs/state-glyph';
import { HEARTBEAT_LAYERS } from '@/domain/clearing/transaction';
import type { Cause } from '@/domain/connectivity/institution-verdict';
import { formatCount } from '@/domain/format/count';
import type { InstitutionLine } from '@/server/queries/connectivity/institution-lines';

/** Each line in both directions, layer by layer from the wire upwards; what failed first, and what only cannot work without it. */
export function LayersRegion({ lines, cause }: { lines: readonly InstitutionLine[]; cause: Cause | null }) {
  const t = useTranslations('institutions');
  const root =
    cause === null
      ? null
      : cause.layer !== null
        ? t('lines.root', {
            layer: t(`layer.${cause.layer}`),
            direction: cause.direction ? t(`direction.${cause.direction}`) : '',
            line: cause.line ?? t('lines.every'),
            detail: cause.detail ?? t('lines.noDetail'),
          })
        : cause.expected !== undefined
          ? t('lines.quiet', { minutes: Math.round((cause.quietMs ?? 0) / 60_000), expected: Math.round(cause.expected) })
          : null;
  return (
    <section className="region r-t" id="lines">
      <div className="cap">
        <h2>{t('lines.title')}</h2>
        {root ? (
          <span className="meta ip-root" role="status">
            {root}
          </span>
        ) : null}
      </div>
      {lines.length === 0 ? (
        <p className="meta ip-note">{t('lines.none')}</p>
      ) : (
        <section className="ip-scroll" tabIndex={0} aria-label={t('lines.title')}>
          <table className="tbl ip-matrix">
            <thead>
              <tr>
                <th scope="col">{t('lines.line')}</th>
                <th scope="col">{t('lines.direction')}</th>
                {HEARTBEAT_LAYERS.map((layer) => (
                  <th key={layer} scope="col">
                    {t(`layer.${layer}`)}
                  </th>
                ))}
                <th scope="col" className="num">
                  {t('lines.heard')}
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map((one) => (
                <tr key={`${one.line} ${one.direction}`} data-line={`${one.line} ${one.direction}`}>
                  <th scope="row">
                    <span className="row">
                      <StateGlyph state={one.verdict.state} size={12} label={t(`states.${one.verdict.state}`)} />
                      <span className="mono">{one.line}</span>
                    </span>
                  </th>
                  <td className="t2 nowrap">{t(`direction.${one.direction}`)}</td>
                  {HEARTBEAT_LAYERS.map((layer) => {
                    const said = one.verdict.layers[layer];
                    const state = said?.state ?? 'unknown';
                    const latency = one.latencyMs[layer];
                    return (
                      <td key={layer} className={said?.becauseOf ? 'is-because' : undefined}>
                        <span
                          className="row"
                          title={said?.becauseOf ? t('lines.because', { layer: t(`layer.${said.becauseOf}`) }) : undefined}
                        >
                          <StateGlyph state={state} size={12} label={t(`states.${state}`)} />
                          {one.verdict.cause === layer ? (
                            <b>{t('lines.rootShort')}</b>
                          ) : said?.becauseOf ? (
                            <span className="t3">{t('lines.follows')}</span>
                          ) : latency !== undefined && state === 'up' ? (
                            <span className="t3">{t('lines.ms', { ms: formatCount(latency) })}</span>
                          ) : null}
                          {state !== 'up' && said?.sinceMs && !said.becauseOf ? (
                            <span className="t3">
                              <BusinessTime at={new Date(said.sinceMs)} form="minute" />
                            </span>
                          ) : null}
                        </span>
                      </td>
                    );
                  })}
                  <td className="num t3">
                    <BusinessTime at={one.lastBeatAt} form="time" />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}
