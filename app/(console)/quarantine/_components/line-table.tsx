'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { MiddleCut } from '@/components/figures/middle-cut';
import { toBusinessText } from '@/domain/time-range';
import type { Handled } from '../actions';
import { ResolveForm } from './resolve-form';

export type LineWire = {
  readonly id: string;
  readonly href: string;
  readonly reasonName: string;
  readonly field: string | null;
  readonly detail: string | null;
  readonly feed: string;
  readonly lineNo: number;
  readonly clientBatchId: string | null;
  readonly institutionCode: string | null;
  readonly institutionName: string | null;
  readonly excerpt: string;
  readonly receivedAt: string;
  readonly resolvedAt: string | null;
};
type LineTableProps = {
  readonly lines: readonly LineWire[];
  readonly mayResolve: boolean;
  readonly resolve: (input: { ids: string[]; note: string }) => Promise<Handled>;
  readonly reopen: (input: { ids: string[] }) => Promise<Handled>;
};

/** Each column says one thing and, beneath it, a second that belongs to it: nothing of a line lies off the screen. */
const HEADS = [
  ['received', 'batch'],
  ['institution', 'feed'],
  ['reason', 'field'],
  ['detail', 'body'],
] as const;
const UNDO_MS = 8_000;

/** Refused lines with what is wrong about each; operators tick and resolve, and can take it back for eight seconds and later. */
export function LineTable({ lines, mayResolve, resolve, reopen }: LineTableProps) {
  const t = useTranslations('quarantine');
  const router = useRouter();
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [done, setDone] = useState<readonly string[]>([]);
  const open = lines.filter((line) => line.resolvedAt === null && !done.includes(line.id));
  const chosen = ticked.filter((id) => open.some((line) => line.id === id));

  const undo = async (ids: readonly string[]) => {
    const outcome = await reopen({ ids: [...ids] }).catch(() => null);
    if (outcome?.kind !== 'done') {
      toast.error(t('failed'));
      return;
    }
    setDone((before) => before.filter((id) => !ids.includes(id)));
    toast(t('reopenedToast', { count: outcome.ids.length }));
    router.refresh();
  };
  const settle = async (note: string) => {
    const ids = [...chosen];
    setDone((before) => [...before, ...ids]);
    setTicked([]);
    const outcome = await resolve({ ids, note }).catch(() => null);
    if (outcome?.kind !== 'done') {
      setDone((before) => before.filter((id) => !ids.includes(id)));
      toast.error(t('failed'));
      return;
    }
    toast(t('resolvedToast', { count: outcome.ids.length }), {
      duration: UNDO_MS,
      action: { label: t('undo'), onClick: () => void undo(outcome.ids) },
    });
    router.refresh();
  };

  return (
    <div className="qt-lines">
      {mayResolve && chosen.length > 0 ? <ResolveForm count={chosen.length} onResolve={settle} onCancel={() => setTicked([])} /> : null}
      <div className="qt-scroll fill">
        <table className="tbl qt-table">
          <thead>
            <tr>
              {mayResolve ? (
                <th className="tick">
                  <input
                    type="checkbox"
                    aria-label={t('selectAll')}
                    checked={open.length > 0 && chosen.length === open.length}
                    onChange={(event) => setTicked(event.target.checked ? open.map(({ id }) => id) : [])}
                  />
                </th>
              ) : null}
              {HEADS.map(([first, second]) => (
                <th key={first}>
                  {t(`column.${first}`)} <span className="t3">· {t(`column.${second}`)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => {
              const isOpen = open.includes(line);
              return (
                <tr key={line.id} aria-selected={chosen.includes(line.id)} data-open={isOpen}>
                  {mayResolve ? (
                    <td className="tick">
                      <input
                        type="checkbox"
                        aria-label={t('select', { line: line.lineNo })}
                        disabled={!isOpen}
                        checked={chosen.includes(line.id)}
                        onChange={() => setTicked(chosen.includes(line.id) ? chosen.filter((id) => id !== line.id) : [...chosen, line.id])}
                      />
                    </td>
                  ) : null}
                  <td data-column="received">
                    <Link className="fig" href={line.href} prefetch={false}>
                      {toBusinessText(new Date(line.receivedAt))}
                    </Link>
                    <span className="mono t3 cut" title={line.clientBatchId ?? undefined}>
                      {line.clientBatchId ? <MiddleCut text={`${line.clientBatchId} · ${line.lineNo}`} /> : `— · ${line.lineNo}`}
                    </span>
                  </td>
                  <td data-column="sender">
                    <span className="cut">
                      {line.institutionName ?? '—'} <span className="code">{line.institutionCode}</span>
                    </span>
                    <span className="cut t3">{t.has(`feed.${line.feed}`) ? t(`feed.${line.feed}`) : line.feed}</span>
                  </td>
                  <td data-column="reason">
                    <span className="cut">
                      {line.reasonName}
                      {isOpen ? null : <span className="t3"> · {t('state.resolved')}</span>}
                    </span>
                    <span className="cut mono t3">{line.field ?? '—'}</span>
                  </td>
                  <td data-column="detail">
                    <span className="cut t2" title={line.detail ?? undefined}>
                      {line.detail ?? '—'}
                    </span>
                    <span className="cut mono t3">{line.excerpt}</span>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}
