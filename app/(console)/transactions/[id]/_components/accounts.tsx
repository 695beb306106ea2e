'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useState, useTransition } from 'react';
import { Icon } from '@/components/glyphs/icon';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import type { Revealed } from '../../actions';

type AccountsProps = {
  readonly transactionKey: string;
  /** As masked by the server. */
  readonly payer: string | null;
  readonly payee: string | null;
  readonly mayReveal: boolean;
  readonly reveal: (input: { transactionKey: string; reason: string }) => Promise<Revealed>;
};
type Open = { readonly payer: string | null; readonly payee: string | null; readonly untilMs: number };

const SHOWN_MS = 30_000;
const REASON_MIN = 4;

/** Masked account numbers; the full ones for thirty seconds, against a reason, on the record. */
export function Accounts({ transactionKey, payer, payee, mayReveal, reveal }: AccountsProps) {
  const t = useTranslations('transactions.detail');
  const [asking, setAsking] = useState(false);
  const [open, setOpen] = useState<Open | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const secondsLeft = useSecondsLeft(open?.untilMs ?? null, () => setOpen(null));

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get('reason') ?? '').trim();
    if ([...reason].length < REASON_MIN) {
      setWrong(t('reveal.short'));
      return;
    }
    start(async () => {
      const outcome = await reveal({ transactionKey, reason }).catch(() => ({ kind: 'failed' }) as const);
      if (outcome.kind === 'revealed') {
        setOpen({ payer: outcome.payer, payee: outcome.payee, untilMs: Date.now() + SHOWN_MS });
        setAsking(false);
        setWrong(null);
      } else setWrong(t(outcome.kind === 'invalid' ? 'reveal.short' : 'reveal.failed'));
    });
  };
  const sides = [
    ['payer', payer, open?.payer],
    ['payee', payee, open?.payee],
  ] as const;

  return (
    <>
      <dl>
        {sides.map(([side, masked, full]) => (
          <AccountLine key={side} label={t(side === 'payer' ? 'payer' : 'payee')} masked={masked} full={full ?? null} />
        ))}
      </dl>
      <div className="pad row">
        {open ? (
          <>
            <button type="button" className="btn" onClick={() => setOpen(null)}>
              {t('reveal.hide')}
            </button>
            <span className="meta">{t('reveal.left', { seconds: secondsLeft })}</span>
          </>
        ) : mayReveal ? (
          <>
            <button type="button" className="btn" onClick={() => setAsking(true)}>
              <Icon name="eye" small />
              {t('reveal.open')}
            </button>
            <span className="meta cut">{t('reveal.terms')}</span>
          </>
        ) : (
          <span className="meta">{t('reveal.who')}</span>
        )}
      </div>
      <Dialog open={asking} onOpenChange={setAsking} title={t('reveal.title')} closeLabel={t('close')}>
        <form className="reveal" onSubmit={submit}>
          <p className="t2">{t('reveal.body')}</p>
          <label>
            <span>{t('reveal.reason')}</span>
            <input
              className="input"
              name="reason"
              maxLength={200}
              autoComplete="off"
              placeholder={t('reveal.reasonHint')}
              aria-invalid={wrong !== null}
              aria-describedby="reveal-wrong"
            />
          </label>
          <p id="reveal-wrong" className="wrong" role="alert">
            {wrong}
          </p>
          <div className="row">
            <span className="sp" />
            <button type="button" className="btn" onClick={() => setAsking(false)}>
              {t('reveal.cancel')}
            </button>
            <button type="submit" className="btn main" disabled={pending}>
              {t('reveal.confirm')}
            </button>
          </div>
        </form>
      </Dialog>
    </>
  );
}

function AccountLine({ label, masked, full }: { readonly label: string; readonly masked: string | null; readonly full: string | null }) {
  const t = useTranslations('transactions.detail');
  return (
    <>
      <dt>{label}</dt>
      <dd data-revealed={full !== null}>{full ?? masked ?? <span className="t3">{t('noAccount')}</span>}</dd>
      <dd>{masked === null ? null : <CopyButton value={full ?? masked} what={full === null ? t('copy.account') : label} />}</dd>
    </>
  );
}

// Counts down to `untilMs` and calls `gone` there, also in a tab that slept through it.
function useSecondsLeft(untilMs: number | null, gone: () => void): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (untilMs === null) return;
    const tick = () => {
      const ms = untilMs - Date.now();
      if (ms <= 0) gone();
      else setLeft(Math.ceil(ms / 1000));
    };
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  });
  return left;
}
