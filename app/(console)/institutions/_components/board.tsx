'use client';
import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { StateGlyph } from '@/components/glyphs/state-glyph';
import { Segmented } from '@/components/ui/segmented';
import { formatAmount } from '@/domain/format/amount';
import { dayText, momentText } from '@/domain/format/moment';
import { BOARD_SORTS, type BoardSort, filterBoard, netMinor, sortBoard } from '@/domain/overview/board-order';
import { countByState, type InstitutionStateName } from '@/domain/overview/institution-state';
import { BoardIncidents } from './board-incidents';
import { BoardMosaic } from './board-mosaic';
import { BoardTable } from './board-table';
import { type BoardWire, drawnLine } from './board-wire';

const COUNT_ORDER: readonly InstitutionStateName[] = ['up', 'degraded', 'down', 'silent', 'planned', 'unknown'];
const VIEWS = ['board', 'table'] as const;
const ROLES = ['payer', 'payee', 'intermediary'] as const;
const AXES = ['24h', '7d', '30d', '90d'] as const;
const KINDS = ['bank', 'payment', 'external'] as const;
const SEARCH_SETTLE_MS = 250;

/** All institutions: counts and mosaic above, a sortable table of every one beneath. What is chosen stands in the address. */
export function Board({ wire }: { wire: BoardWire }) {
  const t = useTranslations('institutions');
  const locale = useLocale() === 'en' ? 'en' : 'zh-CN';
  const router = useRouter();
  const parameters = useSearchParams();
  const list = (name: string) => words(parameters.get(name) ?? '');
  // The table waits for exact amounts: for a moment after the switch what is here is still the board's.
  const view = parameters.get('view') === 'table' && wire.exact ? 'table' : 'board';
  const sort = BOARD_SORTS.find((one) => one === parameters.get('sort')) ?? 'state';
  const descending = parameters.get('order')
    ? parameters.get('order') === 'desc'
    : sort !== 'name' && sort !== 'system' && sort !== 'availability';
  const kinds = list('kind');
  const states = list('state');
  const [text, setText] = useState(parameters.get('q') ?? '');
  const laidOut = useLaidOut();
  const searched = useDeferredValue(text);

  const hrefWith = (changes: Record<string, string | null>) => {
    const next = new URLSearchParams(parameters);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    return next.size > 0 ? `?${next}` : '/institutions';
  };
  const go = (changes: Record<string, string | null>) => router.replace(hrefWith(changes), { scroll: false });

  // The search stands in the address once typing has settled, without asking the server again.
  useEffect(() => {
    const timer = setTimeout(() => {
      const next = new URLSearchParams(window.location.search);
      if ((next.get('q') ?? '') === text) return;
      if (text) next.set('q', text);
      else next.delete('q');
      window.history.replaceState(null, '', next.size > 0 ? `?${next}` : window.location.pathname);
    }, SEARCH_SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text]);

  const [kindText, stateText] = [kinds.join(), states.join()];
  const shown = useMemo(() => {
    const filter = { text: searched, kinds: words(kindText), states: words(stateText) };
    return sortBoard(filterBoard(wire.lines.map(drawnLine), filter), { by: sort, descending, locale });
  }, [wire.lines, searched, kindText, stateText, sort, descending, locale]);
  const counts = countByState(wire.lines.map((line) => line.state));
  const net = shown.reduce((sum, line) => sum + netMinor(line), 0n);
  const hourly = wire.axis.bucketMs < 86_400_000;
  const span = (at: number) => (hourly ? momentText(new Date(at)) : dayText(new Date(at)));
  const rangeText = t(`caption.${hourly ? 'hours' : 'days'}`, {
    from: span(wire.rows.from),
    to: hourly ? span(wire.rows.to) : span(wire.rows.to - 1),
  });
  const toggle = (name: 'kind' | 'state', chosen: readonly string[], one: string) => {
    const next = chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one];
    go({ [name]: next.length > 0 ? next.join(',') : null });
  };
  const filtered = text !== '' || kinds.length > 0 || states.length > 0;
  const clear = () => {
    setText('');
    go({ q: null, kind: null, state: null });
  };
  const onSort = (by: BoardSort) =>
    go(by === sort ? { sort: by, order: descending ? 'asc' : 'desc' } : { sort: by === 'state' ? null : by, order: null });

  return (
    <div className={`ib ${view}`} data-laid-out={laidOut ? '' : undefined}>
      <div className="head">
        <h1>{t('title')}</h1>
        <Segmented
          label={t('view.label')}
          value={view}
          segments={VIEWS.map((one) => ({ value: one, label: t(`view.${one}`) }))}
          onChange={(one) => go({ view: one === 'board' ? null : one })}
        />
        <input
          type="search"
          className="ib-search"
          value={text}
          placeholder={t('search')}
          aria-label={t('search')}
          onChange={(event) => setText(event.target.value)}
        />
        <fieldset className="seg only-l">
          <legend className="sr-only">{t('kind.label')}</legend>
          {KINDS.filter((kind) => wire.lines.some((line) => line.kind === kind)).map((kind) => (
            <button key={kind} type="button" aria-pressed={kinds.includes(kind)} onClick={() => toggle('kind', kinds, kind)}>
              {t(`kind.${kind}`)}
            </button>
          ))}
        </fieldset>
        {filtered ? (
          <button type="button" className="btn" onClick={clear}>
            {t('clear')}
          </button>
        ) : null}
        <span className="sp" />
        {view === 'table' ? (
          <>
            <span className="t3 only-l">{t('role.label')}</span>
            <span className="only-l">
              <Segmented
                label={t('role.label')}
                value={wire.role}
                segments={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
                onChange={(role) => go({ role: role === 'payer' ? null : role })}
              />
            </span>
          </>
        ) : null}
        <Link className="btn only-l" href="/institutions/availability">
          {t('report.open')}
        </Link>
        <span className="t3 only-w">{t('axis.label')}</span>
        <span className="only-l">
          <Segmented
            label={t('axis.label')}
            value={wire.preset ?? ''}
            segments={AXES.map((axis) => ({ value: axis as string, label: t(`axis.${axis}`) }))}
            onChange={(axis) => go({ range: axis })}
          />
        </span>
      </div>
      <div className="mzs">
        <div className="cnt">
          {COUNT_ORDER.map((state) => (
            <button
              key={state}
              type="button"
              className="fig"
              aria-pressed={states.includes(state)}
              onClick={() => toggle('state', states, state)}
            >
              <StateGlyph state={state} />
              {t(`states.${state}`)}
              <b>{counts[state]}</b>
            </button>
          ))}
        </div>
        {view === 'board' ? <BoardMosaic lines={wire.lines} /> : null}
      </div>
      <BoardIncidents incidents={wire.incidents} />
      <BoardTable
        wire={wire}
        view={view}
        lines={shown}
        sort={sort}
        descending={descending}
        onSort={onSort}
        filtered={filtered}
        onClear={clear}
      />
      <div className="foot">
        <span>{t('foot.count', { shown: shown.length, total: wire.lines.length })}</span>
        <span className="only-l">{sort === 'state' ? t('foot.order') : t('foot.sorted', { column: sortName(t, sort) })}</span>
        <span className="only-l">{rangeText}</span>
        <span className="only-w">{t('caption.role', { role: t(`role.${wire.role}`), currency: wire.currency })}</span>
        {view === 'table' ? <span title={t('foot.netWhy')}>{t('foot.net', { net: formatAmount(net, wire.unit, locale) })}</span> : null}
        <span className="push row only-l" style={{ gap: 12 }}>
          <Legend className="is-well" text={t('foot.well')} />
          <Legend className="is-partly" text={t('foot.partly')} />
          <Legend className="is-silent" text={t('states.silent')} />
          <Legend className="is-beyond" text={t('foot.beyond')} />
          <Legend className="is-planned" text={t('states.planned')} />
          <Legend className="is-none" text={t('foot.none')} />
        </span>
      </div>
    </div>
  );
}

/**
 * Whether mosaic and table know their room. Before that squares and columns lie where they will not stay: nothing of it is shown, so that
 * nothing jumps.
 */
function useLaidOut(): boolean {
  const [laidOut, setLaidOut] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setLaidOut(true));
    return () => cancelAnimationFrame(frame);
  }, []);
  return laidOut;
}

function Legend({ className, text }: { className: string; text: string }) {
  return (
    <span className="row" style={{ gap: 5 }}>
      <i className={`ib-key ${className}`} />
      {text}
    </span>
  );
}

function sortName(t: ReturnType<typeof useTranslations<'institutions'>>, sort: Exclude<BoardSort, 'state'>): string {
  if (sort === 'name') return t('columns.institution');
  if (sort === 'system') return `${t('columns.system')}${t('columns.systemSub')}`;
  if (sort === 'declined') return `${t('columns.declined')}${t('columns.declinedSub')}`;
  if (sort === 'p50' || sort === 'p95' || sort === 'p99') return sort;
  return t(`columns.${sort}`);
}

function words(list: string): string[] {
  return list.split(',').filter(Boolean);
}
