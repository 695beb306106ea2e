import 'server-only';
import { database } from '@/server/database';

export type PartyName = { readonly id: number; readonly code: string; readonly kind: string; readonly short: string };

/** Banks and payment institutions by number, biggest last-known order as registered. */
export async function partyNames(locale: string): Promise<ReadonlyMap<number, PartyName>> {
  const chinese = locale.startsWith('zh');
  const rows = await database().institution.findMany({
    where: { kind: { in: ['bank', 'payment'] } },
    select: { id: true, code: true, kind: true, shortZh: true, shortEn: true },
    orderBy: { id: 'asc' },
  });
  return new Map(rows.map(({ id, code, kind, shortZh, shortEn }) => [id, { id, code, kind, short: chinese ? shortZh : shortEn }]));
}
