'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { toast } from 'sonner';
import { useAlertWords } from '@/components/alerts/use-alert-words';
import { Icon } from '@/components/glyphs/icon';
import { useKeyHints } from '@/components/shell/key-hints';
import { Toasts } from '@/components/ui/toasts';
import type { AlertFilter } from '@/domain/alerts/alert-filter';
import type { AlertPage, AlertRow, QueueCounts } from '@/domain/alerts/alert-row';
import { isAnswered } from '@/domain/alerts/alert-states';
import type { AlertView } from '@/domain/alerts/alert-view';
import type { TriageAction } from '@/domain/alerts/triage-action';
import { formatCount } from '@/domain/format/count';
import { originalsOf } from '../actions';
import { AlertDetail, type DetailAct } from './alert-detail';
import { AlertList } from './alert-list';
import { AskDialog, type Asked } from './ask-dialogs';
import { useHeldRows } from './held-rows';
import { type InboxAct, useInboxKeys } from './inbox-keys';
import { useInboxHints } from './key-hint-list';
import { SortMenu } from './sort-menu';
import { useSelection } from './use-selection';
import { type Said, useTriage } from './use-triage';

type InboxProps = {
  readonly filter: AlertFilter;
  /** The filter as a query, without what is open beside the list. */
  readonly search: string;
  readonly first: AlertPage;
  readonly counts: QueueCounts;
  readonly total: number;
  readonly at: string;
  readonly currency: string;
  readonly me: { readonly id: string; readonly name: string };
  readonly mayTriage: boolean;
  readonly people: readonly { readonly id: string; readonly name: string; readonly login: string }[];
  /** The alert that the address names. */
  readonly chosen: string | null;
  /** The alert that is open at first. */
  readonly view: AlertView | null;
  readonly empty: ReactNode;
};
const UNDO_MS = 8_000;

/** The list and the alert that is read beside it. */
export function Inbox(props: InboxProps) {
  const { filter, search, first, counts, total, at, currency, me, mayTriage, people, chosen, view, empty } = props;
  const t = useTranslations('alerts');
  const words = useAlertWords();
  const router = useRouter();
  const queries = useQueryClient();
  const [current, setCurrent] = useState<string | null>(chosen ?? first.rows[0]?.id ?? null);
  const [isReading, setReading] = useState(chosen !== null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [originals, setOriginals] = useState<readonly AlertRow[] | null>(null);
  const held = useHeldRows({
    first,
    at,
    newestId: counts.newestId,
    filter,
    me: me.id,
    reading: null,
    fetchMore: (after, asOf) =>
      fetched<AlertPage>(`/alerts/rows?${search}&${new URLSearchParams({ currency, at: asOf, value: after.value, id: after.id })}`),
  });
  const { rows } = held;
  const selection = useSelection(rows, current);
  useKeyHints(useInboxHints());

  const detail = useQuery({
    queryKey: ['alert', current, words.locale],
    queryFn: () => fetched<AlertView>(`/alerts/detail?id=${current}`),
    enabled: current !== null,
    initialData: view && view.row.id === current ? view : undefined,
    staleTime: 60_000,
    retry: false,
  });
  // The server renders the open alert anew with the page: what grew shows at once.
  useEffect(() => {
    if (view) queries.setQueryData(['alert', view.row.id, words.locale], view);
  }, [view, queries, words.locale]);
  const seen = detail.data?.row;
  const { know } = held;
  useEffect(() => {
    if (seen) know([seen]);
  }, [seen, know]);
  const place = rows.findIndex(({ id }) => id === current);
  const row = rows[place] ?? (seen?.id === current ? seen : undefined);
  // What the list knows newer than the detail does: it grew, or somebody changed it.
  const { refetch } = detail;
  const isOutdated = seen !== undefined && row !== undefined && seen.id === row.id && row.updatedAt > seen.updatedAt;
  useEffect(() => {
    if (isOutdated) void refetch();
  }, [isOutdated, refetch]);
  useEffect(() => {
    const named = READ.exec(location.hash)?.[1];
    if (named === undefined) return;
    setCurrent(named);
    setReading(true);
  }, []);
  usePrefetched(rows[place + 1]?.id, words.locale);

  const read = useCallback((id: string, open = true) => {
    setCurrent(id);
    if (open) setReading(true);
    nameRead(id);
  }, []);
  const say = (said: Said) => tell(said, t, () => void decisions.undo());
  const decisions = useTriage({
    me,
    nameOf: (id) => people.find((person) => person.id === id)?.name ?? me.name,
    shown: held,
    say,
    settled: (ids) => {
      for (const id of ids) void queries.invalidateQueries({ queryKey: ['alert', id] });
      router.refresh();
    },
  });
  const targets = selection.rows.length > 0 ? selection.rows : row ? [row] : [];
  const decide = (action: TriageAction) => {
    if (targets.length === 0) return;
    const gone = new Set(targets.map(({ id }) => id));
    const next = action.kind === 'assign' || !(current && gone.has(current)) ? undefined : nextAfter(rows, place, gone);
    const subject = action.kind === 'duplicate' ? targets.filter(({ id }) => id !== action.of) : targets;
    void decisions.decide(subject, action);
    selection.clear();
    if (next) read(next.id, false);
  };
  const ask = (what: Asked) => {
    if (targets.length === 0) return;
    if (what === 'duplicate') {
      setOriginals(null);
      originalsOf(targets[0]?.id ?? '').then(
        (found) => setOriginals(found),
        () => setOriginals([]),
      );
    }
    setAsked(what);
  };
  const act = (wanted: InboxAct | DetailAct) => {
    const to = (index: number) => {
      const next = rows[Math.max(0, Math.min(rows.length - 1, index))];
      if (next) read(next.id, false);
      return next;
    };
    switch (wanted) {
      case 'next':
        return void to(place + 1);
      case 'previous':
        return void to(place - 1);
      case 'extend-next':
      case 'extend-previous': {
        const next = to(place + (wanted === 'extend-next' ? 1 : -1));
        return next ? selection.range(next.id) : undefined;
      }
      case 'next-open': {
        const next = rows.slice(place + 1).find(({ state }) => state === 'open') ?? rows.find(({ state }) => state === 'open');
        return next ? read(next.id, false) : undefined;
      }
      case 'select':
        return current ? selection.toggle(current) : undefined;
      case 'select-range':
        return current ? selection.range(current) : undefined;
      case 'clear':
        return selection.rows.length > 0 ? selection.clear() : undefined;
    }
    if (!mayTriage) return say({ kind: 'may-not' });
    if (wanted === 'undo') return void decisions.undo();
    if (wanted === 'redo') return void decisions.redo();
    if (wanted === 'accept' || wanted === 'reopen') return decide({ kind: wanted });
    const waiting = targets.filter(
      ({ state }) => !isAnswered(state) || (wanted === 'escalate' && state === 'accepted') || wanted === 'assign',
    );
    if (targets.length > 0 && waiting.length === 0) return say({ kind: 'refused', reason: 'already-answered', count: targets.length });
    ask(wanted);
  };
  useInboxKeys(act);
  // Said once keys are listened to: before that a press would be lost.
  const [isAlive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);

  return (
    <div className="al-box2" data-reading={isReading || undefined} data-alive={isAlive || undefined}>
      <section className="region al-list">
        <div className="al-band">
          <button
            type="button"
            className={selection.rows.length > 0 ? 'al-box on' : 'al-box'}
            aria-label={selection.rows.length > 0 ? t('list.clear') : t('list.selectAll')}
            onClick={() => (selection.rows.length > 0 ? selection.clear() : selection.all())}
          >
            {selection.rows.length > 0 ? <Icon name="minus" small /> : null}
          </button>
          <span role="status" data-testid="selected">
            {selection.rows.length > 0 ? t('list.selected', { count: formatCount(selection.rows.length) }) : null}
          </span>
          <span className="push keys">
            {(selection.rows.length > 0 ? BAND_CHOSEN : BAND_PLAIN).map(([key, label]) => (
              <span key={key}>
                <kbd className="kbd">{key}</kbd>
                {t(label)}
              </span>
            ))}
          </span>
        </div>
        <AlertList
          held={held}
          current={current}
          selected={selection.ids}
          me={me.id}
          at={at}
          onRead={read}
          onSelect={(id, range) => (range ? selection.range(id) : selection.toggle(id))}
          empty={empty}
        />
        <div className="foot">
          <span data-testid="shown">
            {t('list.shown', { shown: formatCount(rows.length), total: formatCount(Math.max(total, held.hasMore ? total : rows.length)) })}
          </span>
          {held.loading === 'loading' ? <span>{t('list.loading')}</span> : null}
          <span className="sp" />
          <SortMenu sort={filter.sort} />
        </div>
      </section>
      {row ? (
        <AlertDetail
          row={row}
          view={detail.data && detail.data.row.id === row.id ? detail.data : null}
          words={words}
          me={me.id}
          at={at}
          mayTriage={mayTriage}
          onAct={act}
          onRead={read}
          onBack={() => setReading(false)}
        />
      ) : (
        <div className="al-detail al-nothing">
          <p className="al-none t3">
            {current !== null && detail.isError ? t('empty.gone') : current !== null ? t('detail.loading') : t('empty.detail')}
          </p>
        </div>
      )}
      <AskDialog
        asked={asked}
        count={targets.length}
        me={me.id}
        people={people}
        originals={originals}
        onClose={() => setAsked(null)}
        onDecide={decide}
      />
      <Toasts />
    </div>
  );
}

const BAND_PLAIN = [
  ['J K', 'key.moveShort'],
  ['X', 'key.selectShort'],
  ['U', 'key.undoShort'],
] as const;
const BAND_CHOSEN = [
  ['3', 'action.dismiss'],
  ['A', 'action.assign'],
  ['⇧X', 'key.rangeShort'],
] as const;

// The nearest row below what goes, else the nearest above.
function nextAfter(rows: readonly AlertRow[], place: number, gone: ReadonlySet<string>): AlertRow | undefined {
  return rows.slice(place).find(({ id }) => !gone.has(id)) ?? rows.slice(0, Math.max(0, place)).findLast(({ id }) => !gone.has(id));
}

async function fetched<T>(address: string): Promise<T> {
  const answer = await fetch(address, { headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return (await answer.json()) as T;
}

function usePrefetched(id: string | undefined, locale: string): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (id === undefined) return;
    void queries.prefetchQuery({
      queryKey: ['alert', id, locale],
      queryFn: () => fetched<AlertView>(`/alerts/detail?id=${id}`),
      staleTime: 60_000,
    });
  }, [id, locale, queries]);
}

const READ = /^#alert-(\d{1,18})$/;

/**
 * Names the open alert behind the address, without a step of history for each: the arrows would fill it. Not in the query: a refresh that
 * is under way while the query changes loads the whole page anew, and with it everything that could still be undone is gone.
 */
function nameRead(id: string): void {
  history.replaceState(null, '', `${location.pathname}${location.search}#alert-${id}`);
}

type T = ReturnType<typeof useTranslations<'alerts'>>;

function tell(said: Said, t: T, undo: () => void): void {
  if (said.kind === 'done') {
    const text = t(`said.${said.what}`, { count: said.count });
    if (said.what === 'undone') toast(text);
    else toast(text, { duration: UNDO_MS, action: { label: t('said.undo'), onClick: undo } });
    return;
  }
  if (said.kind === 'refused') toast.error(t(`refused.${said.reason}` as 'refused.taken', { count: said.count }));
  else if (said.kind === 'may-not') toast.error(t('said.mayNot'));
  else if (said.kind === 'failed') toast.error(t('said.failed'));
  else toast(said.kind === 'nothing-to-undo' ? t('said.nothingToUndo') : t('said.nothingToRedo'));
}
