import { type AlignedRange, hoursOf } from '@/domain/flows/aligned-range';
import type { FlowLinkBase } from '@/domain/flows/flow-links';
import type { FlowView } from '@/domain/flows/flow-view';
import { formatRange, toBusinessText } from '@/domain/time-range';

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

type Words = (key: 'range.aligned' | 'range.open', values: Record<string, string | number>) => string;

/** Which hours the figures cover, in words; an hour that is not over is named. */
export function rangeNotes(t: Words, { range, open, before }: AlignedRange): readonly string[] {
  const text = (at: Date) => toBusinessText(at).slice(0, 16);
  const notes = [t('range.aligned', { from: text(range.from), to: text(range.to), hours: hoursOf(range) })];
  if (open && before) notes.push(t('range.open', { at: text(open.from).slice(11) }));
  return notes;
}
