'use client';

import { AlertSeverityGlyph } from '@/components/alerts/alert-severity';
import { type AlertWords, ageText, kindText } from '@/components/alerts/alert-words';
import { AddToCase } from '@/components/cases/add-to-case';
import { Icon } from '@/components/glyphs/icon';
import type { IconName } from '@/components/glyphs/icon-paths';
import { Skeleton } from '@/components/states/skeleton';
import { Chip } from '@/components/ui/chip';
import type { AlertRow } from '@/domain/alerts/alert-row';
import { isAnswered } from '@/domain/alerts/alert-states';
import type { AlertView } from '@/domain/alerts/alert-view';
import { toBusinessText } from '@/domain/time-range';
import { addItem, choicesFor } from '../../cases/add-actions';
import { DetailActivity } from './detail-activity';
import { DetailCite } from './detail-cite';
import { DetailNoise } from './detail-noise';
import { DetailNumbers } from './detail-numbers';
import { DetailPayments } from './detail-payments';
import { DetailRelated } from './detail-related';
import { DetailScore } from './detail-score';
import { DetailSentence } from './detail-sentence';
import { DetailShape } from './detail-shape';

export type DetailAct = 'accept' | 'duplicate' | 'dismiss' | 'snooze' | 'assign' | 'escalate' | 'reopen';
const KEYS: readonly (readonly [DetailAct, string, IconName | null])[] = [
  ['accept', '1', null],
  ['duplicate', '2', null],
  ['dismiss', '3', null],
  ['snooze', 'H', null],
  ['assign', 'A', null],
  ['escalate', 'E', 'cases'],
];

type AlertDetailProps = {
  readonly row: AlertRow;
  /** Null while it is on its way. */
  readonly view: AlertView | null;
  readonly words: AlertWords;
  readonly me: string;
  readonly at: string;
  readonly mayTriage: boolean;
  readonly onAct: (act: DetailAct) => void;
  readonly onRead: (id: string) => void;
  readonly onBack: () => void;
};

/** One alert, always in the same order: what may be done, what was seen, the sum, why it is no noise, the payments, its company, its law. */
export function AlertDetail({ row, view, words, me, at, mayTriage, onAct, onRead, onBack }: AlertDetailProps) {
  const { alerts: t } = words;
  return (
    <article className="al-detail" aria-label={t('detailLabel')} data-detail={row.id} data-alive={view ? true : undefined}>
      <div className="al-acts">
        <button type="button" className="btn icon only-s" aria-label={t('action.back')} onClick={onBack}>
          <Icon name="chevron-right" small />
        </button>
        {mayTriage ? <Acts row={row} words={words} onAct={onAct} /> : <span className="t3">{t('said.mayNot')}</span>}
        {mayTriage ? <AddToCase key={row.id} item={{ kind: 'alerts', ids: [row.id] }} choices={choicesFor} add={addItem} /> : null}
      </div>
      <div className="al-body" key={row.id}>
        <div className="al-why">
          <div className="row">
            <AlertSeverityGlyph severity={row.severity} size={13} label={t(`severity.${row.severity}`)} />
            <span className="strong">{kindText(words, row)}</span>
            <span className="meta mono">AL-{row.id}</span>
            {row.facts.kind === 'rule' && row.facts.outcome === 'reportable' ? <Chip tone="accent">{t('detail.reportable')}</Chip> : null}
            <StateChip row={row} view={view} words={words} />
            <Due row={row} words={words} at={at} />
            <span className="meta push nowrap al-seen">
              {t('detail.firstSeen', { time: toBusinessText(new Date(row.openedAt)) })} ·{' '}
              {row.assignee === null ? t('detail.nobody') : row.assignee.id === me ? t('list.me') : row.assignee.name}
            </span>
          </div>
          {view ? <DetailSentence view={view} words={words} /> : <Skeleton width="90%" height={28} />}
        </div>
        {view ? <Body view={view} words={words} at={at} onRead={onRead} /> : <Waiting />}
      </div>
      {view ? <DetailCite view={view} words={words} /> : null}
    </article>
  );
}

function Body({ view, words, at, onRead }: { readonly view: AlertView } & Pick<AlertDetailProps, 'words' | 'at' | 'onRead'>) {
  return (
    <>
      <div className="al-two">
        <DetailNumbers view={view} words={words} />
        <DetailNoise view={view} words={words} />
      </div>
      <DetailPayments view={view} words={words} />
      <div className="al-pair">
        <DetailShape view={view} words={words} />
        <DetailScore view={view} words={words} />
      </div>
      <div className="al-pair">
        <DetailRelated view={view} words={words} at={at} onRead={onRead} />
      </div>
      <DetailActivity view={view} words={words} />
    </>
  );
}

function Acts({ row, words, onAct }: Pick<AlertDetailProps, 'row' | 'words' | 'onAct'>) {
  const { alerts: t } = words;
  if (isAnswered(row.state))
    return (
      <>
        <button type="button" className="btn" onClick={() => onAct('reopen')}>
          <Icon name="undo" small />
          {t('action.reopen')}
        </button>
        {row.state === 'accepted' ? (
          <button type="button" className="btn push" aria-keyshortcuts="E" onClick={() => onAct('escalate')}>
            {t('action.escalate')}
            <kbd className="kbd">E</kbd>
          </button>
        ) : null}
      </>
    );
  return KEYS.map(([act, key, icon]) => (
    <button
      key={act}
      type="button"
      className={act === 'accept' ? 'btn main' : act === 'escalate' ? 'btn push' : 'btn'}
      aria-keyshortcuts={key}
      onClick={() => onAct(act)}
    >
      {icon ? <Icon name={icon} small /> : null}
      {t(`action.${act}`)}
      <kbd className="kbd">{key}</kbd>
    </button>
  ));
}

function StateChip({ row, view, words }: { readonly row: AlertRow; readonly view: AlertView | null; readonly words: AlertWords }) {
  const { alerts: t } = words;
  if (row.state === 'open')
    return row.foldedCount > 0 ? (
      <Chip title={t('detail.folded', { count: row.foldedCount })}>{t('list.folded', { count: row.foldedCount })}</Chip>
    ) : null;
  if (row.state === 'snoozed' && row.snoozedUntil)
    return <Chip>{t('detail.snoozedNote', { time: toBusinessText(new Date(row.snoozedUntil)) })}</Chip>;
  const said = view?.activity.findLast(({ kind }) => kind === row.state);
  if (row.state === 'escalated' && said?.note) return <Chip tone="accent">{t('detail.escalatedNote', { note: said.note })}</Chip>;
  if (row.state === 'dismissed' && said?.reason) return <Chip>{t('detail.dismissedNote', { reason: t(`reason.${said.reason}`) })}</Chip>;
  return <Chip tone="accent">{t(`state.${row.state}`)}</Chip>;
}

function Due({ row, words, at }: Pick<AlertDetailProps, 'row' | 'words' | 'at'>) {
  const { alerts: t } = words;
  if (row.state !== 'open') return null;
  const lateMs = Date.parse(at) - Date.parse(row.dueAt);
  return (
    <span className={lateMs > 0 ? 'meta nowrap al-late' : 'meta nowrap'} title={toBusinessText(new Date(row.dueAt))}>
      {lateMs > 0 ? t('list.overdue', { age: ageText(words, lateMs) }) : t('list.due', { age: ageText(words, -lateMs) })}
    </span>
  );
}

function Waiting() {
  return (
    <div className="al-waiting" aria-hidden="true">
      <Skeleton width="100%" height={200} />
      <Skeleton width="100%" height={220} />
    </div>
  );
}
