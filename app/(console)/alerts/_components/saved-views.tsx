'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Icon } from '@/components/glyphs/icon';
import { Popover } from '@/components/ui/popover';
import { removeView, saveView } from '../actions';

type SavedViewsProps = {
  readonly views: readonly { readonly id: string; readonly name: string; readonly search: string }[];
  /** What the present view is. */
  readonly search: string;
};

/** One's own ways of looking at the inbox: open one, keep the present one under a name, forget one. */
export function SavedViews({ views, search }: SavedViewsProps) {
  const t = useTranslations('alerts.view');
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [fault, setFault] = useState<'failed' | 'full' | null>(null);
  const present = views.find((view) => view.search === search && search !== '');
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await saveView(name, search).catch(() => 'failed' as const);
    setFault(answer === 'done' ? null : answer === 'full' ? 'full' : 'failed');
    if (answer === 'done') setName('');
  };
  return (
    <Popover
      label={t('label')}
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className="btn">
          <Icon name="pin" small />
          <span className="cut al-view">{present?.name ?? t('label')}</span>
        </button>
      }
    >
      <div className="al-views">
        {views.length === 0 ? <p className="al-none t3">{t('none')}</p> : null}
        <ul>
          {views.map((view) => (
            <li key={view.id} className="row">
              <button
                type="button"
                className="menu-item"
                aria-pressed={view === present}
                onClick={() => {
                  setOpen(false);
                  router.push(view.search === '' ? '/alerts' : `/alerts?${view.search}`);
                }}
              >
                <span className="menu-tick">{view === present ? <Icon name="check" small /> : null}</span>
                <span className="cut">{view.name}</span>
              </button>
              <button
                type="button"
                className="btn quiet icon"
                aria-label={t('remove', { name: view.name })}
                onClick={() => void removeView(view.id)}
              >
                <Icon name="close" small />
              </button>
            </li>
          ))}
        </ul>
        <form className="row" onSubmit={save}>
          <input
            className="input"
            value={name}
            maxLength={40}
            required
            aria-label={t('name')}
            placeholder={t('name')}
            onChange={(event) => setName(event.target.value)}
          />
          <button type="submit" className="btn main">
            {t('save')}
          </button>
        </form>
        {fault ? (
          <p className="al-none wrong" role="alert">
            {t(fault)}
          </p>
        ) : null}
      </div>
    </Popover>
  );
}
