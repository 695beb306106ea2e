import { type AlignedRange, hoursSaid } from '@/domain/flows/aligned-range';
import type { FlowLinkBase } from '@/domain/flows/flow-links';
import type { FlowView } from '@/domain/flows/flow-view';
import { momentText } from '@/domain/format/moment';
import { spanText } from '@/domain/format/span';
import { type Compare, formatRange } from '@/domain/time-range';

export type FlowParams = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What links of a flow screen carry: the aligned range for lists of payments, the chosen one for other flow screens. */
export function linkBase(
  params: FlowParams,
  { range, currency, view }: { range: AlignedRange['range']; currency: string; view: FlowView },
): FlowLinkBase {
  const shared: Record<string, string> = {};
  for (const name of ['range', 'compare', 'currency', 'type']) {
    const value = params[name];
    const text = typeof value === 'string' ? value : value?.[0];
    if (text) shared[name] = text;
  }
  return { range: formatRange(range), currency, types: view.types, shared };
}

type Words = (key: 'range.hours' | 'range.open' | 'range.unrecorded', values: Record<string, string | number>) => string;

/** Which hours the figures cover, in words; an hour that is not over, and a comparison that cannot be made, are named. */
export function rangeNotes(
  t: Words,
  { range, rows, open, before }: AlignedRange,
  comparison: { readonly asked: Compare; readonly compare: Compare } = { asked: 'none', compare: 'none' },
): readonly string[] {
  const notes = [t('range.hours', { span: spanText(rows), ...hoursSaid({ range, rows }) })];
  if (open && before && comparison.compare !== 'none') notes.push(t('range.open', { at: momentText(open.from).slice(-5) }));
  if (before && comparison.asked !== 'none' && comparison.compare === 'none') notes.push(t('range.unrecorded', { span: spanText(before) }));
  return notes;
}
