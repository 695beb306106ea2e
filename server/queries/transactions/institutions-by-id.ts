import 'server-only';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

export type InstitutionRow = {
  readonly id: number;
  readonly code: string;
  readonly kind: 'bank' | 'payment' | 'clearing' | 'external';
  readonly nameZh: string;
  readonly nameEn: string;
  readonly shortZh: string;
  readonly shortEn: string;
};

/** Institutions by row number. Names are public: who sees what is decided on the payments. */
export async function institutionsById(_actor: Actor, { ids }: { ids: readonly number[] }): Promise<ReadonlyMap<number, InstitutionRow>> {
  const rows = await database().institution.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, code: true, kind: true, nameZh: true, nameEn: true, shortZh: true, shortEn: true },
  });
  return new Map(rows.map((row) => [row.id, row]));
}
