'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useRef, useState, useTransition } from 'react';
import { Icon } from '@/components/glyphs/icon';
import { useShortcut } from '@/components/shell/shortcuts';
import { SEARCH_MAX, searchText } from '@/domain/transactions/transaction-filter';
import type { Searched } from '../actions';

/** Any id, a full account number or its last digits: one exact hit leads straight to the payment. `/` comes here. */
export function SearchBox({ search }: { readonly search: (text: string) => Promise<Searched> }) {
  const t = useTranslations('transactions');
  const router = useRouter();
  const field = useRef<HTMLInputElement>(null);
  const [nothing, setNothing] = useState<string | null>(null);
  const [pending, start] = useTransition();
  useShortcut('/', () => field.current?.focus());

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = searchText(field.current?.value ?? '');
    if (text === '') return;
    start(async () => {
      const found = await search(text);
      if (found.kind === 'go') {
        setNothing(null);
        router.push(found.href);
      } else setNothing(found.wasAccount ? t('search.noAccount') : t('search.none', { text }));
    });
  };
  return (
    <search className="txs-search">
      <form onSubmit={submit} className="txs-find">
        <Icon name="search" />
        <input
          ref={field}
          type="text"
          name="q"
          maxLength={SEARCH_MAX}
          autoComplete="off"
          spellCheck={false}
          aria-label={t('search.label')}
          placeholder={t('search.hint')}
          onChange={() => setNothing(null)}
        />
        <button type="submit" className="btn" disabled={pending}>
          {pending ? t('search.busy') : t('search.go')}
          <span className="kbd only-l">/</span>
        </button>
      </form>
      <p className="txs-nothing" role="status">
        {nothing}
      </p>
    </search>
  );
}
