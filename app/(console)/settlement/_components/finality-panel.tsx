import { useTranslations } from 'next-intl';
import { Amount } from '@/components/figures/amount';
import { BusinessTime } from '@/components/figures/business-time';
import { formatCount } from '@/domain/format/count';
import type { AgentComparison } from '@/domain/settlement/agent-comparison';
import type { SessionRow } from '@/server/queries/settlement/sessions';

/** Finality is a time of its own: when the payments became irrevocable, and when the agent settled the net positions. */
export function FinalityPanel({
  session,
  agent,
  required,
  currency,
}: {
  readonly session: SessionRow;
  readonly agent: AgentComparison;
  readonly required: boolean;
  readonly currency: string;
}) {
  const t = useTranslations('settlement');
  return (
    <section className="st-part" aria-label={t('finality.title')}>
      <div className="cap">
        <h2>{t('finality.title')}</h2>
      </div>
      <table className="st-steps">
        <tbody>
          <tr>
            <th scope="row">{t('finality.platform')}</th>
            <td>
              {session.finalPayments === null
                ? '—'
                : t('finality.platformOf', { final: formatCount(session.finalPayments), all: formatCount(session.rowPayments ?? 0n) })}
            </td>
          </tr>
          {session.lastFinalAt ? (
            <tr>
              <th scope="row">{t('finality.lastAt')}</th>
              <td>
                <BusinessTime at={session.lastFinalAt} />
              </td>
            </tr>
          ) : null}
          {session.agentEntries > 0 ? (
            <>
              <tr>
                <th scope="row">{t('finality.agent')}</th>
                <td data-testid="agent-confirmed">
                  {t('finality.agentOf', { confirmed: formatCount(agent.confirmed), all: formatCount(agent.toConfirm) })}
                </td>
              </tr>
              <tr>
                <th scope="row">{t('finality.agentSum')}</th>
                <td className={(agent.sums.get(currency) ?? 0n) === 0n ? undefined : 'st-wrong'}>
                  <Amount minor={agent.sums.get(currency) ?? 0n} currency={currency} withUnit />
                </td>
              </tr>
              {agent.finalAtMs === null ? null : (
                <tr>
                  <th scope="row">{t('finality.agentAt')}</th>
                  <td>
                    <BusinessTime at={new Date(agent.finalAtMs)} />
                  </td>
                </tr>
              )}
            </>
          ) : null}
        </tbody>
      </table>
      {session.agentEntries === 0 ? (
        <p className="st-note t2">
          {t('finality.agentNone')} <span className="t3">{required ? t('finality.required') : t('finality.notRequired')}</span>
          <br />
          <span className="meta">{t('finality.how')}</span>
        </p>
      ) : null}
    </section>
  );
}
