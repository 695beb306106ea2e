import type { useTranslations } from 'next-intl';
import type { CaseEventRow } from '@/server/queries/cases/case-timeline';

/** One line of the timeline in words. A kind that has no words of its own is named as it is. */
export function eventText(t: ReturnType<typeof useTranslations<'cases'>>, { kind, detail, person }: CaseEventRow): string {
  const text = (name: string) => (typeof detail[name] === 'string' ? (detail[name] as string) : '');
  const count = (name: string) => (typeof detail[name] === 'number' ? (detail[name] as number) : 0);
  const part = text('part');
  const key = kind === 'part-set' && part === 'none' ? 'part-taken' : kind;
  if (!t.has(`event.${key}`)) return kind;
  const known = (branch: string, value: string) => (t.has(`${branch}.${value}`) ? t(`${branch}.${value}` as 'part.lead') : value);
  return t(`event.${key}` as 'event.edited', {
    count: count('count'),
    payments: count('payments'),
    title: text('title'),
    id: text('id'),
    name: text('name'),
    text: text('text'),
    code: text('code'),
    reason: text('reason'),
    what: text('step') === '' ? text('text') : known('step', text('step')),
    finding: known('finding', text('finding')),
    person: person ?? '',
    part: known('part', part),
  });
}
