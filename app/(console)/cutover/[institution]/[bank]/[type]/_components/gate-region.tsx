'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useActionState, useEffect } from 'react';
import { BusinessTime } from '@/components/figures/business-time';
import { Icon } from '@/components/glyphs/icon';
import { GATES, type GateCondition, type GateState, nextGate } from '@/domain/cut-over/gates';
import { formatPercent } from '@/domain/format/percent';
import type { FormOutcome } from '../../../../actions';

const SHOWN = 2;

type GateRegionProps = {
  readonly state: GateState;
  readonly history: readonly {
    readonly id: string;
    readonly at: Date;
    readonly kind: string;
    readonly gate: number | null;
    readonly actorId: string;
    readonly note: string;
  }[];
  readonly requestDigest: string | null;
  readonly unmet: readonly GateCondition[];
  readonly seen: { readonly share: number | null; readonly coverage: number | null; readonly until: string };
  readonly people: Readonly<Record<string, string>>;
  readonly actorId: string;
  readonly mayGovern: boolean;
  readonly cell: { readonly institution: string; readonly bank: string; readonly businessType: string };
  readonly currency: string;
  readonly change: (before: FormOutcome, form: FormData) => Promise<FormOutcome>;
};

/** Where the cell stands on its way from 1 to 100 %, what keeps it there, and what a person may do about it. */
export function GateRegion({
  state,
  history,
  requestDigest,
  unmet,
  seen,
  people,
  actorId,
  mayGovern,
  cell,
  currency,
  change,
}: GateRegionProps) {
  const t = useTranslations('cutover');
  const router = useRouter();
  const [outcome, act, waiting] = useActionState(change, { kind: 'idle' });
  useEffect(() => {
    if (outcome.kind === 'done') router.refresh();
  }, [outcome, router]);
  const next = nextGate(state.gate);
  const mine = state.pending?.requestedBy === actorId;
  const actions: { readonly action: string; readonly main?: boolean }[] = state.pending
    ? mine
      ? [{ action: 'withdraw' }]
      : [{ action: 'approve', main: true }, { action: 'refuse' }]
    : state.frozen
      ? [{ action: 'request-thaw', main: true }]
      : next === undefined
        ? []
        : [{ action: 'request-advance', main: true }];
  return (
    <section className="co-gates">
      <div className="cap">
        <h2>{t('gate.title')}</h2>
        <span className="meta">{t('gate.unit')}</span>
      </div>
      <ol className="co-steps" aria-label={t('gate.title')}>
        {GATES.filter((gate) => gate > 0).map((gate) => (
          <li key={gate} aria-current={gate === state.gate ? 'step' : undefined} data-done={gate <= state.gate}>
            {gate <= state.gate ? <Icon name="check" small /> : null}
            {gate}%
          </li>
        ))}
      </ol>
      <p className="co-line">
        {state.frozen ? <span className="chip major">{t('gate.frozen')}</span> : null}
        {state.pending
          ? t(`gate.pending.${state.pending.kind}`, { gate: state.pending.gate ?? 0, who: people[state.pending.requestedBy] ?? '' })
          : next === undefined
            ? t('gate.last')
            : t('gate.stands', { gate: state.gate, next })}
      </p>
      {unmet.length > 0 && next !== undefined && !state.frozen ? (
        <ul className="co-unmet">
          {unmet.map((condition) => (
            <li key={condition}>
              {t(`condition.${condition}`, {
                share: formatPercent(seen.share),
                coverage: formatPercent(seen.coverage, 1),
                gate: state.gate,
                day: seen.until,
              })}
            </li>
          ))}
        </ul>
      ) : null}
      {mayGovern ? (
        <form className="co-form" action={act}>
          <input type="hidden" name="institution" value={cell.institution} />
          <input type="hidden" name="bank" value={cell.bank} />
          <input type="hidden" name="businessType" value={cell.businessType} />
          <input type="hidden" name="currency" value={currency} />
          {requestDigest ? <input type="hidden" name="request" value={requestDigest} /> : null}
          <label>
            {t('note')}
            <input className="input" name="note" minLength={2} maxLength={500} required autoComplete="off" />
          </label>
          <div className="co-actions">
            {actions.map(({ action, main }) => (
              <button
                key={action}
                type="submit"
                name="action"
                value={action}
                className={main ? 'btn main' : 'btn'}
                disabled={waiting || (action === 'request-advance' && unmet.length > 0)}
              >
                {t(`gate.action.${action}`, { gate: next ?? 0 })}
              </button>
            ))}
            {state.frozen ? null : (
              <button type="submit" name="action" value="freeze" className="btn" disabled={waiting}>
                {t('gate.action.freeze')}
              </button>
            )}
          </div>
          {state.gate > 0 ? (
            <div className="co-actions">
              <label className="row">
                <span className="meta">{t('gate.back')}</span>
                <select className="input" name="to" defaultValue={GATES[GATES.indexOf(state.gate) - 1]}>
                  {GATES.filter((gate) => gate < state.gate).map((gate) => (
                    <option key={gate} value={gate}>
                      {gate}%
                    </option>
                  ))}
                </select>
              </label>
              <button type="submit" name="action" value="roll-back" className="btn" disabled={waiting}>
                {t('gate.action.roll-back')}
              </button>
            </div>
          ) : null}
          {outcome.kind === 'refused' ? <p role="alert">{t(`gate.refused.${outcome.reason}`)}</p> : null}
          {outcome.kind === 'invalid' ? <p role="alert">{t('invalid')}</p> : null}
        </form>
      ) : null}
      {history.length > 0 ? <GateHistory events={history.slice(0, SHOWN)} people={people} /> : null}
      {history.length > SHOWN ? (
        <details className="co-earlier">
          <summary>{t('gate.earlier', { count: history.length - SHOWN })}</summary>
          <GateHistory events={history.slice(SHOWN)} people={people} />
        </details>
      ) : null}
    </section>
  );
}

function GateHistory({ events, people }: { readonly events: GateRegionProps['history']; readonly people: GateRegionProps['people'] }) {
  const t = useTranslations('cutover');
  return (
    <ol className="co-history">
      {events.map((event) => (
        <li key={event.id}>
          <span className="meta">
            <BusinessTime at={event.at} form="short" /> · {people[event.actorId]}
          </span>
          <span>{t(`gate.event.${event.kind}`, { gate: event.gate ?? 0 })}</span>
          <span className="t2">{event.note}</span>
        </li>
      ))}
    </ol>
  );
}
