'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect, useState, useTransition } from 'react';
import { BusinessTime } from '@/components/figures/business-time';
import { Dialog } from '@/components/ui/dialog';
import type { ExportKind, ExportMasking } from '@/domain/evidence/export-question';
import { formatCount } from '@/domain/format/count';
import type { ExportAsk, ExportAsked, ExportList, ExportPromise } from '../../exports/actions';
import '../../exports/exports.css';

type ExportButtonProps = {
  readonly list: Omit<ExportList, 'kind'>;
  readonly mayReveal: boolean;
  readonly promise: (list: ExportList) => Promise<ExportPromise>;
  readonly ask: (input: ExportAsk) => Promise<ExportAsked>;
};

const SHEET_ROWS = 10_000;

/** Takes the list out: how many rows it will be is said before, and why it is taken out is asked. */
export function ExportButton({ list, mayReveal, promise, ask }: ExportButtonProps) {
  const t = useTranslations('exports');
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<ExportKind>('transactions');
  const [masking, setMasking] = useState<ExportMasking>('masked');
  const [promised, setPromised] = useState<ExportPromise | null>(null);
  const [outcome, setOutcome] = useState<ExportAsked | { kind: 'failed' } | null>(null);
  const [waiting, startAsking] = useTransition();
  const { search, currency, from, to } = list;
  useEffect(() => {
    if (!open) return;
    let isStale = false;
    setPromised(null);
    setOutcome(null);
    promise({ search, currency, from, to, kind }).then(
      (counted) => isStale || setPromised(counted),
      () => isStale || setOutcome({ kind: 'failed' }),
    );
    return () => {
      isStale = true;
    };
  }, [open, kind, search, currency, from, to, promise]);
  const counted = promised?.kind === 'counted' ? promised : null;
  const done = outcome?.kind === 'asked' || outcome?.kind === 'queued' ? outcome : null;
  const submit = (form: FormData) => {
    if (!counted) return;
    const input = {
      ...list,
      kind,
      masking,
      snapshot: counted.snapshot,
      sheets: form.get('sheets') === 'on',
      purpose: String(form.get('purpose') ?? ''),
    };
    startAsking(async () => {
      setOutcome(await ask(input).catch(() => ({ kind: 'failed' }) as const));
    });
  };
  return (
    <>
      <button type="button" className="btn" onClick={() => setOpen(true)}>
        {t('button')}
      </button>
      <Dialog open={open} onOpenChange={setOpen} title={t('dialog.title')} closeLabel={t('dialog.close')}>
        {done ? (
          <div className="ex-form">
            <p role="status">{t(`dialog.${done.kind}`)}</p>
            <div className="row">
              <Link className="btn main" href={`/exports/${done.id}`}>
                {t('dialog.see')}
              </Link>
            </div>
          </div>
        ) : (
          <form
            className="ex-form"
            onSubmit={(event) => {
              event.preventDefault();
              submit(new FormData(event.currentTarget));
            }}
          >
            <p role="status" aria-live="polite">
              <Promised promised={promised} />
            </p>
            <fieldset>
              <legend>{t('dialog.what')}</legend>
              {(['transactions', 'flows'] as const).map((one) => (
                <label className="row" key={one}>
                  <input type="radio" name="kind" checked={kind === one} onChange={() => setKind(one)} />
                  {t(one === 'flows' ? 'dialog.pairs' : 'dialog.list')}
                </label>
              ))}
            </fieldset>
            <fieldset>
              <legend>{t('dialog.formats')}</legend>
              <label className="row">
                <input type="checkbox" name="sheets" />
                {t('dialog.sheets', { rows: formatCount(SHEET_ROWS) })}
              </label>
              <p className="meta">{t('dialog.always')}</p>
            </fieldset>
            {mayReveal && kind === 'transactions' ? (
              <fieldset>
                <legend>{t('dialog.masking')}</legend>
                {(['masked', 'open'] as const).map((one) => (
                  <label className="row" key={one}>
                    <input type="radio" name="masking" checked={masking === one} onChange={() => setMasking(one)} />
                    {t(`masking.${one}`)}
                  </label>
                ))}
              </fieldset>
            ) : null}
            <label>
              <span>{t('dialog.reason')}</span>
              <input
                className="input"
                name="purpose"
                placeholder={t('dialog.reasonHint')}
                minLength={4}
                maxLength={500}
                required
                autoComplete="off"
              />
            </label>
            {counted && BigInt(counted.rows) > BigInt(counted.approvalRows) ? (
              <p>{t('dialog.approvalRows', { limit: formatCount(BigInt(counted.approvalRows)) })}</p>
            ) : masking === 'open' && kind === 'transactions' ? (
              <p>{t('dialog.approvalOpen')}</p>
            ) : null}
            {outcome?.kind === 'invalid' ? <p role="alert">{t('dialog.invalid')}</p> : null}
            {outcome?.kind === 'failed' ? <p role="alert">{t('dialog.failed')}</p> : null}
            {outcome?.kind === 'refused' ? <p role="alert">{t(`dialog.${outcome.reason}`)}</p> : null}
            <div className="row">
              <button type="submit" className="btn main" disabled={waiting || !counted || counted.rows === '0'}>
                {waiting ? t('dialog.asking') : t('dialog.submit')}
              </button>
            </div>
          </form>
        )}
      </Dialog>
    </>
  );
}

function Promised({ promised }: { readonly promised: ExportPromise | null }) {
  const t = useTranslations('exports');
  if (!promised) return t('dialog.counting');
  if (promised.kind === 'refused') return t(`dialog.${promised.reason}`);
  if (promised.rows === '0') return t('dialog.none');
  const { dataAt } = promised.snapshot;
  return t.rich('dialog.promiseText', {
    rows: formatCount(BigInt(promised.rows)),
    at: () => (dataAt === null ? '—' : <BusinessTime at={new Date(dataAt)} />),
  });
}
