'use client';

import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { carryShared, institutionLink, transactionLink, transactionsLink } from '@/domain/links';
import { Amount } from '../figures/amount';
import { BusinessTime } from '../figures/business-time';
import { MiddleCut } from '../figures/middle-cut';
import { Icon } from '../glyphs/icon';
import { Dialog } from '../ui/dialog';
import type { FindAnything, Found } from './palette-results';
import { chooseTheme, useChooseLocale } from './preferences';
import type { Screen } from './screens';

type PaletteProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly screens: readonly Screen[];
  readonly find: FindAnything;
};

// The server lists this many at most: a full list may have been cut, and says so.
const INSTITUTIONS_SHOWN = 8;
const NOTHING: Found = { institutions: [], transactions: [] };

/** Ctrl K or ⌘K: pages and actions at once, institutions and payments as the server finds them. */
export function Palette({ open, onOpenChange, screens, find }: PaletteProps) {
  const t = useTranslations('shell');
  const zh = useLocale() !== 'en';
  const router = useRouter();
  const chooseLocale = useChooseLocale();
  const [text, setText] = useState('');
  const wish = text.trim();
  const { found, asking, failed } = useFound(find, wish);
  // Whatever closes it: the next search begins with an empty field.
  const [wasOpen, setWasOpen] = useState(open);
  if (wasOpen !== open) {
    setWasOpen(open);
    if (!open) setText('');
  }
  const act = (work: () => void) => () => {
    onOpenChange(false);
    work();
  };
  const go = (path: string) => act(() => router.push(path));
  const matches = (words: string) => wish === '' || words.toLowerCase().includes(wish.toLowerCase());
  const shared = () => new URLSearchParams(location.search);
  const pages = screens.filter((screen) => matches(`${t(`screens.${screen.id}`)} ${screen.path}`));
  const actions = [
    { id: 'locale', icon: 'language' as const, label: t('language.switch'), act: () => chooseLocale(zh ? 'en' : 'zh-CN') },
    { id: 'light', icon: 'sun' as const, label: `${t('theme.label')} · ${t('theme.light')}`, act: () => chooseTheme('light') },
    { id: 'dark', icon: 'moon' as const, label: `${t('theme.label')} · ${t('theme.dark')}`, act: () => chooseTheme('dark') },
    { id: 'system', icon: 'monitor' as const, label: `${t('theme.label')} · ${t('theme.system')}`, act: () => chooseTheme('system') },
  ].filter((action) => matches(action.label));
  // One payment by its own name: its money can be followed from here.
  const named = found.transactions.length === 1 && found.transactions[0]?.by !== 'account' ? found.transactions[0] : undefined;
  const canSearch = screens.some((screen) => screen.id === 'transactions') && wish.length >= 3 && /\d/.test(wish);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('palette.open')} closeLabel={t('close')} bare wide>
      <Command className="palette" shouldFilter={false} loop label={t('palette.open')}>
        <div className="palette-ask">
          <Icon name="search" />
          <Command.Input value={text} onValueChange={setText} placeholder={t('palette.hint')} maxLength={120} />
          <kbd className="kbd">Esc</kbd>
        </div>
        <Command.List>
          <Command.Empty className="palette-none">{asking ? t('palette.asking') : t('palette.none', { text: wish })}</Command.Empty>
          {failed ? <p className="palette-none">{t('palette.failed')}</p> : null}
          {found.transactions.length > 0 ? (
            <Command.Group heading={t('screens.transactions')}>
              {found.transactions.map((payment) => (
                <Command.Item
                  key={payment.transactionId}
                  value={`tx ${payment.transactionId}`}
                  onSelect={go(transactionLink(payment.transactionId))}
                >
                  <Icon name="transactions" small />
                  <span className="mono cut">
                    <MiddleCut text={payment.transactionId} />
                  </span>
                  <span className="t3 cut">
                    {zh ? payment.payer.nameZh : payment.payer.nameEn} → {zh ? payment.payee.nameZh : payment.payee.nameEn}
                  </span>
                  <span className="sp" />
                  <Amount minor={payment.amountMinor} currency={payment.currency} withUnit />
                  <span className="t3">
                    <BusinessTime at={payment.acceptedAt} form="short" />
                  </span>
                </Command.Item>
              ))}
              {named ? (
                <Command.Item value={`trace ${named.transactionId}`} onSelect={go(`${transactionLink(named.transactionId)}/trace`)}>
                  <Icon name="branch" small />
                  <span className="cut">{t('palette.trace', { id: named.transactionId })}</span>
                </Command.Item>
              ) : null}
            </Command.Group>
          ) : null}
          {found.institutions.length > 0 ? (
            <Command.Group
              heading={
                found.institutions.length < INSTITUTIONS_SHOWN
                  ? t('screens.institutions')
                  : `${t('screens.institutions')} · ${t('palette.first', { count: INSTITUTIONS_SHOWN })}`
              }
            >
              {found.institutions.map((institution) => (
                <Command.Item
                  key={institution.code}
                  value={`in ${institution.code}`}
                  onSelect={go(carryShared(institutionLink(institution.code), shared()))}
                >
                  <Icon name="institutions" small />
                  <span className="cut">{zh ? institution.nameZh : institution.nameEn}</span>
                  <span className="t3 cut">{zh ? institution.nameEn : institution.nameZh}</span>
                  <span className="sp" />
                  <span className="mono t3">{institution.code}</span>
                </Command.Item>
              ))}
            </Command.Group>
          ) : null}
          {canSearch ? (
            <Command.Group>
              <Command.Item value="tx-search" onSelect={go(transactionsLink({ q: wish, range: '90d' }))}>
                <Icon name="search" small />
                {t('palette.search', { text: wish })}
              </Command.Item>
            </Command.Group>
          ) : null}
          {pages.length > 0 ? (
            <Command.Group heading={t('palette.pages')}>
              {pages.map((screen) => (
                <Command.Item key={screen.id} value={`go ${screen.id}`} onSelect={go(carryShared(screen.path, shared()))}>
                  <Icon name={screen.icon} small />
                  {t(`screens.${screen.id}`)}
                  <span className="sp" />
                  <kbd className="kbd">G</kbd>
                  <kbd className="kbd">{screen.key.toUpperCase()}</kbd>
                </Command.Item>
              ))}
            </Command.Group>
          ) : null}
          {actions.length > 0 ? (
            <Command.Group heading={t('palette.actions')}>
              {actions.map((action) => (
                <Command.Item key={action.id} value={`do ${action.id}`} onSelect={act(action.act)}>
                  <Icon name={action.icon} small />
                  {action.label}
                </Command.Item>
              ))}
            </Command.Group>
          ) : null}
        </Command.List>
      </Command>
    </Dialog>
  );
}

const WAIT_MS = 120;

// Asks once the typing rests; an answer to an older question is dropped.
function useFound(find: FindAnything, wish: string): { found: Found; asking: boolean; failed: boolean } {
  const [state, setState] = useState({ found: NOTHING, asking: false, failed: false });
  useEffect(() => {
    if (wish === '') return setState({ found: NOTHING, asking: false, failed: false });
    let current = true;
    setState((was) => ({ ...was, asking: true, failed: false }));
    const wait = setTimeout(() => {
      find(wish).then(
        (found) => current && setState({ found, asking: false, failed: false }),
        () => current && setState({ found: NOTHING, asking: false, failed: true }),
      );
    }, WAIT_MS);
    return () => {
      current = false;
      clearTimeout(wait);
    };
  }, [find, wish]);
  return state;
}
