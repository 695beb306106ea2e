'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useState, useTransition } from 'react';
import type { CaseAdded, CaseChoices, CaseItem, CaseTarget } from '@/domain/cases/case-item';
import { Icon } from '../glyphs/icon';
import { Dialog } from '../ui/dialog';
import './add-to-case.css';

export type AddToCaseProps = {
  /** What is put into a case: alerts, payments by key, or a trace by its page's address. Read at the press, so that an address is today's. */
  readonly item: CaseItem | (() => CaseItem);
  readonly choices: (item: CaseItem) => Promise<CaseChoices | null>;
  readonly add: (item: CaseItem, target: CaseTarget) => Promise<CaseAdded>;
};

/** A button that puts what one looks at into a case that one is on, or into a new one. */
export function AddToCase({ item, choices, add }: AddToCaseProps) {
  const t = useTranslations('cases');
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="btn" onClick={() => setOpen(true)} data-testid="add-to-case">
        <Icon name="cases" small />
        {t('add.button')}
      </button>
      <Dialog open={open} onOpenChange={setOpen} title={t('add.title')} closeLabel={t('add.cancel')}>
        {open ? <Asking item={item} choices={choices} add={add} /> : null}
      </Dialog>
    </>
  );
}

const NEW = 'new';

function Asking({ item, choices, add }: AddToCaseProps) {
  const t = useTranslations('cases');
  const [wanted] = useState(() => (typeof item === 'function' ? item() : item));
  const [found, setFound] = useState<CaseChoices | 'failed' | null>(null);
  const [into, setInto] = useState(NEW);
  const [answer, setAnswer] = useState<CaseAdded | 'failed' | null>(null);
  const [pending, start] = useTransition();
  useEffect(() => {
    let asked = true;
    choices(wanted).then(
      (listed) => {
        if (!asked) return;
        setFound(listed ?? 'failed');
        setInto(listed?.cases.find(({ holds }) => !holds)?.no ?? NEW);
      },
      () => asked && setFound('failed'),
    );
    return () => {
      asked = false;
    };
  }, [choices, wanted]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const target: CaseTarget =
      into === NEW
        ? { kind: 'new', title: String(form.get('title') ?? ''), supervisorId: String(form.get('supervisor') ?? '') || null }
        : { kind: 'case', no: into };
    start(async () => setAnswer(await add(wanted, target).catch(() => 'failed' as const)));
  };
  if (found === null) return <p className="case-add t3">{t('add.loading')}</p>;
  if (found === 'failed')
    return (
      <p className="case-add" role="alert">
        {t('add.failed')}
      </p>
    );
  if (answer !== null && answer !== 'failed' && answer.kind === 'added')
    return (
      <div className="case-add" role="status" data-testid="added">
        <p>{answer.added > 0 ? t('add.added', { no: answer.no }) : t('add.already', { no: answer.no })}</p>
        <Link className="btn main" href={`/cases/${answer.no}`} prefetch={false}>
          {t('add.go')}
        </Link>
      </div>
    );
  return (
    <form className="case-add" onSubmit={submit}>
      <label>
        <span>{t('add.into')}</span>
        <select className="input" value={into} onChange={(event) => setInto(event.target.value)} data-testid="into">
          <option value={NEW}>{t('add.new')}</option>
          {found.cases.map(({ no, title, holds }) => (
            <option key={no} value={no}>
              {no} · {title}
              {holds ? ` (${t('add.holds')})` : ''}
            </option>
          ))}
        </select>
      </label>
      {into === NEW ? (
        <>
          <label>
            <span>{t('add.newTitle')}</span>
            <input className="input" name="title" minLength={2} maxLength={200} required autoComplete="off" />
          </label>
          <label>
            <span>{t('add.supervisor')}</span>
            <select className="input" name="supervisor" defaultValue="">
              <option value="">{t('add.nobody')}</option>
              {found.people.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        </>
      ) : null}
      {answer === 'failed' ? (
        <p className="wrong" role="alert">
          {t('add.failed')}
        </p>
      ) : answer?.kind === 'refused' ? (
        <p className="wrong" role="alert">
          {t(`refused.${answer.reason}`)}
        </p>
      ) : null}
      <button type="submit" className="btn main" disabled={pending}>
        {into === NEW ? t('add.submitNew') : t('add.submit')}
      </button>
    </form>
  );
}
